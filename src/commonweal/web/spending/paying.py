"""Paying expenses: out of the pot, through the bank, back again, or on to another group."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.spending import actions, policies
from commonweal.spending.policies.moves import Standing, why_not, why_not_who
from commonweal.web.confirming import reauthentication_required
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in
from commonweal.web.spending import telling
from commonweal.web.spending.answers import CameBackForm
from commonweal.web.spending.finding import expense_or_404
from commonweal.web.spending.forms import PaidForm


@reauthentication_required
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show where to pay, take the money out of the pot, and then ask when the bank paid."""
    found = expense_or_404(slug, number, signed_in(request))
    if not policies.may_pay(signed_in(request), found):
        raise NotAllowed
    if request.method == "POST":
        actions.pay(expense=found, by=signed_in(request))
        return redirect("spending:pay", slug, number)
    context = telling.payment(found, actions.look_at_account(expense=found, by=signed_in(request)))
    context["form"] = PaidForm(initial={"on": clock.today()})
    return render_page(request, "spending/pay.html", context)


@reauthentication_required
@require_http_methods(["GET", "POST"])
def mark_paid(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write down that the bank paid."""
    found = expense_or_404(slug, number, signed_in(request))
    if not policies.may_pay(signed_in(request), found):
        raise NotAllowed
    form = PaidForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        actions.mark_paid(expense=found, by=signed_in(request), **form.cleaned_data)
        return redirect("spending:expense", slug, number)
    context = telling.payment(found, None) | {"form": form}
    status = 422 if form.errors else 200
    return render_page(request, "spending/mark_paid.html", context, status=status)


@reauthentication_required
@require_http_methods(["GET", "POST"])
def return_payment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put the money back into the pot, because it was not sent or came back."""
    found = expense_or_404(slug, number, signed_in(request))
    if not policies.may_pay(signed_in(request), found):
        raise NotAllowed
    form = CameBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.return_payment(
            expense=found, on=clock.today(), by=signed_in(request), **form.cleaned_data
        )
        return redirect("spending:expense", slug, number)
    context = {"expense": found, "collective": found.collective, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "spending/return_payment.html", context, status=status)


@reauthentication_required
@require_http_methods(["GET", "POST"])
def pass_on(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show both pots, and move a grant from one to the other."""
    found = expense_or_404(slug, number, signed_in(request))
    at = Standing(signed_in(request), found)
    refusal = why_not_who("pass_on", at) or why_not("pass_on", at)
    if refusal is not None:
        raise refusal
    if request.method == "POST":
        actions.pass_on(expense=found, by=signed_in(request))
        return redirect("spending:expense", slug, number)
    return render_page(request, "spending/pass_on.html", telling.payment(found, None))
