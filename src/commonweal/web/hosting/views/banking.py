"""The bank tab of a host's desk: statements come in, and every line finds what it is for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from commonweal.banking import actions, policies, queries
from commonweal.banking.actions import NotOurAccount, Taken
from commonweal.banking.models import BankLine, Match
from commonweal.banking.queries import offers
from commonweal.banking.rules import reading, table
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Host
from commonweal.web.confirming import reauthentication_required, sign_in_required
from commonweal.web.hosting import bank_words
from commonweal.web.hosting.bank_forms import PlaceForm, StatementForm, headers_in, keeping
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import reader, signed_in

# So many lines are placed while the reader waits; the worker goes on with the others.
AT_ONCE = 200


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the bank says and what waits; take in another statement."""
    host = _host(request, slug)
    form = StatementForm()
    if request.method == "POST":
        form = StatementForm(request.POST, request.FILES, headers=headers_in(request.POST))
        if form.is_valid():
            form, taken = _taken(request, host, form)
            if taken is not None:
                messages.success(request, _told(taken))
                return redirect("hosting:bank", slug)
    context = _context(host) | {"form": form}
    status = 422 if form.errors else 200
    return render_page(request, "hosting/bank.html", context, status=status)


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def bank_line(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one line, what it may be or became, and let it be placed or undone."""
    host = _host(request, slug)
    line = queries.line(host, number)
    if line is None:
        raise Http404
    if request.method == "POST" and "undo" in request.POST:
        actions.undo(line=line, by=signed_in(request))
        messages.success(request, _("Undone. The line waits again."))
        return redirect("hosting:bank_line", slug, number)
    suggested = queries.suggestions([line]).get(line.pk, [])
    open_runs = offers.open_runs(line)
    form = PlaceForm(
        request.POST or None, line=line, suggested=suggested,
        expenses=queries.expenses_for(line), hosted=list(hosting.hosted(host)),
        debited=offers.debited(line),
        runs=open_runs, taken_back=offers.taken_back_by(line), pairs=offers.pairs(host),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _placed(request, line, form):
        messages.success(request, _("Placed."))
        return redirect("hosting:bank", slug)
    context = _line_context(host, line) | {
        "form": form, "options": bank_words.options(suggested), "expenses": form.expenses,
        "debits": form.debits,
        "differences": bank_words.differences(line, open_runs),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render_page(request, "hosting/bank_line.html", context, status=status)


def _placed(request: HttpRequest, line: BankLine, form: PlaceForm) -> bool:
    """Place a line as the form says; where that is refused, say why beside what was chosen."""
    try:
        actions.place(line=line, shares=form.cleaned_data["shares"], by=signed_in(request))
    except (actions.DoesNotSum, actions.WordsMissing) as refusal:
        form.add_error(None, refusal.told_in(_))
        return False
    return True


def _taken(
    request: HttpRequest, host: Host, form: StatementForm
) -> tuple[StatementForm, Taken | None]:
    """Take in the file of a form, or return the form with what is wrong or asked."""
    sent = form.cleaned_data
    content, name = sent["content"], sent["name"]
    by = signed_in(request)
    try:
        taken = actions.take(
            host=host, name=name, content=content, by=by, columns=form.columns(),
            is_ours=sent["is_ours"],
        )  # fmt: skip
    except Refused as refusal:
        if refusal.status != 422:  # noqa: PLR2004 - what a person can mend
            raise
        return _with_question(form, refusal), None
    actions.place_new(host=host, by=by, most=AT_ONCE)
    return form, taken


def _with_question(form: StatementForm, refusal: Refused) -> StatementForm:
    """Return the form with the file kept in it, and what has to be said about it."""
    content, headers = form.cleaned_data["content"], []
    if isinstance(refusal, table.ColumnsUnknown):
        content.seek(0)
        headers = table.headers(reading.text_of(content))
    data = {**form.data.dict(), **keeping(content, form.cleaned_data["name"])}  # type: ignore[attr-defined]
    asked = StatementForm(data, headers=headers)
    asked.is_valid()
    asked.asks_whose = isinstance(refusal, NotOurAccount)
    asked.add_error(None, refusal.told_in(_))
    return asked


def _told(taken: Taken) -> str:
    """Return what came of a file, in a sentence."""
    if taken.again:
        return _("This file was here already. Nothing was counted twice.")
    new = ngettext("%(new)s new line.", "%(new)s new lines.", taken.new) % {"new": taken.new}
    known = ngettext("%(known)s was here already.", "%(known)s were here already.", taken.known) % {
        "known": taken.known
    }
    return f"{new} {known}" if taken.known else new


def _context(host: Host) -> dict[str, Any]:
    counts = queries.counts(host)
    return {
        "host": host,
        "tab": "bank",
        "waiting": bank_words.waiting(queries.waiting(host)),
        "asked": counts.get(BankLine.State.ASKED, 0),
        "new": counts.get(BankLine.State.NEW, 0),
        "compared": queries.compared(host),
        "statements": [
            (
                one,
                _money(one.opening_minor, one.currency),
                _money(one.closing_minor, one.currency),
                Money(one.gap_minor, one.currency),
            )
            for one in queries.statements(host)
        ],
        "to_send_back": [
            (match, queries.said_of(match.line), Money(match.amount_minor, match.currency))
            for match in queries.to_send_back(host)
        ],
        "placed": _told_of(queries.newest_matches(host)),
    }  # fmt: skip


def _line_context(host: Host, line: BankLine) -> dict[str, Any]:
    return {
        "host": host,
        "tab": "bank",
        "line": line,
        "said": queries.said_of(line),
        "amount": Money(line.amount_minor, line.currency),
        "question": bank_words.QUESTIONS.get(line.question, ""),
        "is_placed": line.state == BankLine.State.PLACED,
        "matches": _told_of(queries.matches_of(line)),
    }


def _told_of(matches: list[Match]) -> list[tuple[Match, Any, Any, Money]]:
    """Return matches with what they are about, why, and how much."""
    titles = queries.titles(matches)
    return [
        (
            one,
            titles.get(one.pk) or one.note or bank_words.KINDS.get(one.kind, ""),
            bank_words.reason(one),
            Money(one.amount_minor, one.currency),
        )
        for one in matches
    ]


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)


def _host(request: HttpRequest, slug: str) -> Host:
    """Return a host to those who handle its money; refuse everybody else."""
    host = hosting.host_by_slug(slug)
    if host is None:
        raise Http404
    if not policies.may_handle(reader(request), host):
        raise NotAllowed
    return host
