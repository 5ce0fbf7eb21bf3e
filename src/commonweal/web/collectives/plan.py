"""What a group plans to spend in a year, at its desk to change it."""

from __future__ import annotations

from babel.numbers import get_currency_symbol
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.collectives import actions
from commonweal.web import formats
from commonweal.web.collectives import handing, planned
from commonweal.web.collectives.finding import run_by_reader
from commonweal.web.collectives.forms import PlanForm
from commonweal.web.confirming import sign_in_required
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in


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
        "tab": "plan",
    }
    status = 422 if form.errors else 200
    return render_page(request, "collectives/plan.html", context, status=status)
