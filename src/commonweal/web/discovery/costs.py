"""What things cost: the themes, the figures of one, and the same as files."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal.collectives import queries as collectives
from commonweal.collectives.models import Activity, Theme
from commonweal.discovery import queries
from commonweal.discovery.queries import Priced
from commonweal.discovery.rules.costs import BANDS, Figure, Finished, Part
from commonweal.documents import costs as documents
from commonweal.foundation.money import Money
from commonweal.ledger.models import Chart
from commonweal.places import queries as places
from commonweal.places.models import Place
from commonweal.web import charts
from commonweal.web.context import this_instance
from commonweal.web.discovery.city import CURRENCY
from commonweal.web.hypermedia import render_page

_SHOWN = 24
EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class Price:
    """A figure as a page shows it; None where it varies too much for one."""

    median: Money
    lower: Money
    upper: Money
    least: Money
    most: Money


@dataclass(frozen=True)
class Row:
    """How many had something, and what they paid; `name` says what it was."""

    name: str
    had: int
    price: Price | None
    varies: bool


@dataclass(frozen=True)
class Example:
    """An activity behind the figures, and what it cost where figures may be told."""

    activity: Activity
    whole: Money | None


@require_safe
def costs(request: HttpRequest) -> HttpResponse:
    """List what there is a price for."""
    found = queries.themes_with_costs(CURRENCY)
    return render_page(request, "discovery/costs.html", {"themes": found})


@require_safe
def cost(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what activities about a theme cost, on what, and which ones they were."""
    about, place = get_object_or_404(Theme, slug=slug), _place(request)
    priced = queries.priced(about, place, CURRENCY)
    named = _named(priced)
    summary = priced.summary
    context = {
        "theme": about,
        "place": place,
        "city": place and place.city,
        "cities": _cities(place),
        "priced": priced,
        "whole": _price(summary.whole),
        "each": _price(summary.each),
        "rows": _rows(priced),
        "apart_rows": _apart(priced),
        "sizes": [_row(band_name, part) for band_name, part in _sizes(priced)],
        "typical": named.get(summary.typical.activity) if summary.typical else None,
        "typical_bars": _bars(summary.typical),
        "examples": [_example(one, named, priced) for one in priced.activities[:_SHOWN]],
    }
    return render_page(request, "discovery/cost.html", context)


@require_safe
def cost_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Send the activities behind the figures as CSV."""
    priced = queries.priced(get_object_or_404(Theme, slug=slug), _place(request), CURRENCY)
    lines = documents.as_csv(priced, _named(priced))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")


@require_safe
def cost_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the figures as JSON."""
    place = _place(request)
    priced = queries.priced(get_object_or_404(Theme, slug=slug), place, CURRENCY)
    told = documents.as_json(
        priced, _named(priced), theme=slug, place=place and place.slug, currency=CURRENCY
    )
    return HttpResponse(told, content_type="application/json; charset=utf-8")


@require_safe
def costs_script(request: HttpRequest) -> HttpResponse:
    """Send the script that computes the figures again."""
    told = resources.files("commonweal.documents").joinpath("recompute_costs.py").read_text()
    return HttpResponse(told, content_type="text/x-python; charset=utf-8")


def _place(request: HttpRequest) -> Place | None:
    """Return the city that the reader asks about: this server's own unless said otherwise."""
    asked = request.GET.get("place", "")
    if asked == EVERYWHERE:
        return None
    return (places.by_slug(asked) if asked else None) or this_instance(request).place


def _cities(place: Place | None) -> list[Place]:
    """Return the cities that have groups, and the one that is asked about, by name."""
    found = {one.city for one in queries.places()} | ({place.city} if place else set())
    return sorted(found, key=lambda one: one.name)


def _named(priced: Priced) -> dict[int, Activity]:
    return collectives.activities_by_id(one.activity for one in priced.activities)


def _price(figure: Figure | None) -> Price | None:
    if figure is None or figure.varies:
        return None
    return Price(**{name: Money(minor, CURRENCY) for name, minor in vars(figure).items()})


def _row(name: str, part: Part) -> Row:
    return Row(name, part.had, _price(part.figure), bool(part.figure and part.figure.varies))


def _rows(priced: Priced) -> list[Row]:
    """Return the categories, those that most of them had first."""
    told = priced.summary.categories.items()
    rows = [_row(_category(category), part) for category, part in told if part.had]
    return sorted(rows, key=lambda row: (-row.had, row.name))


def _apart(priced: Priced) -> list[Row]:
    equipment = _row(str(Chart.EQUIPMENT.label), priced.summary.equipment)
    overhead = _row(_("Overhead: what hosts and payment services kept"), priced.summary.overhead)
    return [row for row in (equipment, overhead) if row.had]


def _sizes(priced: Priced) -> list[tuple[str, Part]]:
    return [(_people(band), part) for band, part in priced.summary.sizes.items()]


def _people(band: int) -> str:
    """Return how many came, in words."""
    if band == 0:
        return _("Up to %(most)s people") % {"most": BANDS[0]}
    if band == len(BANDS):
        return _("More than %(most)s people") % {"most": BANDS[-1]}
    return _("%(fewest)s to %(most)s people") % {"fewest": BANDS[band - 1] + 1, "most": BANDS[band]}


def _category(category: int) -> str:
    return str(Chart(category).label) if category else _("No category")


def _bars(one: Finished | None) -> list[charts.Share]:
    paid: dict[str, Any] = {_category(at): minor for at, minor in one.paid.items()} if one else {}
    return charts.shares([(name, Money(minor, CURRENCY)) for name, minor in paid.items()])


def _example(one: Finished, named: dict[int, Activity], priced: Priced) -> Example:
    whole = Money(one.whole, CURRENCY) if priced.summary.enough else None
    return Example(named[one.activity], whole)
