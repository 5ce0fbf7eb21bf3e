"""What groups do and tell in tests: activities, with what was paid for them, news and playbooks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from cast import start
from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Activity, Collective, Theme
from commonweal.collectives.rules import Given
from commonweal.foundation import clock, ids
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.hosting import actions as hosting_actions
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Host
from commonweal.knowledge import actions as knowledge
from commonweal.knowledge.models import Update
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Chart, Kind, Purpose, Rate
from commonweal.ledger.rules import Draft, Posting
from commonweal.people.models import Party, Role
from commonweal.places.models import Place
from knowledge.test_playbooks import SWAP
from spending.conftest import put_in_the_pot

GARDEN = "community-garden"


def hosted(name: str, admin: Party, host: Host, host_admin: Party, place: Place) -> Collective:
    """Return a group with a pot, and 10,000.00 in it."""
    group = start(admin, place, name, host.currency)
    application = hosting_actions.apply(collective=group, host=host, message="Hello", by=admin)
    hosting_actions.approve(application=application, by=host_admin)
    put_in_the_pot(group, 10_000_00)
    return Collective.objects.get(pk=group.pk)


def tell(group: Collective, by: Party) -> Update:
    """Plan a feast, write a playbook, an update and a draft of one; return the update."""
    news = knowledge.write_update(
        collective=group, title="The first tomatoes", body="We ate them with Zoltan.", by=by
    )
    knowledge.publish_update(update=news, by=by)
    knowledge.write_update(collective=group, title="Tomatoes again", body="Not yet.", by=by)
    collectives.plan_activity(
        collective=group, kind=Party.Kind.EVENT, name="Tomato feast", starts_on=clock.today(),
        ends_on=clock.today(), by=by,
    )  # fmt: skip
    knowledge.write_playbook(collective=group, document=SWAP, by=by)
    return news


def finished(
    group: Collective, by: Party, *, days_ago: int = 100, attendance: int | None = 40,
    place: Place | None = None, name: str = "Seed swap",
    answers: Mapping[int, Given | None] | None = None, **paid: int,
) -> Activity:  # fmt: skip
    """Return an event that was closed so long ago, with what was paid for it by category."""
    day = clock.today() - timedelta(days=days_ago)
    with clock.moved_to(clock.now() - timedelta(days=days_ago)):
        activity = collectives.plan_activity(
            collective=group, kind=Party.Kind.EVENT, name=name, place=place, starts_on=day,
            ends_on=day, theme=Theme.objects.get(slug=GARDEN), by=by,
        )  # fmt: skip
        for category, minor in paid.items():
            pay(activity, minor, Chart[category.upper()])
        collectives.close_activity(activity=activity, attendance=attendance, answers=answers, by=by)
    return activity


def let_a_euro_be(numerator: int, denominator: int, currency: str) -> None:
    """Let a euro have been worth so much when things were `finished`, and on no other day."""
    day = clock.today() - timedelta(days=101)
    Rate.objects.filter(currency=currency).delete()
    Rate.objects.create(
        currency=currency, day=day, numerator=numerator, denominator=denominator
    )  # fmt: skip


def pay(
    activity: Activity, minor: int, category: int = Chart.VENUE, kind: Kind = Kind.EXPENSE
) -> None:
    """Let the pot pay for an activity, or get it back where the amount is below zero."""
    mark = {"expense": "1", "activity": str(activity.pk)}
    _pay(activity.organizer, minor, category, kind, on=date(2026, 1, 1), refs=mark)


def spend(group: Collective, minor: int, category: int, *, on: date, refund: bool = False) -> None:
    """Let the pot pay for no activity, or get it back."""
    kind = Kind.REFUND if refund else Kind.EXPENSE
    _pay(group, -minor if refund else minor, category, kind, on=on, refs={"expense": "1"})


def _pay(
    group: Collective, minor: int, category: int, kind: Kind, *, on: date, refs: Mapping[str, str]
) -> None:
    hosting_now = hosting.current(group)
    assert hosting_now is not None
    payouts = ledger.open_account(
        purpose=Purpose.PAYOUTS, currency=group.currency, host=hosting_now.host_id,
        rail="transfer",
    ).pk  # fmt: skip
    legs = (
        Posting(hosting.funds_account(hosting_now), -minor, kind),
        Posting(payouts, minor, kind),
    )
    ledger.post(
        Draft(
            ids.uuid7(), kind, legs, on, host=hosting_now.host_id,
            category=category, refs=refs,
        )
    )  # fmt: skip
    while ledger.advance():
        pass


def give(
    group: Collective, by: Party, minor: int, *, after_days: int, hidden: bool = False
) -> None:
    """Let a gift come by bank transfer, so many days after the group opened."""
    opened = group.published_at
    assert opened is not None
    hosting_now = hosting.current(group)
    assert hosting_now is not None
    accountant = hosting_now.host.party.members.get(role=Role.ADMIN).person
    amount = Money(minor, group.currency)
    with clock.moved_to(opened + timedelta(days=after_days)):
        promised = giving.pledge(
            collective=group, amount=amount, rail="transfer", contributor=by, given_by=by, by=by,
            incognito=hidden,
        )  # fmt: skip
        giving.confirm_transfer(
            contribution=promised, amount=amount, arrived_on=clock.today(), by=accountant
        )
    while ledger.advance():
        pass


def opened_long_ago(group: Collective) -> Collective:
    """Let a group have opened in the last days of the year before the last."""
    day = clock.now().replace(year=clock.today().year - 2, month=12, day=30)
    Collective.objects.filter(pk=group.pk).update(published_at=day)
    return Collective.objects.get(pk=group.pk)
