"""Scenes of following the euro: money comes, goes and goes back, and a reader follows it."""

from __future__ import annotations

from django.db.models import Sum

from commonweal.discovery import queries
from commonweal.discovery.actions import trace, trace_anew
from commonweal.discovery.models import TracedPart
from commonweal.foundation import clock, ids
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Transaction
from crash import city
from web.conftest import Till


def found() -> None:
    """Let there be a pot with money in it."""
    city.found()
    _till().gift(100_00)


def move() -> None:
    """Give, spend, and give back a part of what was spent."""
    till = _till()
    key = till.gift(20_00)
    till.expense(25_00)
    ledger.reverse(
        key=ids.uuid7(), transaction_id=Transaction.objects.get(key=key).pk, amount_minor=5_00,
        effective_on=clock.today(),
    )  # fmt: skip


def follow(run: str) -> int:
    """Follow what is new."""
    return trace()


def told() -> tuple[list[str], int]:
    """Return what is not explained, and how much is."""
    return queries.untraced(), TracedPart.objects.aggregate(all=Sum("amount"))["all"] or 0


def anew() -> None:
    """Follow everything from the first line."""
    trace_anew()


def _till() -> Till:
    return Till(city.gardens(), city.commons())
