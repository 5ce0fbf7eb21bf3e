"""Agreeing to expenses, asking for changes, letting them wait, and saying no."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.spending import actions
from commonweal.spending.models import Expense
from commonweal.spending.policies.moves import Standing, why_not, why_not_who
from commonweal.spending.rules import Step
from commonweal.web.confirming import sign_in_required
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in
from commonweal.web.spending.answers import WhyForm
from commonweal.web.spending.finding import expense_or_404


@sign_in_required
@require_POST
def approve(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Agree to the version that was on the page."""
    version = request.POST.get("version", "")
    actions.approve(
        expense=expense_or_404(slug, number, signed_in(request)), by=signed_in(request),
        version=int(version) if version.isdecimal() else 0,
    )  # fmt: skip
    return redirect("spending:expense", slug, number)


@sign_in_required
@require_http_methods(["GET", "POST"])
def ask_for_changes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask what has to be changed, and tell the author."""
    expense = expense_or_404(slug, number, signed_in(request))
    return _with_reason(
        request, expense, "ask", actions.ask_for_changes, "spending/ask_for_changes.html"
    )


@sign_in_required
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask why, and say no."""
    expense = expense_or_404(slug, number, signed_in(request))
    return _with_reason(request, expense, "decline", actions.decline, "spending/decline.html")


@sign_in_required
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask why, and let it wait."""
    expense = expense_or_404(slug, number, signed_in(request))
    return _with_reason(request, expense, "hold", actions.hold, "spending/hold.html")


@sign_in_required
@require_POST
def resume(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let what was on hold go on."""
    found = expense_or_404(slug, number, signed_in(request))
    actions.resume(expense=found, by=signed_in(request))
    return redirect("spending:expense", slug, number)


@sign_in_required
@require_POST
def retry(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let what came back be paid again as it is."""
    found = expense_or_404(slug, number, signed_in(request))
    actions.retry(expense=found, by=signed_in(request))
    return redirect("spending:expense", slug, number)


def _with_reason(
    request: HttpRequest, expense: Expense, step: Step, act: Callable[..., Expense], template: str
) -> HttpResponse:
    at = Standing(signed_in(request), expense)
    refusal = why_not_who(step, at) or why_not(step, at)
    if refusal is not None:
        raise refusal
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act(expense=expense, by=signed_in(request), **form.cleaned_data)
        return redirect("spending:expense", expense.collective.slug, expense.number)
    context = {"expense": expense, "collective": expense.collective, "form": form}
    return render_page(request, template, context, status=422 if form.errors else 200)
