"""What a group plans to spend in a year, as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commonweal.collectives.models import Collective
from commonweal.foundation.money import Money
from commonweal.ledger.models import Category


@dataclass(frozen=True)
class Line:
    """What a year costs under a category, and where that comes from if it was proposed."""

    name: str
    amount: Money
    note: str = ""


def lines(costs: Mapping[int, Money]) -> list[Line]:
    """Return costs by category with the categories' names."""
    return [Line(str(Category(id=category)), amount) for category, amount in costs.items()]


def whole(rows: Sequence[Line]) -> Money | None:
    """Return what all of it costs, or None where nothing is planned."""
    return sum((row.amount for row in rows[1:]), rows[0].amount) if rows else None


def costs_of(collective: Collective) -> dict[int, Money]:
    """Return what a group plans to spend in a year, by category, largest first."""
    rows = collective.plan.all()
    return {row.category_id: Money(row.amount_minor, row.currency) for row in rows}
