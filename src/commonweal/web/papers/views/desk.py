"""Papers at a host's desk: what was given out, the year's donation receipts, and the imprint."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.hosting.models import Host
from commonweal.papers import actions, policies, queries
from commonweal.papers.models import Kind
from commonweal.papers.queries import available
from commonweal.web.confirming import sign_in_required
from commonweal.web.hosting.views.keeping import host_of
from commonweal.web.hypermedia import render_page
from commonweal.web.papers import rows
from commonweal.web.papers.forms import ImprintForm, RoundForm
from commonweal.web.reader import signed_in

_A_PAGE = 50
_DIGITS = 9


@sign_in_required
@require_safe
def host_papers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a host's papers of a year by their numbers, and the rounds of donation receipts."""
    host = host_of(request, slug)
    context = _listed(request, host) | {
        "host": host, "tab": "papers",
        "imprint": queries.imprint(host),
        "form": _round_form(request, host),
        "rounds": [(one, rows.name(one.kind)) for one in queries.rounds(host)[:5]],
        "decides": policies.may_set_imprint(signed_in(request), host),
    }  # fmt: skip
    context["running"] = any(one.finished_at is None for one, _name in context["rounds"])
    return render_page(request, "papers/host_papers.html", context)


@sign_in_required
@require_POST
def start_round(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to give out a year's donation receipts; the page shows how far it is."""
    host = host_of(request, slug)
    form = _round_form(request, host)
    if form is not None and form.is_valid():
        actions.start_round(host=host, by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("It has begun. You can leave this page; it goes on."))
    return redirect("papers:host_papers", slug)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def imprint(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how a host stands on its papers."""
    host = host_of(request, slug)
    if not policies.may_set_imprint(signed_in(request), host):
        raise NotAllowed
    said = queries.imprint(host)
    form = ImprintForm(request.POST or None, said=said, name=host.party.name)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_imprint(host=host, by=signed_in(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.told_in(_))
        else:
            messages.success(request, _("Saved. It stands on papers from now on."))
            return redirect("papers:host_papers", slug)
    context = {"host": host, "form": form, "tab": "papers"}
    status = 422 if form.errors else 200
    return render_page(request, "papers/imprint.html", context, status=status)


def _listed(request: HttpRequest, host: Host) -> dict[str, Any]:
    """Return the papers of one year and one kind, from a number down."""
    years = queries.years_of_host(host)
    year = _number(request, "year")
    year = year if year in years else (years[0] if years else clock.today().year)
    counts = queries.counted(host, year)
    kinds = [kind for kind in Kind.values if kind in counts]
    asked = request.GET.get("kind", "")
    kind = asked if asked in kinds else (kinds[0] if kinds else "")
    found = queries.papers_of_host(host, year, kind)
    below = _number(request, "below")
    page = list((found.filter(number__lt=below) if below else found)[: _A_PAGE + 1])
    return {
        "year": year,
        "years": years,
        "kind": kind,
        "kinds": [(one, rows.name(one), counts[one]) for one in kinds],
        "papers": rows.papers(page[:_A_PAGE], desk=True),
        "below": page[_A_PAGE - 1].number if len(page) > _A_PAGE else 0,
    }


def _round_form(request: HttpRequest, host: Host) -> RoundForm | None:
    kinds = available.entitled(queries.imprint(host))
    if not kinds:
        return None
    last = clock.today().year - 1
    years = list(range(last, last - available.YEARS_BACK, -1))
    return RoundForm(request.POST or None, kinds=kinds, years=years)


def _number(request: HttpRequest, name: str) -> int:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= _DIGITS else 0
