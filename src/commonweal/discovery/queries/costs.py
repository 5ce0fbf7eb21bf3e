"""What things cost, near a place if there are enough of them, and else further away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import Count, QuerySet

from commonweal.collectives.models import Activity, Collective, Theme
from commonweal.collectives.rules import Given
from commonweal.discovery.models import ActivityCost, YearCost
from commonweal.discovery.queries.circles import Within, circles
from commonweal.discovery.rules import costs
from commonweal.discovery.rules.costs import Apart, Finished, Summary
from commonweal.foundation import clock
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Chart
from commonweal.ledger.rules import Exchange
from commonweal.places.models import Place

_UNKNOWN = (0, Chart.OTHER_SPENDING)


class Of(StrEnum):
    """Of what the cost is asked."""

    ACTIVITY = "activity"
    YEAR = "year"  # of a group that has no activity about the theme


@dataclass(frozen=True)
class Own:
    """What something cost by its own books, and how their currency becomes that of the figures.

    It is an activity of the group, or a year of it. Without an exchange it is in that currency
    already, or nobody knows (`why`).
    """

    finished: Finished
    group: Collective
    activity: Activity | None
    currency: str
    exchange: Exchange | None
    city: Place | None
    why: Apart | None

    @property
    def slug(self) -> str:
        """What it is called in files."""
        if self.activity:
            return self.activity.slug
        return f"{self.group.slug}-{self.finished.closed_on.year}"

    def told(self) -> Finished:
        """Return it in the currency of the figures."""
        return costs.exchanged(self.finished, self.exchange.of) if self.exchange else self.finished


@dataclass(frozen=True)
class Priced:
    """What things about a theme cost, and how far one had to look for enough of them.

    All amounts are in one currency; `own` has each that counts in its own. `apart` says how many
    there are that do not count, by reason.
    """

    of: Of
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


def priced(theme: Theme, place: Place | None, currency: str, of: Of = Of.ACTIVITY) -> Priced:
    """Return what things about a theme cost in a place, or further away if there are too few.

    None as a place stands for everywhere. Other currencies are at the rate of the closing day.
    """
    kept = _owned(_years(theme) if of == Of.YEAR else _activities(theme), currency)
    for within, holds in circles(place.city if place else None).items():
        near = [own for own in kept if holds(own.city)]
        counted = {own.finished.unit: own for own in near if not own.why}
        told = [own.told() for own in counted.values()]
        if costs.enough(told) or within == Within.EVERYWHERE:
            break
    whys = Counter(own.why for own in near if own.why)
    return Priced(of, within, told, costs.summary(told), dict(whys), counted)


def _activities(theme: Theme) -> QuerySet[ActivityCost]:
    rows = ActivityCost.objects.filter(theme=theme)
    rows = rows.select_related("city", "collective", "activity__place__parent")
    return rows.order_by("-closed_on", "-pk")


def _years(theme: Theme) -> QuerySet[YearCost]:
    """Return the years of groups that do nothing about the theme but stand for it."""
    rows = YearCost.objects.filter(collective__themes=theme)
    rows = rows.exclude(collective__activities__theme=theme)
    return rows.select_related("city", "collective").order_by("-year", "-pk")


def _owned(rows: Iterable[ActivityCost | YearCost], currency: str) -> list[Own]:
    """Return what is kept, and why some of it does not count."""
    kept = list(rows)
    exchanges = ledger.exchanges({(row.currency, row.closed_on) for row in kept}, currency)
    found = []
    for row in kept:
        one, exchange = finished(row), exchanges.get((row.currency, row.closed_on))
        why = costs.apart(one, clock.today())
        if not why and exchange is None and row.currency != currency:
            why = Apart.NO_RATE
        activity = row.activity if isinstance(row, ActivityCost) else None
        own = Own(one, row.collective, activity, row.currency, exchange, row.city, why)
        found.append(own)
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


def finished(row: ActivityCost | YearCost) -> Finished:
    """Return what is kept of something as the rules read it."""
    paid = {int(category): minor for category, minor in row.paid.items()}
    equipment = paid.pop(Chart.EQUIPMENT, 0)
    found = Finished(
        unit=row.pk,
        group=row.collective_id,
        attendance=None,
        closed_on=row.closed_on,
        pending=row.pending,
        paid=paid,
        unknown=sum(paid.get(category, 0) for category in _UNKNOWN),
        equipment=equipment,
        overhead=row.overhead,
    )
    return _unpaid(found, row) if isinstance(row, ActivityCost) else found


def _unpaid(one: Finished, row: ActivityCost) -> Finished:
    """Add who came, and what was given or not needed where nothing was paid for it."""
    # Equipment stands apart: what was only lent is tools.
    bought = {Chart.EQUIPMENT, *(category for category, minor in one.paid.items() if minor > 0)}
    given = {
        int(category): tuple(Given(quantity, unit) for quantity, unit in all_of_it)
        for category, all_of_it in row.given.items()
        if int(category) not in bought
    }
    not_needed = frozenset(row.not_needed) - bought - set(given)
    return replace(one, attendance=row.attendance, given=given, not_needed=not_needed)
