"""The way of one gift: how to pay, thank you, what went wrong, what went back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from commonweal.foundation.money import Money
from commonweal.giving import actions, policies, queries, tasks
from commonweal.giving.models import Contribution
from commonweal.importing import queries as importing
from commonweal.papers import policies as papers
from commonweal.payments import queries as payments
from commonweal.payments import tasks as payment_tasks
from commonweal.payments.models import Charge
from commonweal.payments.port import NotUnderstood
from commonweal.payments.queries import debits
from commonweal.people.models import Party
from commonweal.web.hypermedia import render_page
from commonweal.web.ledger import euro

# What a rail's own page may send us: a few short words, never a card number.
_LONGEST_ANSWER = 200


@never_cache
@require_safe
def contribution(request: HttpRequest, secret: str) -> HttpResponse:
    """Show where a gift stands, and what its giver can do now. Its address is its key."""
    found = wanted(secret)
    person: Party | None = request.person  # type: ignore[attr-defined]
    context = {
        "contribution": found,
        "collective": found.collective,
        "promised": Money(found.amount_minor, found.currency),
        "is_giver": policies.may_cancel(person, found),
        "is_named": policies.may_be_named(person, found),
        "origin": importing.origin(found),
    }
    if context["origin"] is None:
        context |= _paid_here(found, person)
    if found.standing and context["is_giver"]:
        context["token"] = queries.letter_token(found)
    return render_page(request, "giving/contribution.html", context)


def _paid_here(found: Contribution, person: Party | None) -> dict[str, Any]:
    """Return what is known of the payment."""
    charge = queries.come_of(found)
    return {
        "charge": charge,
        "step": charge.next_step,
        "due": Money(charge.amount_minor, charge.currency),
        "quote": queries.quote_of(found, charge),
        "may_handle": policies.may_handle(person, charge.host),
        "may_have_papers": papers.may_have_receipt(person, found, found.secret),
        "is_by_hand": payments.rail(charge.rail).capabilities.by_hand,
        "goes_back_by_hand": payments.rail(charge.rail).capabilities.returns_by_hand,
        **_collected(charge),
        **_afterwards(found, charge),
    }


@require_POST
def pay(request: HttpRequest, secret: str) -> HttpResponse:
    """Pass on what the giver chose on the page of a rail, and go on with what it says."""
    found = wanted(secret)
    choice = {
        name: value[:_LONGEST_ANSWER]
        for name, value in request.POST.items()
        if name != "csrfmiddlewaretoken" and isinstance(value, str)
    }
    try:
        charge = tasks.answer(found, choice)
    except NotUnderstood:
        return redirect("giving:contribution", found.secret)
    if charge.next_step.get("kind") == "redirect":
        return redirect(charge.next_step["url"])
    return redirect("giving:contribution", found.secret)


@never_cache
@require_safe
def pretend_bank(request: HttpRequest, key: UUID) -> HttpResponse:
    """Be the bank that asks the holder of a pretend card first."""
    charge, found = _charged(key)
    is_pretend = payments.rail(charge.rail).capabilities.pretend
    if not is_pretend or charge.next_step.get("kind") != "redirect":
        return redirect("giving:contribution", found.secret)
    context = {"contribution": found, "due": Money(charge.amount_minor, charge.currency)}
    return render_page(request, "giving/pretend_bank.html", context)


@require_safe
def charge(request: HttpRequest, key: UUID) -> HttpResponse:
    """Lead somebody who comes back from a rail's own page to their gift."""
    _, found = _charged(key)
    return redirect("giving:contribution", found.secret)


@require_POST
def cancel(request: HttpRequest, secret: str) -> HttpResponse:
    """Take a promise back."""
    person: Party | None = request.person  # type: ignore[attr-defined]
    actions.cancel(contribution=wanted(secret), by=person)
    return redirect("giving:contribution", secret)


@csrf_exempt
@require_POST
def news(request: HttpRequest, rail: str) -> HttpResponse:
    """Take news from a rail: verify, store, answer. The worker acts on it."""
    if rail not in payments.rails():
        raise Http404
    try:
        payment_tasks.hear(rail, request.body, request.headers)
    except NotUnderstood:
        return HttpResponseBadRequest("not understood", content_type="text/plain")
    return HttpResponse("stored", content_type="text/plain")


def wanted(secret: str) -> Contribution:
    """Return a contribution by the secret in its address, or say that there is none."""
    found = queries.contribution(secret)
    if found is None:
        raise Http404
    return found


def _charged(key: UUID) -> tuple[Charge, Contribution]:
    charge = Charge.objects.filter(uuid=key).first()
    found = queries.contribution_of(charge) if charge else None
    if charge is None or found is None:
        raise Http404
    return charge, found


def _collected(charge: Charge) -> dict[str, Any]:
    """Return by which mandate a charge is collected, for the rails that ask for one."""
    if not payments.rail(charge.rail).capabilities.by_mandate:
        return {}
    return {
        "is_collected": True,
        "mandate": debits.last_mandate_of(charge.subject),
        "collected_on": debits.asked_for(charge),
    }


def _afterwards(found: Contribution, charge: Charge) -> dict[str, Any]:
    """Return what is known once the money has come."""
    if charge.arrived_on is None:
        return {}
    settled = queries.settlement_key(charge) if found.settled_at else None
    return {
        "received": Money(charge.amount_minor, charge.currency),
        "given_back": Money(charge.refunded_minor, charge.currency),
        "stays": Money(charge.amount_minor - charge.refunded_minor, charge.currency),
        "to_send_back": Money(charge.refunded_minor - charge.returned_minor, charge.currency),
        "settlement_key": settled,
        "paid_for": euro.paid_for(settled, found.collective) if settled else None,
    }
