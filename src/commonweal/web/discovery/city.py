"""What the first page shows of a city: its open book, who pays, its groups, its map."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from commonweal.discovery import queries
from commonweal.discovery.queries import District
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Chart, Kind, Scope
from commonweal.ledger.queries import CategorySum
from commonweal.places.models import Place
from commonweal.web import charts
from commonweal.web.context import CURRENCY as CURRENCY  # noqa: PLC0414 - asked for here too
from commonweal.web.discovery.cards import cards
from commonweal.web.ledger import rows
from commonweal.web.ledger.views import months_back

_LINES = 5
_THEMES = 7
_MONTHS = 12
_TILE, _GAP, _ROW = 97, 4, 112
_SMALLEST, _LARGEST = 16, 45
_CROWD = {
    Chart.GIFTS, Chart.MONTHLY_BACKERS, Chart.OTHER_INCOME, 0,
}  # fmt: skip
_SOLD = {Chart.TICKETS_SALES, Chart.EVENTS_INCOME}
_GIVEN = {Kind.CONTRIBUTION, Kind.REFUND, Kind.COVER}


@dataclass(frozen=True)
class Tile:
    """A district on the map: its square, its coin and its name."""

    place: Place
    groups: int
    left: float
    top: int
    centre: float
    middle: int
    radius: float
    text_y: float
    name_y: int


def portrait(place: Place | None) -> dict[str, Any]:
    """Return everything the first page shows of a city, or of all places."""
    scope, scope_id = (Scope.PLACE, place.pk) if place else (Scope.PLATFORM, 0)
    since = months_back(clock.today(), _MONTHS - 1)[0]
    lines = ledger.latest(scope=scope, scope_id=scope_id, size=_LINES)
    districts = queries.districts(place) if place else []
    return {
        "place": place,
        "census": queries.census(place),
        **drawn_map(districts),
        "totals": ledger.totals(scope, scope_id, CURRENCY),
        "payers": payers(ledger.by_category(scope, scope_id, CURRENCY, since=since)),
        "themes": queries.themes(place, most=_THEMES),
        "cards": cards(queries.of_the_day(clock.today(), place=place), currency=CURRENCY),
        "lines": _last_lines(lines),
        "coming": queries.coming_up(place, clock.today()),
    }


def drawn_map(districts: Sequence[District]) -> dict[str, Any]:
    """Return the districts of a city as tiles, and how large the map is."""
    return {
        "tiles": _tiles(districts),
        "map_height": max((_top(one) for one in districts), default=0) + _ROW,
        "map_width": (_TILE + _GAP) * max((one.tile.column + 1 for one in districts), default=0),
    }


def _last_lines(lines: Sequence[ledger.Line]) -> list[rows.Row]:
    groups = queries.groups_of([line.party_id for line in lines if line.party_id])
    return [rows.row(line, groups) for line in lines]


def payers(sums: Iterable[CategorySum]) -> list[charts.Segment]:
    """Return what came from the crowd, from companies, as grants and for tickets."""
    parts: dict[str, int] = defaultdict(int)
    for one in sums:
        if one.kind in _GIVEN:
            parts[_payer(one.category)] += one.amount.minor
    named = (("crowd", _("from the crowd"), 2), ("companies", _("from companies"), 5),
             ("grants", _("in grants from communes and foundations"), 6),
             ("sold", _("for tickets and at events"), 1))  # fmt: skip
    return charts.segments(
        [
            (name, Money(parts[key], CURRENCY), colour)
            for key, name, colour in named
            if parts[key] > 0
        ]
    )


def _payer(category: int) -> str:
    if category in _CROWD:
        return "crowd"
    if category in _SOLD:
        return "sold"
    return "grants" if category == Chart.GRANTS else "companies"


def _tiles(districts: Iterable[District]) -> list[Tile]:
    districts = list(districts)
    most = max((one.groups for one in districts), default=0)
    return [_tile(one, most) for one in districts]


def _tile(district: District, most: int) -> Tile:
    left = district.tile.column * (_TILE + _GAP)
    top = _top(district)
    share = math.sqrt(district.groups / most) if most else 0
    return Tile(
        place=district.place,
        groups=district.groups,
        left=left,
        top=top,
        centre=left + _TILE / 2,
        middle=top + 45,
        radius=round(_SMALLEST + (_LARGEST - _SMALLEST) * share, 1),
        text_y=top + 51.5,
        name_y=top + 101,
    )


def _top(district: District) -> int:
    return district.tile.row * _ROW
