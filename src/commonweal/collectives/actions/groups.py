"""Starting, describing and ending collectives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from commonweal.activity import actions as activity
from commonweal.collectives import policies
from commonweal.collectives.models import Collective, Goal, Lineage, PlannedCost, Theme
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Scope
from commonweal.people import actions as people
from commonweal.people import rules as people_rules
from commonweal.people.models import Party, Role
from commonweal.places.models import Place


class NotADraft(Refused):
    """This group has a host already."""


class NobodyHostsIt(Refused):
    """A group is published when a host has said yes to holding its money. Ask one first."""


class HasEnded(Refused):
    """This group has ended. Its page stays as it is."""


class OtherCurrency(Refused):
    """This group counts in another currency. Type the amount in that one."""


class NotPublic(Refused):
    """That group is not public, so nobody can start from it."""


class StillHosted(Refused):
    """A host still holds money for this group. Spend it or hand it on, then close the group."""


@transaction.atomic
def start(
    *,
    name: str,
    about: str,
    place: Place,
    themes: Iterable[Theme],
    by: Party,
    tags: Iterable[str] = (),
    currency: str = "EUR",
    language: str = "en",
) -> Collective:
    """Start a collective as a draft; whoever starts it is its first admin."""
    if not policies.may_start(by):
        raise NotAllowed
    collective = people.add_party(
        model=Collective,
        kind=Party.Kind.COLLECTIVE,
        name=name,
        by=by,
        about=about,
        place=place,
        tags=list(tags),
        currency=currency,
        language=language,
    )
    collective.themes.set(themes)
    people.hold_role(person=by, party=collective, role=Role.ADMIN, by=by)
    _record("collective.started", collective, by)
    return collective


@transaction.atomic
def edit(
    *,
    collective: Collective,
    by: Party,
    name: str,
    about: str,
    place: Place | None,
    themes: Iterable[Theme],
    tags: Iterable[str],
    story: str,
    website: str = "",
) -> Collective:
    """Change what a collective says about itself."""
    _refuse_others(by, collective)
    _refuse_ended(collective)
    name = people_rules.proper_name(name)
    collective.name, collective.about, collective.place = name, about, place
    collective.story, collective.website, collective.tags = story, website, list(tags)
    collective.save(update_fields=["name", "about", "place", "story", "website", "tags"])
    collective.themes.set(themes)
    _record("collective.edited", collective, by)
    return collective


@transaction.atomic
def add_goal(
    *, collective: Collective, title: str, amount: Money, by: Party, per: str = Goal.Per.ONCE
) -> Goal:
    """Aim for an amount, in the currency of the collective's books, from now on."""
    _refuse_others(by, collective)
    _refuse_ended(collective)
    if amount.currency != collective.currency:
        raise OtherCurrency
    raised_before = ledger.totals(Scope.COLLECTIVE, collective.pk, collective.currency).raised
    goal = Goal.objects.create(
        collective=collective,
        title=title,
        amount_minor=amount.minor,
        currency=amount.currency,
        per=per,
        raised_before_minor=raised_before.minor,
        position=collective.goals.count(),
        created_at=clock.now(),
    )
    _record("goal.added", collective, by)
    return goal


@transaction.atomic
def remove_goal(*, goal: Goal, by: Party) -> None:
    """Stop aiming for it."""
    _refuse_others(by, goal.collective)
    goal.delete()
    _record("goal.removed", goal.collective, by)


@transaction.atomic
def plan_costs(*, collective: Collective, costs: Mapping[int, Money], by: Party) -> None:
    """Plan what to spend in a year on each category; what stood there before goes.

    Amounts of zero are left out.
    """
    _refuse_others(by, collective)
    _refuse_ended(collective)
    if any(amount.currency != collective.currency for amount in costs.values()):
        raise OtherCurrency
    collective.plan.all().delete()
    PlannedCost.objects.bulk_create(
        PlannedCost(
            collective=collective, category_id=category, amount_minor=amount.minor,
            currency=amount.currency,
        )
        for category, amount in costs.items() if amount.minor > 0
    )  # fmt: skip
    _record("collective.planned", collective, by)


@transaction.atomic
def note_source(*, collective: Collective, source: Collective, by: Party) -> Lineage:
    """Write down that a draft was started from another group, whose admins hear of it."""
    _refuse_others(by, collective)
    if collective.status != Collective.Status.DRAFT:
        raise NotADraft
    if source.published_at is None:
        raise NotPublic
    lineage = Lineage.objects.create(collective=collective, source=source, at=clock.now())
    activity.record(
        "collective.taken_up", subject=f"party:{collective.pk}", party=source.pk, by=by.pk,
        public=False,
    )  # fmt: skip
    return lineage


@transaction.atomic
def publish(*, collective: Collective, by: Party) -> Collective:
    """Open the page of a draft whose money somebody holds now; hosting decides when."""
    collective = Collective.objects.select_for_update(of=("self",)).get(pk=collective.pk)
    if collective.status != Collective.Status.DRAFT:
        raise NotADraft
    if not collective.hostings.filter(until=None).exists():
        raise NobodyHostsIt
    collective.status = Collective.Status.ACTIVE
    collective.published_at = clock.now()
    collective.save(update_fields=["status", "published_at"])
    _record("collective.published", collective, by)
    return collective


@transaction.atomic
def close(*, collective: Collective, by: Party) -> Collective:
    """End a collective that nobody hosts any more; its page and its ledger stay."""
    _refuse_others(by, collective)
    collective = Collective.objects.select_for_update(of=("self",)).get(pk=collective.pk)
    _refuse_ended(collective)
    if collective.hostings.filter(until=None).exists():
        raise StillHosted
    collective.status = Collective.Status.CLOSED
    collective.closed_at = clock.now()
    collective.save(update_fields=["status", "closed_at"])
    _record("collective.closed", collective, by)
    return collective


def _refuse_others(by: Party, collective: Collective) -> None:
    if not policies.may_run(by, collective):
        raise NotAllowed


def _refuse_ended(collective: Collective) -> None:
    if collective.status == Collective.Status.CLOSED:
        raise HasEnded


def _record(kind: str, collective: Collective, by: Party) -> None:
    activity.record(kind, subject=f"party:{collective.pk}", party=collective.pk, by=by.pk)
