"""The open book of one city or district, as pictures with their numbers."""

from __future__ import annotations

from typing import Any

from commonweal.discovery import queries
from commonweal.foundation import clock
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Scope
from commonweal.places.models import Place
from commonweal.web import charts, formats
from commonweal.web.collectives import budget
from commonweal.web.discovery import city
from commonweal.web.discovery.cards import cards
from commonweal.web.ledger.views import months_back

_MONTHS = 12
_COMING = 8
_DRAWN = 10  # themes; the table beside them names all


def opened(place: Place) -> dict[str, Any]:
    """Return everything the page of a place shows."""
    firsts = months_back(clock.today(), _MONTHS - 1)
    totals = ledger.totals(Scope.PLACE, place.pk, city.CURRENCY)
    year = ledger.budget(Scope.PLACE, place.pk, city.CURRENCY, since=firsts[0])
    themes = queries.theme_sums(place, city.CURRENCY)
    groups = queries.of_the_day(clock.today(), place=place)
    return {
        "place": place,
        "census": queries.census(place),
        "totals": totals,
        "picture": budget.picture(year, firsts, totals.balance),
        "payers": city.payers(year.categories),
        "themes": themes,
        "theme_bars": charts.shares(
            [
                (formats.local(one.theme.names, one.theme.slug), one.raised)
                for one in themes[:_DRAWN]
            ]
        ),
        "hosts": queries.hosts_of(place, city.CURRENCY),
        "coming": queries.coming_up(place, clock.today(), most=_COMING),
        "position": ledger.position(),
        "query": ledger.figures_query(place.pk),
        "cards": cards(groups, currency=city.CURRENCY),
        **city.drawn_map(queries.districts(place)),
    }
