"""What a ledger page shows, as files: every line that fits its filters, not only one page."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from commonweal.discovery import queries as discovery
from commonweal.documents import ledger as documents
from commonweal.ledger import queries
from commonweal.ledger.queries import Line
from commonweal.web.ledger import book
from commonweal.web.ledger.book import Book
from commonweal.web.ledger.rows import whole_transactions

_BATCH = 500


@require_safe
def collective_ledger_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Send a collective's lines as CSV."""
    shown = book.opened(request, slug)
    return _file(documents.as_csv(_lines(shown)), f"{slug}-ledger.csv", "text/csv")


@require_safe
def collective_ledger_json(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Send a collective's lines as JSON."""
    shown = book.opened(request, slug)
    return _file(documents.as_json(_lines(shown)), f"{slug}-ledger.json", "application/json")


@require_safe
def whole_ledger_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Send every line of every collective as CSV, newest first."""
    return _file(documents.as_csv(_all_lines()), "ledger.csv", "text/csv")


@require_safe
def whole_ledger_json(request: HttpRequest) -> StreamingHttpResponse:
    """Send every line of every collective as JSON, newest first."""
    return _file(documents.as_json(_all_lines()), "ledger.json", "application/json")


def _file(parts: Iterator[str], name: str, sort: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(parts, content_type=f"{sort}; charset=utf-8", headers=headers)


def _lines(shown: Book) -> Iterator[tuple[str, Line]]:
    if shown.pot is None:
        return
    wanted, slug = shown.form.filters(), shown.collective.slug
    before: int | None = shown.pot.lines + 1
    while before is not None:
        found = queries.statement(shown.pot.account, size=_BATCH, filters=wanted, before=before)
        yield from ((slug, line) for line in found.lines)
        before = found.older


def _all_lines() -> Iterator[tuple[str, Line]]:
    before: int | None = None
    while True:
        lines, before = whole_transactions(queries.latest(size=_BATCH, before=before), _BATCH)
        groups = discovery.groups_of([line.party_id for line in lines if line.party_id])
        for line in lines:
            group = groups.get(line.party_id or 0)
            yield (group.slug if group else "", line)
        if before is None:
            return
