"""Every line of a collective, every line of all, and one transaction whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.discovery import queries as discovery
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.ledger import queries
from commonweal.ledger.models import Scope
from commonweal.ledger.queries import MonthTotal, Pot, Statement
from commonweal.web import charts, pages
from commonweal.web.hypermedia import render_page
from commonweal.web.ledger import book, euro, rows, whole
from commonweal.web.ledger.book import Book

SIZE = 20
_MONTHS = 12


@require_safe
def collective_ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every line of a collective, narrowed by what the reader looks for."""
    shown = book.opened(request, slug)
    if shown.pot is None:
        context = {"book": shown, "collective": shown.collective}
    else:
        context = _pot(request, shown, shown.pot)
    return render_page(request, "ledger/collective_ledger.html", context, part="lines")


@require_safe
def whole_ledger(request: HttpRequest) -> HttpResponse:
    """Show the newest lines of all collectives."""
    before = pages.asked_for(request, "before")
    lines, older = rows.whole_transactions(queries.latest(size=SIZE, before=before), SIZE)
    groups = discovery.groups_of([line.party_id for line in lines if line.party_id])
    context = {
        "months": rows.by_month(lines, groups=groups),
        "totals": queries.totals(Scope.PLATFORM, 0, "EUR"),
        "older": pages.changed(request, before=older) if older else "",
        "newest": pages.changed(request, before=None) if before else "",
    }
    return render_page(request, "ledger/whole_ledger.html", context, part="lines")


@require_safe
def transaction(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one transaction: from whom to whom, what was kept, and what it belongs to."""
    found = queries.one_transaction(key)
    if found is None:
        raise Http404
    shown = whole.story(found)
    context: dict[str, Any] = {"shown": shown}
    if shown.collective and shown.amount.minor > 0:
        context["paid_for"] = euro.paid_for(key, shown.collective)
    elif shown.collective:
        context["givers"] = euro.givers([found.id], shown.title)
    return render_page(request, "ledger/transaction.html", context)


def _pot(request: HttpRequest, shown: Book, pot: Pot) -> dict[str, Any]:
    wanted = shown.form.filters()
    page = queries.statement(
        pot.account,
        page=pages.asked_for(request) or 1,
        size=SIZE,
        filters=wanted,
        before=pages.asked_for(request, "before"),
        after=pages.asked_for(request, "after"),
    )
    sums = _sums(shown, pot, page)
    return {
        "book": shown,
        "collective": shown.collective,
        "statement": page,
        "months": rows.by_month(page.lines, sums=() if wanted else sums),
        "pages": _pages(request, page),
        "year": _year(sums, pot),
        "query": request.GET.urlencode(),
        "since": page.lines[-1].effective_on if page.lines else None,
        "until": page.lines[0].effective_on if page.lines else None,
    }


def _sums(shown: Book, pot: Pot, page: Statement) -> list[MonthTotal]:
    """Return the sums of the months shown and of the last twelve, where there is one pot."""
    if len(shown.pots) > 1:
        return []
    oldest = min([line.effective_on for line in page.lines], default=clock.today())
    since = min(oldest, months_back(clock.today(), _MONTHS - 1)[0])
    return queries.by_month(
        Scope.COLLECTIVE, shown.collective.pk, pot.balance.currency, since=since
    )


def months_back(day: date, number: int) -> list[date]:
    """Return the first days of the last months up to this one, oldest first."""
    months = [day.replace(day=1)]
    for _step in range(number):
        year, month = months[-1].year, months[-1].month
        months.append(date(year - (month == 1), 12 if month == 1 else month - 1, 1))
    return months[::-1]


def _year(sums: Sequence[MonthTotal], pot: Pot) -> dict[str, Any]:
    """Return what moved in twelve months, and what the pot held at the end of each."""
    firsts = months_back(clock.today(), _MONTHS - 1)
    known = {one.month: one for one in sums}
    nothing = Money(0, pot.balance.currency)
    raised, spent, ends, left = nothing, nothing, [], pot.balance
    for first in reversed(firsts):
        one = known.get(first, MonthTotal(first, nothing, nothing))
        ends.append((first, left))
        raised, spent = raised + one.raised, spent + one.spent
        left = left - one.raised + one.spent
    return {"raised": raised, "spent": spent, "columns": charts.columns(ends[::-1])}


def _pages(request: HttpRequest, page: Statement) -> pages.Pages:
    if not page.filtered:
        return pages.numbered(request, page=page.page, last=page.pages)
    older = pages.changed(request, before=page.older, after=None) if page.older else ""
    newer = pages.changed(request, after=page.newer, before=None) if page.newer else ""
    return pages.Pages((), newer, older)
