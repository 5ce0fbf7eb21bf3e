"""Who started from whom, what they planned, and what they really spent."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from commonweal.collectives.models import Collective, Lineage
from commonweal.discovery import rules
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Kind, Scope

_MOST = 30


@dataclass(frozen=True)
class Heir:
    """A group that started from another, and what it spent so far, fees included."""

    group: Collective
    spent: Money


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
    same = [one.pk for one in heirs if one.currency == group.currency]
    sums = ledger.many_totals(Scope.COLLECTIVE, same, group.currency) if same else {}
    return Family(
        source=next((row.source for row in rows if row.collective_id == group.pk), None),
        heirs=[Heir(one, sums[one.pk].spent if one.pk in sums else _spent(one)) for one in heirs],
    )


def _spent(group: Collective) -> Money:
    return ledger.totals(Scope.COLLECTIVE, group.pk, group.currency).spent


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
