"""Sums that the sequencer keeps: what was raised, spent and is held, never by adding history.

In all of them a gift counts in full and fees count as spent. What a group gave back counts as less
raised, and what it got back as less spent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum

from commonweal.foundation.money import Money
from commonweal.ledger.models import FIRST_OUTGOING, Chart, Kind, MonthSum, Scope

RAISED = frozenset({Kind.CONTRIBUTION, Kind.OPENING})
TWO_WAYS = frozenset({Kind.TRANSFER, Kind.CORRECTION, Kind.CONVERSION, Kind.COVER})


@dataclass(frozen=True)
class Totals:
    """`raised` less `spent` is `balance`; `transactions` counts what moved, fees apart."""

    raised: Money
    spent: Money
    transactions: int

    @property
    def balance(self) -> Money:
        """What is in the pot."""
        return self.raised - self.spent


@dataclass(frozen=True)
class MonthTotal:
    """What was raised and spent in the month that starts on `month`, and how often."""

    month: date
    raised: Money
    spent: Money
    gifts: int = 0
    expenses: int = 0


@dataclass(frozen=True)
class CategorySum:
    """What came in (positive) or went out (negative) under a kind and a category (0: none)."""

    kind: Kind
    category: int
    amount: Money


def totals(scope: Scope, scope_id: int, currency: str) -> Totals:
    """Return the sums of a scope over all time."""
    return many_totals(scope, [scope_id], currency)[scope_id]


def many_totals(scope: Scope, ids: Iterable[int], currency: str) -> dict[int, Totals]:
    """Return the sums of several scopes over all time, in one query."""
    wanted = list(ids)
    rows = (
        MonthSum.objects.filter(scope=scope, scope_id__in=wanted, currency=currency)
        .values("scope_id", "kind")
        .annotate(incoming=Sum("incoming"), outgoing=Sum("outgoing"), entries=Sum("entries"))
    )
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["scope_id"]].append(row)
    return {one: totals_of(found[one], currency) for one in wanted}


def many_bought(years: Mapping[int, tuple[str, date, date]]) -> dict[int, Money]:
    """Return what parties bought, less what they were given back, each in months of its own.

    The months are those from a first day until before another. Fees are not among it, nor what
    was passed on to others.
    """
    if not years:
        return {}
    wanted = Q()
    for party, (currency, first, until) in years.items():
        wanted |= Q(scope_id=party, currency=currency, month__gte=first, month__lt=until)
    bought = Q(kind=Kind.EXPENSE) | Q(kind=Kind.REFUND, category__gte=FIRST_OUTGOING)
    rows = MonthSum.objects.filter(wanted, bought, scope=Scope.COLLECTIVE)
    rows = rows.exclude(category=Chart.TRANSFERS_OUT)
    sums = dict(rows.values_list("scope_id").annotate(net=Sum("outgoing") - Sum("incoming")))
    return {
        party: Money(int(sums.get(party, 0)), currency)
        for party, (currency, _first, _until) in years.items()
    }


def by_month(scope: Scope, scope_id: int, currency: str, *, since: date) -> list[MonthTotal]:
    """Return each month in which money moved, oldest first, from the month of `since` on."""
    rows = (
        _months(scope, scope_id, currency, since)
        .values("month", "kind")
        .annotate(incoming=Sum("incoming"), outgoing=Sum("outgoing"), entries=Sum("entries"))
    )
    found: dict[date, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["month"]].append(row)
    return [_month(month, found[month], currency) for month in sorted(found)]


@dataclass(frozen=True)
class Budget:
    """What moved since a month: by month, and by kind and category."""

    months: list[MonthTotal]
    categories: list[CategorySum]


def budget(
    scope: Scope, scope_id: int, currency: str, *, since: date, months_since: date | None = None
) -> Budget:
    """Return what `by_month` and `by_category` do, in one query.

    Months may begin earlier, at `months_since`; categories always begin at `since`.
    """
    found = many_budgets(scope, {scope_id: currency}, since=since, months_since=months_since)
    return found[scope_id]


def many_budgets(
    scope: Scope, currencies: Mapping[int, str], *, since: date, months_since: date | None = None
) -> dict[int, Budget]:
    """Return the budgets of several scopes, each in its own currency, in one query."""
    members: dict[str, list[int]] = defaultdict(list)
    for one, currency in currencies.items():
        members[currency].append(one)
    wanted = Q(pk__in=[])
    for currency, ids in members.items():
        wanted |= Q(scope_id__in=ids, currency=currency)
    first = min(since, months_since or since).replace(day=1)
    rows = MonthSum.objects.filter(wanted, scope=scope, month__gte=first).values(
        "scope_id", "month", "kind", "category", "incoming", "outgoing", "entries"
    )
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["scope_id"]].append(row)
    return {one: _budget(found[one], code, since) for one, code in currencies.items()}


def _budget(rows: Iterable[Mapping[str, Any]], currency: str, since: date) -> Budget:
    months: dict[date, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        months[row["month"]].append(row)
    first = since.replace(day=1)
    lately = [row for month, ones in months.items() if month >= first for row in ones]
    return Budget(
        months=[_month(month, months[month], currency) for month in sorted(months)],
        categories=_categories(lately, currency),
    )


def _month(month: date, rows: Sequence[Mapping[str, Any]], currency: str) -> MonthTotal:
    sums = totals_of(rows, currency)
    counts: dict[int, int] = defaultdict(int)
    for row in rows:
        counts[row["kind"]] += int(row["entries"])
    return MonthTotal(
        month,
        sums.raised,
        sums.spent,
        gifts=counts[Kind.CONTRIBUTION],
        expenses=counts[Kind.EXPENSE],
    )


def by_category(
    scope: Scope, scope_id: int, currency: str, *, since: date | None = None
) -> list[CategorySum]:
    """Return what moved under each kind and category, largest first."""
    rows = (
        _months(scope, scope_id, currency, since)
        .values("kind", "category")
        .annotate(incoming=Sum("incoming"), outgoing=Sum("outgoing"))
    )
    return _categories(rows, currency)


def _categories(rows: Iterable[Mapping[str, Any]], currency: str) -> list[CategorySum]:
    """Add up by kind and category; a refund that came in belongs to the spending it undoes.

    What one group passed on came to another one from a group.
    """
    sums: dict[tuple[int, int], int] = defaultdict(int)
    for row in rows:
        kind, category = row["kind"], row["category"]
        came = Kind.EXPENSE if kind == Kind.REFUND else kind
        passed_on = (kind, category) == (Kind.TRANSFER, Chart.TRANSFERS_OUT)
        under = Chart.TRANSFERS_IN if passed_on else category
        sums[came, under] += int(row["incoming"])
        sums[kind, category] -= int(row["outgoing"])
    found = [
        CategorySum(Kind(kind), category, Money(net, currency))
        for (kind, category), net in sums.items()
        if net
    ]
    return sorted(found, key=lambda one: -abs(one.amount.minor))


def _months(scope: Scope, scope_id: int, currency: str, since: date | None) -> QuerySet[MonthSum]:
    rows = MonthSum.objects.filter(scope=scope, scope_id=scope_id, currency=currency)
    return rows.filter(month__gte=since.replace(day=1)) if since else rows


def totals_of(rows: Iterable[Mapping[str, Any]], currency: str) -> Totals:
    """Return what months, kinds and categories of one scope add up to."""
    raised = spent = transactions = 0
    for row in rows:
        came, went = int(row["incoming"]), int(row["outgoing"])
        if row["kind"] in RAISED:
            raised += came - went
        elif row["kind"] in TWO_WAYS:
            raised += came
            spent += went
        elif row["kind"] == Kind.REFUND:
            raised -= went
            spent -= came
        else:
            spent += went - came
        if row["kind"] not in {Kind.HOST_FEE, Kind.PROCESSOR_FEE, Kind.PLATFORM_FEE}:
            transactions += int(row["entries"])
    return Totals(Money(raised, currency), Money(spent, currency), transactions)
