"""What a group does: its events and projects, and what each of them cost."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.collectives import policies, queries
from commonweal.collectives.models import Collective
from commonweal.people.models import Party
from commonweal.spending import queries as spending
from commonweal.spending.queries.budgets import of_activity
from commonweal.web import charts, formats, helping
from commonweal.web.context import this_instance
from commonweal.web.costing import cost_of
from commonweal.web.finding import seen_by, seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import reader
from commonweal.web.sharing import heads
from commonweal.web.spending import telling

_AT_A_TIME = 20
_SHOWN = 30


@require_safe
def activities(request: HttpRequest, slug: str) -> HttpResponse:
    """List what a group does, the latest first."""
    collective = seen_by_reader(request, slug)
    shown = queries.activities(collective, before=request.GET.get("before", ""))
    page = list(shown[: _AT_A_TIME + 1])
    context = {
        "collective": collective,
        "activities": page[:_AT_A_TIME],
        "older": queries.cursor(page[_AT_A_TIME - 1]) if len(page) > _AT_A_TIME else "",
        "plans": policies.may_plan(reader(request), collective),
    }
    return render_page(request, "collectives/activities.html", context)


def activity(request: HttpRequest, party: Party) -> HttpResponse:
    """Show one event or project: when, where, who came, and what it cost."""
    found = queries.activity(party.pk)
    if found is None:
        raise Http404
    seen_by(reader(request), found.organizer)
    expenses = spending.of_activity(found)[:_SHOWN]
    cost = cost_of(found)
    context = {
        "activity": found,
        "collective": found.organizer,
        "expenses": telling.rows(list(expenses)),
        "plans": policies.may_plan(reader(request), found.organizer),
        "help": helping.of_activity(found),
        "gives": found.closed_at is None and found.organizer.status == Collective.Status.ACTIVE,
        "raised": cost.given,
        "bars": charts.shares(list(cost.rows)),
        "whole": cost.whole,
        "beside": telling.plan_of(of_activity(found), found.organizer.currency),
        "each": cost.each,
        "answers": [(one, formats.in_kind(one.unit, one.quantity)) for one in found.answers.all()],
        "shared": heads.of_activity(found, cost, this_instance(request)),
    }
    return render_page(request, "collectives/activity.html", context)
