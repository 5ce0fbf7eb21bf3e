"""The figures of a place as files, and the script that adds them up again."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from commonweal.documents import figures as documents
from commonweal.ledger import queries as ledger
from commonweal.ledger.queries import Figure
from commonweal.people.models import Party
from commonweal.places import queries


@require_safe
def figures_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Send the figures of a place as CSV."""
    return _file(documents.as_csv(_named(ledger.figures(_place(slug)))), "text/csv")


@require_safe
def figures_json(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Send the figures of a place and its totals as JSON."""
    place = _place(slug)
    query = ledger.figures_query(place)
    told = documents.as_json(_named(ledger.figures(place)), query=query)
    return _file(told, "application/json")


@require_safe
def figures_script(request: HttpRequest) -> HttpResponse:
    """Send the script that adds the figures up again."""
    script = resources.files("commonweal.documents").joinpath("recompute_figures.py").read_text()
    return HttpResponse(script, content_type="text/x-python; charset=utf-8")


def _file(parts: Iterator[str], sort: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(parts, content_type=f"{sort}; charset=utf-8")


def _place(slug: str) -> int:
    place = queries.by_slug(slug)
    if place is None:
        raise Http404
    return place.pk


def _named(figures: Iterator[Figure]) -> Iterator[tuple[str, Figure]]:
    """Give each row its group's slug, asked for once a group: rows of a group follow each other."""
    party, slug = None, ""
    for one in figures:
        if one.party != party:
            party = one.party
            found = Party.objects.filter(pk=party or 0).values_list("slug", flat=True).first()
            slug = found or ""
        yield slug, one
