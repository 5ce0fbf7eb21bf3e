"""Papers of who is signed in: a list, each as a PDF, and how one stands on them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation.errors import NotAllowed
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Host
from commonweal.papers import actions, policies, queries
from commonweal.papers.models import Paper
from commonweal.papers.queries import available
from commonweal.people import queries as people
from commonweal.people.models import Party
from commonweal.web.confirming import sign_in_required
from commonweal.web.hypermedia import render_page
from commonweal.web.papers import rows
from commonweal.web.papers.forms import DetailsForm
from commonweal.web.reader import reader, signed_in

_SHOWN = 50


@sign_in_required
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Show what papers the reader has and can have, for themselves and what they run."""
    holders = queries.holders(signed_in(request))
    gifts = available.gifts_of(holders)
    context = {
        "tab": "papers",
        "holders": holders,
        "years": rows.years(available.years_of(gifts)),
        "gifts": rows.gifts(gifts[:_SHOWN]),
        "more": max(0, len(gifts) - _SHOWN),
        "papers": rows.papers(queries.papers_of(holders)[:_SHOWN]),
    }
    return render_page(request, "papers/papers.html", context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how somebody wants to stand on papers from now on."""
    party = _held_by(request, slug)
    form = DetailsForm(request.POST or None, party=party, said=queries.details(party))
    if request.method == "POST" and form.is_valid():
        actions.set_details(party=party, by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("Saved. It stands on your papers from now on."))
        return redirect("papers:papers")
    context = {"form": form, "party": party, "tab": "papers"}
    status = 422 if form.errors else 200
    return render_page(request, "papers/details.html", context, status=status)


@sign_in_required
@require_safe
def overview(request: HttpRequest, slug: str, host: str, year: int) -> HttpResponse:
    """Send what somebody gave at a host in a year."""
    paper = actions.give_overview(
        holder=_held_by(request, slug), host=host_or_404(host), year=year, by=signed_in(request)
    )
    return rows.sent(paper)


@sign_in_required
@require_POST
def donation_receipt(
    request: HttpRequest, slug: str, host: str, kind: str, year: int
) -> HttpResponse:
    """Give out one's own donation receipt; who did not say who they are yet is asked first."""
    try:
        paper = actions.give_donation_receipt(
            holder=_held_by(request, slug), host=host_or_404(host), kind=kind, year=year,
            by=signed_in(request),
        )  # fmt: skip
    except actions.NotComplete as refusal:
        messages.warning(request, refusal.told_in(_))
        return redirect("papers:details", slug)
    return redirect("papers:paper", paper.secret)


@never_cache
@require_safe
def paper(request: HttpRequest, secret: str) -> HttpResponse:
    """Send one paper as it was given out, to whoever may open it."""
    found = paper_or_404(secret)
    if not policies.may_open(reader(request), found, secret):
        if reader(request) is None and not queries.is_guest(found.holder):
            return redirect_to_login(request.get_full_path())
        raise NotAllowed
    return rows.sent(found)


@require_POST
def correct(request: HttpRequest, secret: str) -> HttpResponse:
    """Give a paper out anew with what is known now."""
    new = actions.correct(paper=paper_or_404(secret), by=reader(request), secret=secret)
    return redirect("papers:paper", new.secret)


def paper_or_404(secret: str) -> Paper:
    """Return a paper by the secret in its address; one that was emptied is gone."""
    found = queries.paper(secret)
    if found is None or not found.content:
        raise Http404
    return found


def host_or_404(slug: str) -> Host:
    """Return a host by its address."""
    found = hosting.host_by_slug(slug)
    if found is None:
        raise Http404
    return found


def _held_by(request: HttpRequest, slug: str) -> Party:
    """Return somebody whose papers the reader may have."""
    party = people.party_by_slug(slug)
    if party is None:
        raise Http404
    if not policies.may_have(signed_in(request), party):
        raise NotAllowed
    return party
