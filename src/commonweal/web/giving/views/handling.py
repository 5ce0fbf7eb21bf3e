"""What a host's money handlers do with a gift: see it come, give it back, send it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.money import Money
from commonweal.giving import actions, policies, queries, tasks
from commonweal.giving.models import Contribution
from commonweal.giving.rules.sharing import Back
from commonweal.payments.models import Charge
from commonweal.people.models import Party
from commonweal.web import formats
from commonweal.web.giving.forms import ArrivalForm, RefundForm
from commonweal.web.giving.views.contributions import wanted
from commonweal.web.hypermedia import render_page, wants_part


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_transfer(request: HttpRequest, secret: str) -> HttpResponse:
    """Record that a transfer arrived, with the amount and the day of the bank statement."""
    found, charge, person = _handled(request, secret)
    promised = queries.Waiting(found, charge).amount
    first = {"amount": f"{promised.decimal:f}", "arrived_on": clock.today()}
    form = ArrivalForm(request.POST or None, initial=first, currency=charge.currency)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        actions.confirm_transfer(
            contribution=found, amount=typed["amount"], arrived_on=typed["arrived_on"], by=person
        )
        amount = formats.amount(typed["amount"])
        messages.success(request, _("%(amount)s arrived and is in the pot.") % {"amount": amount})
        return redirect("hosting:host_desk", charge.host.party.slug)
    context = _context(found, charge, form)
    status = 422 if form.errors else 200
    return render_page(request, "giving/confirm_transfer.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refund(request: HttpRequest, secret: str) -> HttpResponse:
    """Give a gift back, whole or in part, and say why."""
    found, charge, person = _handled(request, secret, queries.come_of)
    left = Money(charge.amount_minor - charge.refunded_minor, charge.currency)
    first = {"amount": f"{left.decimal:f}"}
    form = RefundForm(request.POST or None, initial=first, most=left)
    only_shows = "show" in request.POST
    is_sent = request.method == "POST" and not only_shows
    if is_sent and form.is_valid() and _is_given_back(found, form, person):
        return redirect("giving:contribution", secret)
    if only_shows:
        form.forget_reason()
    context = _context(found, charge, form) | {"left": left, "is_part": wants_part(request)}
    context |= {"back": _going_back(charge, form, left)}
    status = 422 if form.errors and not only_shows else 200
    return render_page(request, "giving/refund.html", context, part="summary", status=status)


def _is_given_back(found: Contribution, form: RefundForm, person: Party) -> bool:
    """Give back what was typed, or say on the form that the pot does not hold it."""
    typed = form.cleaned_data
    try:
        actions.refund(
            contribution=found, amount=typed["amount"], reason=typed["reason"], by=person
        )
    except actions.PotTooSmall as refusal:
        form.add_error("amount", refusal.told_in(_))
        return False
    tasks.give_back(found)
    return True


def _going_back(charge: Charge, form: RefundForm, left: Money) -> Back | None:
    """Return what giving the amount that stands in the form back would take from whom."""
    is_bound = form.is_bound and form.errors is not None
    standing = form.cleaned_data.get("amount") if is_bound else left
    return queries.shares_back(charge, standing) if standing else None


@require_POST
def confirm_refund(request: HttpRequest, secret: str) -> HttpResponse:
    """Record that the money was sent back by bank."""
    found, charge, person = _handled(request, secret, queries.going_back)
    actions.confirm_refund(contribution=found, on=clock.today(), by=person)
    messages.success(request, _("Recorded: the money is on its way back."))
    return redirect("hosting:host_desk", charge.host.party.slug)


def _handled(
    request: HttpRequest,
    secret: str,
    charge_of: Callable[[Contribution], Charge] = queries.charge_of,
) -> tuple[Contribution, Charge, Party]:
    """Return a gift to somebody who handles its host's money; refuse everybody else."""
    person: Party | None = request.person  # type: ignore[attr-defined]
    found = wanted(secret)
    charge = charge_of(found)
    if person is None or not policies.may_handle(person, charge.host):
        raise NotAllowed
    return found, charge, person


def _context(found: Contribution, charge: Charge, form: object) -> dict[str, object]:
    return {
        "contribution": found,
        "collective": found.collective,
        "charge": charge,
        "host": charge.host,
        "form": form,
        "promised": Money(found.amount_minor, found.currency),
        "reference": queries.Waiting(found, charge).reference,
    }
