"""The ways of giving of a collective, for those who run it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.collectives.models import Collective
from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.money import Money
from commonweal.giving import actions, policies, queries
from commonweal.giving.models import Tier
from commonweal.people.models import Party
from commonweal.web.finding import seen_by_reader
from commonweal.web.giving.forms import TierForm
from commonweal.web.hypermedia import render_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tiers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the ways of giving, and add one."""
    collective, person = _run_by(request, slug)
    form = TierForm(request.POST or None, currency=collective.currency)
    if request.method == "POST" and form.is_valid():
        actions.add_tier(collective=collective, by=person, **form.cleaned_data)
        return redirect("giving:tiers", slug)
    offers = [(one, Money(one.amount_minor, one.currency)) for one in queries.tiers_of(collective)]
    context = {"collective": collective, "offers": offers, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "giving/tiers.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tier(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change one way of giving; what was given that way stays as it was."""
    collective, person = _run_by(request, slug)
    found = get_object_or_404(queries.tiers_of(collective), pk=number)
    amount = Money(found.amount_minor, found.currency)
    first = {
        "name": found.name,
        "description": found.description,
        "amount": f"{amount.decimal:f}",
        "flexible": found.flexible,
    }
    form = TierForm(request.POST or None, initial=first, currency=found.currency, is_new=False)
    if request.method == "POST" and form.is_valid():
        actions.edit_tier(tier=found, by=person, **form.cleaned_data)
        messages.success(request, _("Changed."))
        return redirect("giving:tiers", slug)
    context = {"collective": collective, "tier": found, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "giving/tier.html", context, status=status)


@require_POST
def archive_tier(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Stop offering a way of giving."""
    collective, person = _run_by(request, slug)
    found = get_object_or_404(Tier, collective=collective, pk=number)
    actions.archive_tier(tier=found, by=person)
    messages.success(request, _("It is no longer offered."))
    return redirect("giving:tiers", slug)


def _run_by(request: HttpRequest, slug: str) -> tuple[Collective, Party]:
    person: Party | None = request.person  # type: ignore[attr-defined]
    collective = seen_by_reader(request, slug)
    if person is None or not policies.may_edit_tiers(person, collective):
        raise NotAllowed
    return collective, person
