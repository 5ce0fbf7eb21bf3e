"""The budget of a group as pictures: months, where money comes from and goes, and goals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from commonweal.collectives.models import Goal
from commonweal.discovery.queries import Aim
from commonweal.foundation.money import Money
from commonweal.ledger.models import Chart, Kind
from commonweal.ledger.queries import Budget, CategorySum, MonthTotal, Totals
from commonweal.web import charts, streams
from commonweal.web.discovery.cards import Progress, progress

_RAISED = {Kind.CONTRIBUTION, Kind.REFUND, Kind.OPENING}
_TWO_WAYS = {Kind.TRANSFER, Kind.CORRECTION, Kind.CONVERSION, Kind.COVER}


@dataclass(frozen=True)
class Picture:
    """Twelve months drawn, and the categories behind them."""

    chart: charts.MonthsChart
    first: date
    last: date
    comes: list[charts.Share]
    goes: list[charts.Share]
    streams: tuple[streams.Flow, streams.Flow] | None


@dataclass(frozen=True)
class GoalShown:
    """A goal, what has come towards it, and how far that is."""

    aim: Aim
    reached: Money
    progress: Progress


def picture(budget: Budget, firsts: Sequence[date], balance: Money) -> Picture | None:
    """Return the pictures of these months, or None where nothing moved in them."""
    chart = charts.months(_every_month(budget.months, firsts, balance.currency), balance=balance)
    if chart is None:
        return None
    comes, goes = ways(budget.categories)
    whole = max(chart.raised.minor, chart.spent.minor)
    came, went = charts.shares(comes, whole=whole), charts.shares(goes, whole=whole)
    return Picture(
        chart=chart,
        first=firsts[0],
        last=firsts[-1],
        comes=came,
        goes=went,
        streams=streams.draw(
            came, went, rest=_("The rest"), later=_("Kept for later"), before=_("From before")
        ),
    )


def goals(
    aims: Iterable[Aim], totals: Totals, months: Sequence[MonthTotal], this_month: date
) -> list[GoalShown]:
    """Return how far each goal is: since it was set, in this year or in this month."""
    nothing = Money(0, totals.raised.currency)
    year = sum((one.raised.minor for one in months if one.month.year == this_month.year), 0)
    now = {one.month: one.raised for one in months}.get(this_month, nothing)
    lately = {Goal.Per.YEAR: Money(year, totals.raised.currency), Goal.Per.MONTH: now}
    shown = []
    for aim in aims:
        reached = lately[aim.per] if aim.per in lately else aim.reached(totals.raised)
        shown.append(GoalShown(aim, reached, progress(reached, aim.amount)))
    return shown


def _every_month(
    sums: Iterable[MonthTotal], firsts: Sequence[date], currency: str
) -> list[charts.Month]:
    known = {one.month: one for one in sums}
    nothing = Money(0, currency)
    months = []
    for first in firsts:
        one = known.get(first)
        raised, spent = (one.raised, one.spent) if one else (nothing, nothing)
        months.append(charts.Month(first, max(raised, nothing), max(spent, nothing)))
    return months


def ways(sums: Iterable[CategorySum]) -> tuple[list[tuple[str, Money]], list[tuple[str, Money]]]:
    """Tell what came in from what went out; what was given back is less of what came in."""
    comes: dict[str, Money] = {}
    goes: dict[str, Money] = {}
    for one in sums:
        if one.kind in _RAISED or (one.kind in _TWO_WAYS and one.amount.minor > 0):
            side, amount = comes, one.amount
        else:
            side, amount = goes, -one.amount
        name = _name(one)
        side[name] = side[name] + amount if name in side else amount
    return list(comes.items()), list(goes.items())


def _name(one: CategorySum) -> str:
    if one.category:
        return str(Chart(one.category).label)
    return str(Kind.CONTRIBUTION.label if one.kind == Kind.REFUND else one.kind.label)
