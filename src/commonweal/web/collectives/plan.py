"""What a group plans to spend in a year: as lines on a page, and at its desk to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import get_currency_symbol
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.collectives import actions
from commonweal.collectives.models import Collective
from commonweal.foundation.money import Money
from commonweal.ledger.models import Category
from commonweal.web import formats
from commonweal.web.collectives.finding import run_by_reader
from commonweal.web.collectives.forms import PlanForm
from commonweal.web.confirming import sign_in_required
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in


@dataclass(frozen=True)
class Line:
    """What a year costs under a category."""

    name: str
    amount: Money


def lines(costs: Mapping[int, Money]) -> list[Line]:
    """Return costs by category with the categories' names."""
    return [Line(str(Category(id=category)), amount) for category, amount in costs.items()]


def whole(rows: Sequence[Line]) -> Money | None:
    """Return what all of it costs, or None where nothing is planned."""
    return sum((row.amount for row in rows[1:]), rows[0].amount) if rows else None


def planned(collective: Collective) -> dict[int, Money]:
    """Return what a group plans to spend in a year, by category, largest first."""
    rows = collective.plan.all()
    return {row.category_id: Money(row.amount_minor, row.currency) for row in rows}


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a group plans to spend in a year; change it."""
    collective = run_by_reader(request, slug)
    standing = planned(collective)
    form = PlanForm(request.POST or None, standing=standing, currency=collective.currency)
    if request.method == "POST" and form.is_valid():
        actions.plan_costs(collective=collective, costs=form.costs(), by=signed_in(request))
        messages.success(request, _("Saved."))
        return redirect("collectives:plan", slug)
    context = {
        "collective": collective,
        "form": form,
        "mark": get_currency_symbol(collective.currency, locale=formats.locale()),
        "whole": whole(lines(standing)),
        "tab": "plan",
    }
    status = 422 if form.errors else 200
    return render_page(request, "collectives/plan.html", context, status=status)
