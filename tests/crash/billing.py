"""Scenes of gifts that come again: a winter lived day by day, which a kill may end anywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import queries, tasks
from commonweal.giving.actions import confirm_transfer, pledge
from commonweal.giving.models import Contribution
from commonweal.hosting.models import Hosting
from commonweal.ledger.models import Kind, Transaction
from commonweal.payments.models import Charge
from crash.city import books, carry_on, found, gardens, somebody

__all__ = ["books", "found"]

GIFT = Money(1000, "EUR")
CARDS = ("works", "slow", "once")


def promise(on: str) -> None:
    """Let Alice give each month by three cards, and by standing order."""
    Hosting.objects.update(since=datetime(2026, 1, 1, tzinfo=UTC))
    alice, gardens_ = somebody("alice"), gardens()
    with clock.moved_to(_noon(date.fromisoformat(on))):
        for name in (*CARDS, "order"):
            gift = pledge(
                collective=gardens_, amount=GIFT, rail="transfer" if name == "order" else "sandbox",
                interval="month", contributor=alice, given_by=alice, by=alice, message=name,
            )  # fmt: skip
            tasks.begin(gift)
            if name in CARDS:
                tasks.answer(gift, {"card": name})


def live(first: str, last: str) -> None:
    """Live some days, each of which may have been lived in part before."""
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        with clock.moved_to(_noon(day)):
            carry_on()
            tasks.bill_due()
            if day.day == 1:
                _see_the_transfer(day)
        day += timedelta(days=1)


def _see_the_transfer(day: date) -> None:
    order = Contribution.objects.get(message="order")
    confirm_transfer(contribution=order, amount=GIFT, arrived_on=day, by=somebody("hana"))


def lived() -> dict[str, Any]:
    """Return which periods have their money, and how often the books have it."""
    carry_on()
    gifts = {one.message: one for one in Contribution.objects.all()}
    return {
        "came": {name: _periods(one) for name, one in gifts.items()},
        "standing": {name: one.standing for name, one in gifts.items()},
        "booked": Transaction.objects.filter(kind=Kind.CONTRIBUTION).count(),
        "received": sum(one.received_minor for one in gifts.values()),
    }


def _periods(gift: Contribution) -> list[str]:
    charges = Charge.objects.filter(subject=queries.subject_of(gift), state=Charge.State.SETTLED)
    return sorted(charges.values_list("period", flat=True))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
