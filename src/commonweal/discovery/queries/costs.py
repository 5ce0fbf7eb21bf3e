"""What things cost, near a place if there are enough of them, and else further away."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count

from commonweal.collectives.models import Theme
from commonweal.collectives.rules import Given
from commonweal.discovery.models import ActivityCost
from commonweal.discovery.rules import box, costs, first_of_twelve_months
from commonweal.discovery.rules.costs import Apart, Finished, Summary
from commonweal.foundation import clock
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Chart, Kind, Scope
from commonweal.ledger.queries import CategorySum
from commonweal.ledger.rules import Exchange
from commonweal.places.models import Place

_AROUND_KM = 50
_GIVEN = {Kind.CONTRIBUTION, Kind.REFUND, Kind.TRANSFER}
_UNKNOWN = (0, Chart.OTHER_SPENDING)


class Within(StrEnum):
    """How far away the activities may be."""

    CITY = "city"
    AROUND = "around"  # within about 50 km
    COUNTRY = "country"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class Own:
    """An activity as its own books have it, and how its currency becomes that of the figures.

    Without an exchange it is in that currency already, or nobody knows (`why`).
    """

    finished: Finished
    currency: str
    exchange: Exchange | None
    city: Place | None
    why: Apart | None

    def told(self) -> Finished:
        """Return it in the currency of the figures."""
        return costs.exchanged(self.finished, self.exchange.of) if self.exchange else self.finished


@dataclass(frozen=True)
class Priced:
    """What activities about a theme cost, and how far one had to look for enough of them.

    All amounts are in one currency; `own` has each activity that counts in its own. `apart` says
    how many there are that do not count, by reason.
    """

    within: Within
    activities: list[Finished]
    summary: Summary
    apart: dict[Apart, int]
    own: dict[int, Own]


@dataclass(frozen=True)
class ThemeActivities:
    """How many finished activities there are about a theme, of how many groups."""

    theme: Theme
    activities: int
    groups: int


def priced(theme: Theme, place: Place | None, currency: str) -> Priced:
    """Return what activities about a theme cost in a place, or further away if there are too few.

    None as a place stands for everywhere. Other currencies are at the rate of the closing day.
    """
    rows = ActivityCost.objects.filter(theme=theme).select_related("city")
    kept = _owned(rows.order_by("-closed_on", "-pk"), currency)
    for within, holds in _circles(place.city if place else None):
        near = [own for own in kept if holds(own.city)]
        counted = {own.finished.activity: own for own in near if not own.why}
        told = [own.told() for own in counted.values()]
        if costs.enough(told) or within == Within.EVERYWHERE:
            break
    whys = Counter(own.why for own in near if own.why)
    return Priced(within, told, costs.summary(told), dict(whys), counted)


def _owned(rows: Iterable[ActivityCost], currency: str) -> list[Own]:
    """Return what is kept of activities, and why some of them do not count."""
    kept = list(rows)
    exchanges = ledger.exchanges({(row.currency, row.closed_on) for row in kept}, currency)
    found = []
    for row in kept:
        one, exchange = finished(row), exchanges.get((row.currency, row.closed_on))
        why = costs.apart(one, clock.today())
        if not why and exchange is None and row.currency != currency:
            why = Apart.NO_RATE
        found.append(Own(one, row.currency, exchange, row.city, why))
    return found


def themes_with_costs(currency: str) -> list[ThemeActivities]:
    """Return the themes about which something counts, those of many groups first."""
    rows = ActivityCost.objects.filter(
        ledger.exchangeable(currency, currency="currency", day="closed_on"),
        counts_from__lte=clock.today(),
    )
    counted = (
        rows.exclude(theme=None)
        .values_list("theme")
        .annotate(activities=Count("pk"), groups=Count("collective", distinct=True))
    )
    found = list(counted.order_by("-groups", "-activities", "theme"))
    themes = Theme.objects.in_bulk([theme for theme, _, _ in found])
    return [ThemeActivities(themes[theme], activities, of) for theme, activities, of in found]


def funding(groups: Mapping[int, str]) -> dict[int, float]:
    """Return which part of their income groups have by category, over the last twelve months.

    `groups` are in their currencies. The average, largest first; each group weighs the same.
    """
    since = first_of_twelve_months(clock.today())
    budgets = ledger.many_budgets(Scope.COLLECTIVE, groups, since=since)
    return costs.mean_shares(_income(budget.categories) for budget in budgets.values())


def _income(rows: Iterable[CategorySum]) -> dict[int, int]:
    income: dict[int, int] = defaultdict(int)
    for row in rows:
        if row.kind in _GIVEN:
            income[row.category] += row.amount.minor
    return income


def _circles(city: Place | None) -> Iterator[tuple[Within, Callable[[Place | None], bool]]]:
    """Yield wider and wider circles around a city, with what lies within."""
    if city:
        south, north, west, east = box(city.latitude, city.longitude, _AROUND_KM)
        yield Within.CITY, lambda one: one == city
        yield (
            Within.AROUND,
            lambda one: (
                one is not None and south <= one.latitude <= north and west <= one.longitude <= east
            ),
        )
        yield Within.COUNTRY, lambda one: one is not None and one.country == city.country
    yield Within.EVERYWHERE, lambda _one: True


def finished(row: ActivityCost) -> Finished:
    """Return what is kept of an activity as the rules read it.

    What it paid for counts as paid, also where some of that was given or was said to be needless.
    """
    paid = {int(category): minor for category, minor in row.paid.items()}
    equipment = paid.pop(Chart.EQUIPMENT, 0)
    # Equipment stands apart: what was only lent is tools.
    bought = {Chart.EQUIPMENT, *(category for category, minor in paid.items() if minor > 0)}
    return Finished(
        activity=row.activity_id,
        group=row.collective_id,
        attendance=row.attendance,
        closed_on=row.closed_on,
        pending=row.pending,
        paid=paid,
        unknown=sum(paid.get(category, 0) for category in _UNKNOWN),
        equipment=equipment,
        overhead=row.overhead,
        given={
            int(category): tuple(Given(quantity, unit) for quantity, unit in all_of_it)
            for category, all_of_it in row.given.items()
            if int(category) not in bought
        },
        not_needed=frozenset(row.not_needed) - bought - set(map(int, row.given)),
    )
