"""Reading calls for help: those of a group, and the open ones of all groups."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from commonweal.collectives.models import Activity, Collective
from commonweal.foundation import clock
from commonweal.knowledge.models import Answer, Call
from commonweal.people.models import Party
from commonweal.places import queries as places
from commonweal.places.models import Place

_MOST_WORDS = 8


@dataclass(frozen=True)
class CallSearch:
    """What somebody who wants to help looks for; `after` is where the last page ended."""

    words: str = ""
    kind: str = ""
    place: Place | None = None
    after: str = ""


def call(collective: Collective, number: int) -> Call | None:
    """Return a call of a group that was not withdrawn, with its activity and place."""
    shown = calls(collective).select_related("activity", "place__parent", "collective")
    return shown.filter(pk=number).first()


def calls(collective: Collective) -> QuerySet[Call]:
    """Return what a group asks for and asked for, the latest day first."""
    rows = Call.objects.filter(collective=collective.pk).exclude(status=Call.Status.WITHDRAWN)
    return rows.select_related("activity", "place__parent").order_by("-needed_by", "-pk")


def open_calls(collective: Collective) -> QuerySet[Call]:
    """Return what a group asks for now, the nearest day first."""
    rows = _open().filter(collective=collective.pk).select_related("activity", "place__parent")
    return rows.order_by("needed_by", "pk")


def open_calls_of(activity: Activity) -> QuerySet[Call]:
    """Return what is asked for now for an event or a project."""
    return open_calls(activity.organizer).filter(activity=activity.pk)


def look_for_calls(search: CallSearch) -> QuerySet[Call]:
    """Return what all public groups ask for now, the nearest day first."""
    rows = _public().select_related("collective", "place__parent", "activity")
    if search.kind:
        rows = rows.filter(kind=search.kind)
    if search.place:
        rows = rows.filter(Q(place=search.place.pk) | Q(place__parent=search.place.pk))
    for word in places.plain(search.words).split()[:_MOST_WORDS]:
        rows = rows.filter(words__contains=word)
    return _beyond(rows, search.after).order_by("needed_by", "pk")


def call_cursor(call: Call) -> str:
    """Return where a page of calls ended, for an address."""
    return f"{call.needed_by.isoformat()}.{call.pk}"


def asking(collectives: Iterable[int]) -> set[int]:
    """Return which of these groups ask for help now."""
    rows = _public().filter(collective__in=list(collectives))
    return set(rows.values_list("collective", flat=True))


def groups_that_ask() -> QuerySet[Call, int]:
    """Return the ids of the groups that ask for help now, for a search to narrow itself by."""
    return _public().values_list("collective", flat=True)


def places_of_calls() -> list[Place]:
    """Return where help is asked for now, by name."""
    there = _public().exclude(place=None).values("place")
    found = Place.objects.filter(pk__in=there).select_related("parent")
    return sorted({one.city for one in found} | set(found), key=lambda place: place.name)


def waiting_answers(collective: Collective) -> QuerySet[Answer]:
    """Return the answers that the team of a group has not decided about, oldest first."""
    return _of_group(collective, [Answer.Status.WAITING]).order_by("pk")


def accepted_answers(collective: Collective) -> QuerySet[Answer]:
    """Return who will help a group, or did and was not thanked yet, by day."""
    rows = _of_group(collective, [Answer.Status.ACCEPTED]).filter(help_given=None)
    return rows.order_by("call__needed_by", "pk")


def answer(number: int) -> Answer | None:
    """Return an answer with its call, its group and who offers."""
    rows = Answer.objects.select_related("call__collective", "call__activity", "helper")
    return rows.filter(pk=number).first()


def answers_of(person: Party) -> QuerySet[Answer]:
    """Return what a person offered, newest first. Theirs alone."""
    rows = Answer.objects.filter(Q(helper=person.pk) | Q(helper__claimed_by=person.pk))
    return rows.select_related("call__collective").order_by("-pk")


def _of_group(collective: Collective, statuses: Collection[str]) -> QuerySet[Answer]:
    rows = Answer.objects.filter(call__collective=collective.pk, status__in=statuses)
    return rows.select_related("call__collective", "helper")


def _open() -> QuerySet[Call]:
    """Return what is asked for now; a call whose day has passed is over by itself."""
    return Call.objects.filter(status=Call.Status.OPEN, needed_by__gte=clock.today())


def _public() -> QuerySet[Call]:
    shown = _open().filter(collective__published_at__isnull=False)
    return shown.exclude(collective__status=Collective.Status.CLOSED)


def _beyond(rows: QuerySet[Call], after: str) -> QuerySet[Call]:
    """Return what comes after a cursor; one that makes no sense is the beginning."""
    day, _, number = after.partition(".")
    try:
        last, key = date.fromisoformat(day), int(number[:18])
    except ValueError:
        return rows
    return rows.filter(Q(needed_by__gt=last) | Q(needed_by=last, pk__gt=key))
