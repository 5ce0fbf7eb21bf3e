"""What things cost, near a place if there are enough of them, and else further away."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count

from commonweal.collectives.models import Theme
from commonweal.discovery.models import ActivityCost
from commonweal.discovery.rules import box, costs, first_of_twelve_months
from commonweal.discovery.rules.costs import Apart, Finished, Summary
from commonweal.foundation import clock
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Chart, Kind, Scope
from commonweal.ledger.queries import CategorySum
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
class Priced:
    """What activities about a theme cost, and how far one had to look for enough of them.

    `apart` says how many there are that do not count, by reason.
    """

    within: Within
    activities: list[Finished]
    summary: Summary
    apart: dict[Apart, int]


@dataclass(frozen=True)
class ThemeActivities:
    """How many finished activities there are about a theme, of how many groups."""

    theme: Theme
    activities: int
    groups: int


def priced(theme: Theme, place: Place | None, currency: str) -> Priced:
    """Return what activities about a theme cost in a place, or further away if there are too few.

    None as a place stands for everywhere. All are in one currency.
    """
    rows = ActivityCost.objects.filter(theme=theme, currency=currency).select_related("city")
    kept = list(rows.order_by("-closed_on", "-pk"))
    city = place.city if place else None
    for within, holds in _circles(city):
        near = [row for row in kept if holds(row.city)]
        told = [finished(row) for row in near]
        counted = [one for one in told if not costs.apart(one, clock.today())]
        if costs.enough(counted) or within == Within.EVERYWHERE:
            break
    whys = Counter(why for one in told if (why := costs.apart(one, clock.today())))
    return Priced(within, counted, costs.summary(counted), dict(whys))


def themes_with_costs(currency: str) -> list[ThemeActivities]:
    """Return the themes about which something counts, those of many groups first."""
    rows = ActivityCost.objects.filter(currency=currency, counts_from__lte=clock.today())
    counted = (
        rows.exclude(theme=None)
        .values_list("theme")
        .annotate(activities=Count("pk"), groups=Count("collective", distinct=True))
    )
    found = list(counted.order_by("-groups", "-activities", "theme"))
    themes = Theme.objects.in_bulk([theme for theme, _, _ in found])
    return [ThemeActivities(themes[theme], activities, of) for theme, activities, of in found]


def funding(groups: Collection[int], currency: str) -> dict[int, float]:
    """Return which part of their income groups have by category, over the last twelve months.

    The average of the groups, largest first; each weighs the same.
    """
    since = first_of_twelve_months(clock.today())
    budgets = ledger.many_budgets(Scope.COLLECTIVE, dict.fromkeys(groups, currency), since=since)
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
    """Return what is kept of an activity as the rules read it."""
    paid = {int(category): minor for category, minor in row.paid.items()}
    equipment = paid.pop(Chart.EQUIPMENT, 0)
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
    )
