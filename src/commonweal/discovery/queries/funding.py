"""How groups about a theme are paid for, and how the gifts to each of them went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.db.models import Sum

from commonweal.collectives.models import Activity, Collective, Theme
from commonweal.discovery import models
from commonweal.discovery.queries.circles import Within, circles
from commonweal.discovery.rules import first_of_twelve_months, funding
from commonweal.discovery.rules.funding import Funded, Funds
from commonweal.foundation import clock
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import FIRST_OUTGOING, Kind, Scope
from commonweal.ledger.queries import CategorySum
from commonweal.ledger.rules import Exchange
from commonweal.places.models import Place

_GIVEN = {Kind.CONTRIBUTION, Kind.REFUND, Kind.TRANSFER, Kind.COVER}

# An erased giver counts as one who withheld a name. A goal is reached on the day on which the gifts
# so far were at least what had come before it was set and the goal.
_GIFTS = """
WITH gift AS MATERIALIZED (
    SELECT c.collective_id AS party, c.contributor_id AS giver, c.incognito,
           c.incognito OR p.erased_at IS NOT NULL AS hidden, c.minor,
           (c.at AT TIME ZONE 'UTC')::date AS day,
           sum(c.minor) OVER (PARTITION BY c.collective_id ORDER BY c.at, abs(c.id)) AS so_far
    FROM giving_gift c
    JOIN people_party p ON p.id = c.contributor_id
    JOIN collectives_collective g ON g.party_id = c.collective_id AND g.currency = c.currency
    WHERE c.collective_id = ANY(%s)
)
SELECT party, count(*), count(DISTINCT (giver, incognito)),
       count(DISTINCT (giver, incognito)) FILTER (WHERE hidden),
       (percentile_disc(0.5) WITHIN GROUP (ORDER BY minor)
           + percentile_disc(0.5) WITHIN GROUP (ORDER BY minor DESC)) / 2,
       min(day), max(day),
       min(day) FILTER (WHERE so_far >= (
           SELECT o.amount_minor + o.raised_before_minor FROM collectives_goal o
           WHERE o.collective_id = party AND o.per = 'once' ORDER BY o.id LIMIT 1))
FROM gift GROUP BY party
"""


@dataclass(frozen=True)
class Given:
    """The gifts to a group so far, how large they usually are, and on which days they came."""

    gifts: int = 0
    givers: int = 0
    withheld: int = 0
    median: int | None = None
    first_on: date | None = None
    last_on: date | None = None
    goal_on: date | None = None


@dataclass(frozen=True)
class Raised:
    """How the gifts to a group went, by its own books, and what its currency was worth."""

    group: Collective
    kept: models.Funding
    funded: Funded
    exchange: Exchange | None


@dataclass(frozen=True)
class Paid:
    """How groups about a theme are paid for; `raised` has each of them."""

    raised: list[Raised]
    funds: Funds


def given(groups: Collection[int]) -> dict[int, Given]:
    """Return the gifts to some groups, all in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_GIFTS, [list(groups)])
        return {party: Given(*facts) for party, *facts in cursor.fetchall()}


def people_came(groups: Collection[int]) -> dict[int, int]:
    """Return how many came, in all, to what groups have closed and counted."""
    closed = Activity.objects.filter(organizer__in=groups, closed_at__isnull=False)
    counted = closed.filter(attendance__gt=0).order_by().values_list("organizer")
    return dict(counted.annotate(Sum("attendance")))


def paid_for(theme: Theme, place: Place | None, within: Within, currency: str) -> Paid:
    """Return how groups about a theme are paid for, as far from a place as one had to look."""
    holds = circles(place.city if place else None)[within]
    rows = models.Funding.objects.filter(collective__themes=theme)
    rows = rows.select_related("collective", "city").order_by("collective__slug")
    kept = [row for row in rows if holds(row.city)]
    incomes = _incomes(kept)
    days = {(row.currency, row.last_gift_on) for row in kept if row.last_gift_on}
    exchanges = ledger.exchanges(days, currency)
    raised = []
    for row in kept:
        exchange = exchanges.get((row.currency, row.last_gift_on or row.opened_on))
        funded = _funded(row, incomes[row.collective_id])
        if row.currency != currency:
            usual = exchange.of(funded.usual) if exchange and funded.usual is not None else None
            funded = replace(funded, usual=usual)
        raised.append(Raised(row.collective, row, funded, exchange))
    return Paid(raised, funding.funds([one.funded for one in raised]))


def _funded(row: models.Funding, income: dict[int, int]) -> Funded:
    return Funded(
        group=row.collective_id,
        gifts=row.gifts,
        givers=row.givers,
        withheld=row.withheld,
        usual=row.median_gift_minor,
        first_days=_days(row, row.first_gift_on),
        goal_days=_days(row, row.goal_reached_on),
        people_came=row.people_came,
        income=income,
    )


def _days(row: models.Funding, until: date | None) -> int | None:
    """Return how long it took; None where it was before the group opened here."""
    if until is None or (row.first_gift_on and row.first_gift_on < row.opened_on):
        return None
    return (until - row.opened_on).days


def _incomes(rows: Collection[models.Funding]) -> dict[int, dict[int, int]]:
    """Return what groups took in by category, over the last twelve months."""
    since = first_of_twelve_months(clock.today())
    groups = {row.collective_id: row.currency for row in rows}
    budgets = ledger.many_budgets(Scope.COLLECTIVE, groups, since=since)
    return {group: _income(budget.categories) for group, budget in budgets.items()}


def _income(rows: Iterable[CategorySum]) -> dict[int, int]:
    income: dict[int, int] = defaultdict(int)
    for row in rows:
        if row.kind in _GIVEN and row.category < FIRST_OUTGOING:
            income[row.category] += row.amount.minor
    return dict(income)
