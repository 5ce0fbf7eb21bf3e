"""Who started from whom, what they planned, and what they really spent."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q, Sum

from commonweal.collectives.models import Collective, Lineage, PlannedCost
from commonweal.discovery import rules
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Kind, Scope
from commonweal.ledger.queries import Totals

_MOST = 30


@dataclass(frozen=True)
class Heir:
    """A group that started from another, what it spent so far, and its plan beside its first year.

    `first_year` is what it really spent in the twelve months from the one in which it opened, and
    not there before they are over. Fees and what it passed on to other groups are not in it.
    """

    group: Collective
    spent: Money
    planned: Money | None
    first_year: Money | None


@dataclass(frozen=True)
class Family:
    """The group that one started from, if any, and the public ones that started from it."""

    source: Collective | None
    heirs: list[Heir]


def family(group: Collective) -> Family:
    """Return where a group comes from and who took its baton, the oldest first."""
    rows = list(
        Lineage.objects.filter(
            Q(collective=group.pk) | Q(source=group.pk, collective__published_at__isnull=False)
        )
        .select_related("collective__place", "source__place")
        .order_by("pk")[:_MOST]
    )
    heirs = [row.collective for row in rows if row.source_id == group.pk]
    source = next((row.source for row in rows if row.collective_id == group.pk), None)
    return Family(source, _heirs(heirs) if heirs else [])


def _heirs(groups: list[Collective]) -> list[Heir]:
    """Return what they planned and spent, in as many questions for thirty as for one."""
    spent: dict[int, Totals] = {}
    for currency in sorted({one.currency for one in groups}):
        ids = [one.pk for one in groups if one.currency == currency]
        spent |= ledger.many_totals(Scope.COLLECTIVE, ids, currency)
    plans = _plans(groups)
    years = {
        one.pk: (one.currency, *rules.first_year(one.published_at.date()))
        for one in groups
        if one.published_at
    }
    over = {pk: year for pk, year in years.items() if year[2] <= clock.today()}
    first_years = ledger.many_bought(over)
    return [
        Heir(one, spent[one.pk].spent, plans.get(one.pk), first_years.get(one.pk)) for one in groups
    ]


def _plans(groups: list[Collective]) -> dict[int, Money]:
    """Return what groups plan to spend in a year, in all."""
    rows = PlannedCost.objects.filter(collective__in=groups, currency=F("collective__currency"))
    sums = rows.order_by().values_list("collective", "currency").annotate(Sum("amount_minor"))
    return {group: Money(minor, currency) for group, currency, minor in sums}


def yearly_costs(group: Collective) -> dict[int, Money]:
    """Return what a group spent on each category in its last twelve months, largest first.

    Fees and what it passed on to other groups are not among them.
    """
    since = rules.first_of_twelve_months((group.closed_at or clock.now()).date())
    rows = ledger.by_category(Scope.COLLECTIVE, group.pk, group.currency, since=since)
    spent = {
        row.category: -row.amount
        for row in rows
        if row.kind == Kind.EXPENSE and row.category and row.amount.minor < 0
    }
    return dict(sorted(spent.items(), key=lambda pair: (-pair[1].minor, pair[0])))
