"""Papers for who has the address of a gift: its receipts, and all of a guest's who has no login."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation.errors import NotAllowed
from commonweal.giving.models import Contribution
from commonweal.papers import actions, policies, queries
from commonweal.papers.actions.asking import of_charge
from commonweal.papers.models import Paper
from commonweal.papers.queries import available, sheets
from commonweal.payments.models import Charge
from commonweal.people.models import Party
from commonweal.web.giving.views.contributions import wanted
from commonweal.web.hypermedia import render_page
from commonweal.web.papers import rows
from commonweal.web.papers.forms import DetailsForm
from commonweal.web.papers.views.giver import host_or_404
from commonweal.web.reader import reader

_SHOWN = 50


@never_cache
@require_safe
def receipt(request: HttpRequest, secret: str, key: UUID | None = None) -> HttpResponse:
    """Send the receipt of one charge of a gift, or of its newest one."""
    charge = _charge(wanted(secret), key)
    paper = actions.give_receipt(charge=charge, by=reader(request), secret=secret)
    return rows.sent(paper)


@require_POST
def invoice(request: HttpRequest, secret: str, key: UUID) -> HttpResponse:
    """Give out the invoice of one charge; who did not say their address yet is asked first."""
    contribution = wanted(secret)
    charge = _charge(contribution, key)
    try:
        paper = actions.give_invoice(charge=charge, by=reader(request), secret=secret)
    except actions.NoAddress as refusal:
        messages.warning(request, refusal.told_in(_))
        holder = contribution.contributor
        if queries.is_guest(holder):
            return redirect("papers:gift_details", secret)
        return redirect("papers:details", holder.slug)
    return redirect("papers:paper", paper.secret)


@never_cache
@require_safe
def gift_papers(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the papers of a gift; to a guest, those of all that they gave."""
    contribution = wanted(secret)
    if not policies.may_have_receipt(reader(request), contribution, secret):
        raise NotAllowed
    guest = queries.is_guest(contribution.contributor)
    given = available.gifts_in(contribution)
    all_given = available.gifts_of([contribution.contributor]) if guest else given
    years = available.years_of(all_given) if guest else []
    context = {
        "contribution": contribution,
        "guest": guest,
        "years": rows.years(years, secret=secret),
        "gifts": rows.gifts(given[:_SHOWN]),
        "papers": rows.papers(_given_out(contribution, all_given, guest=guest)[:_SHOWN]),
    }
    return render_page(request, "papers/gift_papers.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def gift_details(request: HttpRequest, secret: str) -> HttpResponse:
    """Say how a guest wants to stand on papers from now on."""
    holder = _guest(secret)
    form = DetailsForm(request.POST or None, party=holder, said=queries.details(holder))
    if request.method == "POST" and form.is_valid():
        actions.set_details(party=holder, by=None, **form.cleaned_data)
        messages.success(request, _("Saved. It stands on your papers from now on."))
        return redirect("papers:gift_papers", secret)
    context = {"form": form, "party": holder, "secret": secret}
    status = 422 if form.errors else 200
    return render_page(request, "papers/gift_details.html", context, status=status)


@never_cache
@require_safe
def gift_overview(request: HttpRequest, secret: str, host: str, year: int) -> HttpResponse:
    """Send what a guest gave at a host in a year."""
    paper = actions.give_overview(holder=_guest(secret), host=host_or_404(host), year=year, by=None)
    return rows.sent(paper)


@require_POST
def gift_donation_receipt(
    request: HttpRequest, secret: str, host: str, kind: str, year: int
) -> HttpResponse:
    """Give out a guest's donation receipt; who did not say who they are yet is asked first."""
    try:
        paper = actions.give_donation_receipt(
            holder=_guest(secret), host=host_or_404(host), kind=kind, year=year, by=None
        )
    except actions.NotComplete as refusal:
        messages.warning(request, refusal.told_in(_))
        return redirect("papers:gift_details", secret)
    return redirect("papers:paper", paper.secret)


def _charge(contribution: Contribution, key: UUID | None) -> Charge:
    found = sheets.charges_of(contribution)
    for charge in found:
        if key in {None, charge.uuid}:
            return charge
    raise Http404


def _guest(secret: str) -> Party:
    """Return the guest behind a gift; who signs in has a page of their own."""
    holder = wanted(secret).contributor
    if not queries.is_guest(holder):
        raise NotAllowed
    return holder


def _given_out(
    contribution: Contribution, gifts: list[available.Gift], *, guest: bool
) -> QuerySet[Paper]:
    if guest:
        return queries.papers_of([contribution.contributor])
    return queries.papers_about([of_charge(gift.charge) for gift in gifts])
