"""What a group plans to spend in a year and on what it does, beside what became of it."""

from __future__ import annotations

from babel.numbers import get_currency_symbol
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.collectives import actions, policies
from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.money import Money
from commonweal.spending import actions as spending
from commonweal.spending.queries import budgets
from commonweal.web import formats
from commonweal.web.collectives import handing, planned
from commonweal.web.collectives.finding import run_by_reader
from commonweal.web.collectives.forms import PlanForm
from commonweal.web.confirming import sign_in_required
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import reader, signed_in
from commonweal.web.spending import telling


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a group plans to spend in a year; change it."""
    collective = run_by_reader(request, slug)
    standing = planned.costs_of(collective)
    form = PlanForm(request.POST or None, standing=standing, currency=collective.currency)
    if request.method == "POST" and form.is_valid():
        actions.plan_costs(collective=collective, costs=form.costs(), by=signed_in(request))
        messages.success(request, _("Saved."))
        return redirect("collectives:plan", slug)
    context = {
        "collective": collective,
        "form": form,
        "mark": get_currency_symbol(collective.currency, locale=formats.locale()),
        "whole": planned.whole(planned.lines(standing)),
        "handed": handing.handed_to(collective),
        "beside": telling.plan_of_year(collective),
        "tab": "plan",
    }
    status = 422 if form.errors else 200
    return render_page(request, "collectives/plan.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity_plan(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what an activity is to cost beside what became of it; change it."""
    collective = seen_by_reader(request, slug)
    if not policies.may_plan(reader(request), collective):
        raise NotAllowed
    activity = get_object_or_404(collective.activities, pk=number)
    rows = budgets.of_activity(activity)
    standing = {one.category: Money(one.planned, collective.currency) for one in rows}
    form = PlanForm(request.POST or None, standing=standing, currency=collective.currency)
    if request.method == "POST" and form.is_valid():
        spending.plan_activity_costs(activity=activity, costs=form.costs(), by=signed_in(request))
        messages.success(request, _("Saved."))
        return redirect("collectives:activity_plan", slug, number)
    context = {
        "collective": collective,
        "activity": activity,
        "form": form,
        "mark": get_currency_symbol(collective.currency, locale=formats.locale()),
        "beside": telling.plan_of(rows, collective.currency),
        "tab": "activities",
    }
    status = 422 if form.errors else 200
    return render_page(request, "collectives/activity_plan.html", context, status=status)
