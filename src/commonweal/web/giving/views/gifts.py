"""A gift that comes again, as its giver sees it: where it stands, and how to change or stop it.

The signed part of the address is the giver's key: it stands in each letter about the gift. Looking
changes nothing; each change is a button.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation.errors import Refused
from commonweal.foundation.money import Money
from commonweal.giving import actions, queries, tasks
from commonweal.giving.models import Contribution, Standing
from commonweal.payments import queries as payments
from commonweal.payments.models import Charge
from commonweal.payments.queries import debits
from commonweal.people.models import Party
from commonweal.web.confirming import sign_in_required
from commonweal.web.giving import choosing
from commonweal.web.giving.forms import ChangeForm, PauseForm
from commonweal.web.hypermedia import render_page

_ALIVE = {Standing.ON, Standing.PAUSED, Standing.QUIET}


@never_cache
@sign_in_required
@require_safe
def your_gifts(request: HttpRequest) -> HttpResponse:
    """List what the reader gives again and again, and what they gave once."""
    person: Party = request.person  # type: ignore[attr-defined]
    again = [(one, _amount(one), _key(one)) for one in queries.gifts_that_come_again(person)]
    once = queries.contributions_of(person).filter(standing=Standing.NONE)[:50]
    context = {"again": again, "once": [(one, _amount(one)) for one in once], "tab": "gifts"}
    return render_page(request, "giving/your_gifts.html", context)


@never_cache
@require_safe
def gift(request: HttpRequest, token: str) -> HttpResponse:
    """Say where a gift stands in one sentence, and offer what its giver may do."""
    return _page(request, _wanted(token), token, PauseForm())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_gift(request: HttpRequest, token: str) -> HttpResponse:
    """Give another amount, or on another day, from the next time on."""
    found = _wanted(token)
    if found.standing not in _ALIVE or found.anchor_on is None:
        return redirect("giving:gift", token)
    choices = choosing.choices_for(found.collective, interval=found.interval)
    form = ChangeForm(
        request.POST or None,
        initial=_first(found, choices),
        collective=found.collective,
        choices=choices,
        interval=found.interval,
    )
    if request.method == "POST" and form.is_valid() and _is_changed(request, form, found, token):
        return redirect("giving:gift", token)
    context = {"contribution": found, "collective": found.collective, "form": form, "token": token}
    status = 422 if form.errors else 200
    return render_page(request, "giving/change_gift.html", context, status=status)


@require_POST
def pause_gift(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for nothing for a while."""
    found = _wanted(token)
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _page(request, found, token, form, status=422)
    actions.pause(
        contribution=found, until=form.cleaned_data["until"], by=_reader(request), token=token
    )
    return redirect("giving:gift", token)


@require_POST
def resume_gift(request: HttpRequest, token: str) -> HttpResponse:
    """Go on after a pause."""
    actions.resume(contribution=_wanted(token), by=_reader(request), token=token)
    return redirect("giving:gift", token)


@require_POST
def stop_gift(request: HttpRequest, token: str) -> HttpResponse:
    """End it for good."""
    actions.stop(contribution=_wanted(token), by=_reader(request), token=token)
    return redirect("giving:gift", token)


@require_POST
def switch_gift(request: HttpRequest, token: str) -> HttpResponse:
    """Give over another rail; what there is to do stands on the page."""
    found, rail = _wanted(token), request.POST.get("rail", "")[:50]
    charge = actions.switch(contribution=found, rail=rail, by=_reader(request), token=token)
    return _asked(charge, token)


@require_POST
def pay_gift(request: HttpRequest, token: str) -> HttpResponse:
    """Pay what a card declined, with another one."""
    charge = actions.pay_again(contribution=_wanted(token), by=_reader(request), token=token)
    return _asked(charge, token)


def _asked(charge: Charge, token: str) -> HttpResponse:
    charge = tasks.begin_charge(charge)
    if charge.next_step.get("kind") == "redirect":
        return redirect(charge.next_step["url"])
    return redirect("giving:gift", token)


def _is_changed(request: HttpRequest, form: ChangeForm, found: Contribution, token: str) -> bool:
    """Change it; where that is refused, say so on the form."""
    typed = form.cleaned_data
    try:
        actions.change(
            contribution=found, amount=typed["money"], tier=typed["tier"], day=typed["day"],
            by=_reader(request), token=token,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error("own", refusal.told_in(_))
        return False
    newest = queries.charge_of(found)
    if newest.state == Charge.State.CREATED:
        tasks.begin_charge(newest)
    messages.success(request, _("Changed."))
    return True


def _page(
    request: HttpRequest, found: Contribution, token: str, form: PauseForm, *, status: int = 200
) -> HttpResponse:
    amount = _amount(found)
    came = queries.arrivals_of(found)
    context = {
        "contribution": found,
        "collective": found.collective,
        "token": token,
        "amount": amount,
        "total": Money(found.received_minor, found.currency),
        "came": [(one, Money(one.amount_minor, one.currency)) for one in came],
        "is_alive": found.standing in _ALIVE,
        "rail": payments.rail(found.rail).label(),
        "form": form,
        **(_to_do(found, amount) if found.standing in _ALIVE else {}),
        **_collected(found),
    }
    return render_page(request, "giving/gift.html", context, status=status)


def _to_do(found: Contribution, amount: Money) -> dict[str, Any]:
    """Return what its giver can do: pay now, see the standing order, change the rail."""
    newest = queries.charge_of(found)
    waits = newest.state == Charge.State.PENDING and newest.next_step.get("kind") == "show"
    by_giver = queries.repeats(found) == "by giver"
    others = [
        one
        for one in payments.offered(newest.host, found.currency)
        if one.capabilities.repeats != "never" and one.name != found.rail
    ]
    return {
        "by_giver": by_giver,
        "transfer": queries.standing_order(found, amount) if by_giver else None,
        "step": newest.next_step if waits and not _at_the_bank(newest.rail) else None,
        "due": Money(newest.amount_minor, newest.currency),
        "declined": queries.declined(found),
        "other_rails": [(one.name, one.label(), one.capabilities.repeats) for one in others],
    }


def _at_the_bank(rail: str) -> bool:
    """Whether nothing is paid on a page of ours: by transfer, or by a host that collects."""
    return payments.rail(rail).capabilities.returns_by_hand


def _collected(found: Contribution) -> dict[str, Any]:
    """Return by which mandate it is collected, for the rails that ask for one."""
    if not payments.rail(found.rail).capabilities.by_mandate:
        return {}
    return {
        "is_collected": True,
        "mandate": debits.mandate_of(queries.subject_of(found)),
        "collected_on": debits.asked_for(queries.charge_of(found)),
    }


def _first(found: Contribution, choices: list[choosing.Choice]) -> dict[str, Any]:
    """Return what stands in the form for a change: how it is now."""
    now = _amount(found)
    fitting = [one for one in choices if one.amount == now]
    named = [one for one in fitting if one.tier and one.tier.pk == found.tier_id]
    chosen = next(iter(named or fitting), None)
    day = found.anchor_on.day if found.anchor_on else 1
    own = "" if chosen else f"{now.decimal:f}"
    return {"amount": chosen.value if chosen else "", "own": own, "day": day}


def _amount(found: Contribution) -> Money:
    return Money(found.amount_minor, found.currency)


def _key(found: Contribution) -> str:
    return queries.letter_token(found)


def _reader(request: HttpRequest) -> Party | None:
    person: Party | None = request.person  # type: ignore[attr-defined]
    return person


def _wanted(token: str) -> Contribution:
    """Return the gift whose key stands in the address."""
    found = queries.contribution_by_token(token)
    if found is None or found.standing == Standing.NONE:
        raise Http404
    return found
