"""What things cost: the themes, the figures of one, and the same as files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal.collectives.models import Collective, Theme
from commonweal.collectives.rules import Given
from commonweal.discovery import queries
from commonweal.discovery.queries import Of, Paid, Priced
from commonweal.discovery.rules.costs import BANDS, Figure, Finished, Part, Unpaid
from commonweal.discovery.rules.funding import Funds
from commonweal.documents import costs as documents
from commonweal.documents import funding
from commonweal.foundation.money import Money
from commonweal.ledger.models import Chart
from commonweal.places import queries as places
from commonweal.places.models import Place
from commonweal.web import charts, formats
from commonweal.web.context import this_instance
from commonweal.web.discovery.city import CURRENCY
from commonweal.web.hypermedia import render_page
from commonweal.web.sharing import heads

_SHOWN = 24
_GROUPS = 12
_THEMES = 8
_LEAST = 0.005  # of the income: what rounds to one per cent
_FURTHEST = 3
_EXAMPLES = 3
_CSV = "text/csv; charset=utf-8"
EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class Price:
    """A figure as a page shows it."""

    median: Money
    lower: Money
    upper: Money
    least: Money
    most: Money


@dataclass(frozen=True)
class Row:
    """How many had something, and what they paid; without a price they are too few or vary."""

    name: str
    had: int
    price: Price | None
    varies: bool
    strip: charts.Strip
    unpaid: Unpaid | None = None
    examples: tuple[str, ...] = ()  # of what was given in kind

    @property
    def is_drawn(self) -> bool:
        """Whether anybody had it: the others stand in the table alone."""
        return bool(self.had or (self.unpaid and self.unpaid.in_kind))


@dataclass(frozen=True)
class Group:
    """A group behind the figures: how many of its activities count, and what the middle cost."""

    group: Collective
    activities: int
    median: Money


@require_safe
def costs(request: HttpRequest) -> HttpResponse:
    """List what there is a price for."""
    found = queries.themes_with_costs(CURRENCY)
    return render_page(request, "discovery/costs.html", {"themes": found})


@require_safe
def cost(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what things about a theme cost, on what, and which ones they were."""
    about, place = get_object_or_404(Theme, slug=slug), _place(request)
    priced, paid = _asked(request, about, place)
    summary = priced.summary
    context = {
        "theme": about,
        "shared": None if request.GET else heads.of_costs(about),
        "place": place,
        "city": place and place.city,
        "cities": _cities(place),
        "themes": queries.themes_with_costs(CURRENCY)[:_THEMES],
        "priced": priced,
        "by_year": priced.of == Of.YEAR,
        "query": _query(priced.of, place),
        "whole": _price(summary.whole),
        "each": _price(summary.each),
        **_strips(priced),
        "typical": priced.own[summary.typical.unit] if summary.typical else None,
        "typical_bars": _bars(summary.typical),
        "funds": paid.funds,
        "gift": Money(paid.funds.gift.median, CURRENCY) if paid.funds.gift else None,
        "sources": _sources(paid.funds),
        "currencies": sorted({own.currency for own in priced.own.values()} - {CURRENCY}),
        "groups": _groups(priced),
        "examples": list(priced.own.values())[:_SHOWN],
    }
    return render_page(request, "discovery/cost.html", context)


@require_safe
def cost_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Send what is behind the figures as CSV."""
    priced, _paid = _asked(request, get_object_or_404(Theme, slug=slug), _place(request))
    return StreamingHttpResponse(documents.as_csv(priced), content_type=_CSV)


@require_safe
def funding_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Send the groups behind the figures of the funding side as CSV."""
    _priced, paid = _asked(request, get_object_or_404(Theme, slug=slug), _place(request))
    return StreamingHttpResponse(funding.as_csv(paid), content_type=_CSV)


@require_safe
def cost_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the figures as JSON."""
    place = _place(request)
    priced, paid = _asked(request, get_object_or_404(Theme, slug=slug), place)
    told = documents.as_json(
        priced, paid, theme=slug, place=place and place.slug, currency=CURRENCY
    )
    return HttpResponse(told, content_type="application/json; charset=utf-8")


@require_safe
def costs_script(request: HttpRequest) -> HttpResponse:
    """Send the script that computes the figures again."""
    told = resources.files("commonweal.documents").joinpath("recompute_costs.py").read_text()
    return HttpResponse(told, content_type="text/x-python; charset=utf-8")


def _asked(request: HttpRequest, about: Theme, place: Place | None) -> tuple[Priced, Paid]:
    """Return what things about a theme cost, and how the groups about it are paid for."""
    of = Of.YEAR if request.GET.get("of") == Of.YEAR else Of.ACTIVITY
    priced = queries.priced(about, place, CURRENCY, of)
    return priced, queries.paid_for(about, place, priced.within, CURRENCY)


def _query(of: Of, place: Place | None) -> str:
    """Return what is asked, for the addresses of files."""
    asked = {"place": place.slug if place else EVERYWHERE}
    return urlencode(asked | {"of": of.value} if of == Of.YEAR else asked)


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


def _price(figure: Figure | None) -> Price | None:
    if figure is None or figure.varies:
        return None
    return Price(**{name: Money(minor, CURRENCY) for name, minor in vars(figure).items()})


def _strips(priced: Priced) -> dict[str, Any]:
    """Return the rows of the page, all drawn along one line, and the amounts above it."""
    summary = priced.summary
    categories = {_category(at): part for at, part in summary.categories.items()}
    unpaid = {_category(at): unpaid for at, unpaid in summary.unpaid.items()}
    apart = {
        str(Chart.EQUIPMENT.label): summary.equipment,
        _("Overhead: what hosts and payment services kept"): summary.overhead,
    }
    sizes = {_people(band): part for band, part in summary.sizes.items()}
    end = _end([*categories.values(), *apart.values(), *sizes.values()])
    drawn: dict[str, Any] = {
        name: [_row(what, part, end) for what, part in parts.items() if part.had]
        for name, parts in (("apart_rows", apart), ("sizes", sizes))
    }
    drawn["rows"] = [
        _row(what, part, end, unpaid[what])
        for what, part in categories.items()
        if part.had or unpaid[what].unknown < summary.activities
    ]
    drawn["rows"].sort(key=lambda row: (-row.had, row.name))
    return drawn | {"marks": charts.marks(end, CURRENCY)}


def _end(parts: list[Part]) -> int:
    """Return how far the line reaches: to the dearest group, but not for the sake of one alone."""
    dearest = max((one for part in parts for one in part.voices), default=1)
    usual = max((part.figure.upper for part in parts if part.figure), default=dearest)
    return max(1, min(dearest, _FURTHEST * usual))


def _row(name: str, part: Part, end: int, unpaid: Unpaid | None = None) -> Row:
    figure = part.figure
    told = figure if figure and not figure.varies else None
    middle = (told.lower, told.median, told.upper) if told else None
    return Row(
        name=name,
        had=part.had,
        price=_price(figure),
        varies=bool(figure and figure.varies),
        strip=charts.strip(part.voices, middle, whole=end),
        unpaid=unpaid,
        examples=_examples(unpaid.given) if unpaid else (),
    )


def _examples(given: Iterable[Given]) -> tuple[str, ...]:
    """Return what was given most often, in words."""
    usual = Counter(one for one in given if one.quantity).most_common(_EXAMPLES)
    return tuple(formats.in_kind(one.unit, one.quantity) for one, _ in usual)


def _sources(funds: Funds) -> list[tuple[str, int]]:
    """Return where the groups' money comes from, in per cent."""
    shares = funds.sources.items()
    return [(_category(at), round(100 * share)) for at, share in shares if share >= _LEAST]


def _groups(priced: Priced) -> list[Group]:
    """Return the groups behind the figures, the busiest first."""
    if not priced.summary.enough:
        return []
    of = {own.group.pk: own.group for own in priced.own.values()}
    count = Counter(one.group for one in priced.activities)
    return [
        Group(of[group], number, Money(priced.summary.by_group[group], CURRENCY))
        for group, number in count.most_common(_GROUPS)
    ]


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
