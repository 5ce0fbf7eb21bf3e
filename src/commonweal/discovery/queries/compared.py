"""A few groups side by side: as many questions for four of them as for two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import Lower

from commonweal.collectives.models import Collective
from commonweal.discovery.queries.groups import living
from commonweal.discovery.queries.portraits import TEAM, Portrait, portrayed
from commonweal.giving.models import Support
from commonweal.ledger.models import Scope
from commonweal.ledger.queries import Budget, Totals, many_budgets, many_totals
from commonweal.people.models import Membership, Role


@dataclass(frozen=True)
class Compared:
    """One group as it stands beside others: its money, how many gave, and its team by role."""

    portrait: Portrait
    totals: Totals
    budget: Budget
    givers: int
    team: Mapping[Role, int]


def names(*, most: int) -> list[tuple[str, str]]:
    """Return the slugs and names of living groups by name, to choose from."""
    rows = living().order_by(Lower("name"), "pk").values_list("slug", "name")
    return list(rows[:most])


def compared(asked: Sequence[str], *, since: date) -> dict[str, Compared]:
    """Return the public groups among these slugs or names, by what was asked."""
    found = _found(asked)
    groups = {one.collective.pk: one.collective for one in found.values()}
    if not groups:
        return {}
    currencies = {pk: group.currency for pk, group in groups.items()}
    totals: dict[int, Totals] = {}
    for currency in sorted(set(currencies.values())):
        ids = [pk for pk, one in currencies.items() if one == currency]
        totals |= many_totals(Scope.COLLECTIVE, ids, currency)
    budgets = many_budgets(Scope.COLLECTIVE, currencies, since=since)
    givers, team = _givers(groups), _team(groups)
    return {
        word: Compared(
            portrait=one,
            totals=totals[one.collective.pk],
            budget=budgets[one.collective.pk],
            givers=givers.get(one.collective.pk, 0),
            team=team[one.collective.pk],
        )
        for word, one in found.items()
    }


def _found(asked: Sequence[str]) -> dict[str, Portrait]:
    """Return the group behind each word; a slug comes before a name, an older group before others.

    What was asked twice, once by its slug and once by its name, is told once.
    """
    wanted = Q(slug__in=[word.lower() for word in asked]) | Q(name__in=asked)
    rows = portrayed().filter(wanted, published_at__isnull=False).order_by("-pk")
    known: dict[str, Collective] = {}
    for row in rows:
        known[row.name] = row
    for row in rows:
        known[row.slug] = row
    found: dict[str, Portrait] = {}
    told: set[int] = set()
    for word in asked:
        row = known.get(word.lower()) or known.get(word)
        if row and row.pk not in told:
            told.add(row.pk)
            found[word] = Portrait.of(row)
    return found


def _givers(groups: Iterable[int]) -> dict[int, int]:
    rows = Support.objects.filter(collective__in=list(groups), total_minor__gt=0)
    return dict(rows.order_by().values_list("collective").annotate(Count("pk")))


def _team(groups: Iterable[int]) -> dict[int, dict[Role, int]]:
    rows = (
        Membership.objects.filter(party__in=list(groups), until=None, role__in=TEAM)
        .order_by()
        .values_list("party", "role")
        .annotate(Count("person", distinct=True))
    )
    team: dict[int, dict[Role, int]] = defaultdict(dict)
    for party, role, people in rows:
        team[party][Role(role)] = people
    return team
