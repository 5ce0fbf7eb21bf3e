"""Planning, changing and closing what a collective does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from commonweal.activity import actions as activity_journal
from commonweal.collectives import policies
from commonweal.collectives.actions.groups import HasEnded
from commonweal.collectives.models import Activity, CategoryAnswer, Collective, Theme
from commonweal.collectives.rules import Given
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.people import actions as people
from commonweal.people import rules as people_rules
from commonweal.people.models import Party
from commonweal.places.models import Place


class NotOver(Refused):
    """This is not over yet. Close it when it is."""


class WrongOrder(Refused):
    """It cannot end before it starts. Look at the two days again."""

    status = 422


@transaction.atomic
def plan_activity(
    *,
    collective: Collective,
    kind: str,
    name: str,
    starts_on: date,
    ends_on: date,
    by: Party,
    about: str = "",
    theme: Theme | None = None,
    place: Place | None = None,
    series: str = "",
) -> Activity:
    """Plan an event or a project of a collective; it is the next edition of its `series`."""
    _refuse(collective, by)
    _refuse_order(starts_on, ends_on)
    series = " ".join(series.split())
    editions = Activity.objects.filter(organizer=collective, series=series) if series else None
    made = people.add_party(
        model=Activity,
        kind=Party.Kind(kind),
        name=name,
        by=by,
        about=about,
        place=place or collective.place,
        language=collective.language,
        organizer=collective,
        theme=theme,
        starts_on=starts_on,
        ends_on=ends_on,
        series=series,
        edition=editions.count() + 1 if editions is not None else None,
    )
    _record("activity.planned", made, by)
    return made


@transaction.atomic
def edit_activity(
    *,
    activity: Activity,
    name: str,
    about: str,
    theme: Theme | None,
    place: Place | None,
    starts_on: date,
    ends_on: date,
    by: Party,
) -> Activity:
    """Change what is said about an activity."""
    _refuse(activity.organizer, by)
    _refuse_order(starts_on, ends_on)
    activity.name, activity.about = people_rules.proper_name(name), about
    activity.theme, activity.place = theme, place
    activity.starts_on, activity.ends_on = starts_on, ends_on
    activity.save(update_fields=["name", "about", "theme", "place", "starts_on", "ends_on"])
    _record("activity.edited", activity, by)
    return activity


@transaction.atomic
def close_activity(
    *,
    activity: Activity,
    attendance: int | None,
    by: Party,
    answers: Mapping[int, Given | None] | None = None,
) -> Activity:
    """Say that an activity is over and nothing more is to come; None: nobody counted who came.

    `answers` say of categories what was given in kind, or None where nothing was needed; all that
    was said before is replaced, unless there are no answers at all.
    """
    _refuse(activity.organizer, by)
    if activity.ends_on > clock.today():
        raise NotOver
    activity.attendance, activity.closed_at = attendance, activity.closed_at or clock.now()
    activity.save(update_fields=["attendance", "closed_at"])
    if answers is not None:
        _answer(activity, answers)
    _record("activity.closed", activity, by)
    return activity


def _answer(activity: Activity, answers: Mapping[int, Given | None]) -> None:
    activity.answers.all().delete()
    CategoryAnswer.objects.bulk_create(
        CategoryAnswer(
            activity=activity,
            category_id=category,
            answer=CategoryAnswer.Answer.IN_KIND if given else CategoryAnswer.Answer.NOT_NEEDED,
            quantity=given.quantity if given else None,
            unit=given.unit if given else "",
        )
        for category, given in answers.items()
    )


@transaction.atomic
def reopen_activity(*, activity: Activity, by: Party) -> Activity:
    """Say that something is still to come after all."""
    _refuse(activity.organizer, by)
    activity.closed_at = None
    activity.save(update_fields=["closed_at"])
    _record("activity.reopened", activity, by)
    return activity


def _refuse(collective: Collective, by: Party) -> None:
    if not policies.may_plan(by, collective):
        raise NotAllowed
    if collective.status == Collective.Status.CLOSED:
        raise HasEnded


def _refuse_order(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise WrongOrder


def _record(kind: str, activity: Activity, by: Party) -> None:
    activity_journal.record(
        kind, subject=f"party:{activity.pk}", party=activity.organizer_id, by=by.pk
    )
