"""The public page of a collective."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.collectives import queries as collectives
from commonweal.collectives.models import Collective
from commonweal.discovery import queries
from commonweal.discovery.queries import Portrait
from commonweal.foundation import clock
from commonweal.knowledge import queries as knowledge
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Scope
from commonweal.people.models import Role
from commonweal.web import helping
from commonweal.web.collectives import budget, health, likeness, planned
from commonweal.web.context import this_instance
from commonweal.web.finding import seen_by
from commonweal.web.hypermedia import render_page
from commonweal.web.ledger import rows
from commonweal.web.ledger.views import months_back
from commonweal.web.reader import reader
from commonweal.web.sharing import heads

_LINES = 8
_UPDATES = 3
_ACTIVITIES = 4
_MONTHS = 12


@require_safe
def collective(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a group: its pot, its budget, how to give, its ledger and its people."""
    portrait = queries.portrait(slug)
    if portrait is None:
        raise Http404
    seen_by(reader(request), portrait.collective)
    context = _people(portrait) | _money(portrait)
    context["updates"] = knowledge.published(portrait.collective)[:_UPDATES]
    context["activities"] = collectives.activities(portrait.collective)[:_ACTIVITIES]
    context["help"] = helping.of_group(portrait.collective)
    context["family"] = queries.family(portrait.collective)
    context["similar"] = likeness.of(portrait)
    if "totals" in context:
        shown, site = portrait.collective, this_instance(request)
        context["shared"] = heads.of_group(shown, context["totals"], site)
    context["at_work"] = _is_at_work(request, context["team"])
    return render_page(request, "collectives/collective.html", context)


def _people(portrait: Portrait) -> dict[str, Any]:
    return {
        "portrait": portrait,
        "collective": portrait.collective,
        "active": portrait.collective.status == Collective.Status.ACTIVE,
        "draft": portrait.collective.status == Collective.Status.DRAFT,
        "closed": portrait.collective.status == Collective.Status.CLOSED,
        "team": queries.team(portrait.collective.pk),
    }


def _money(portrait: Portrait) -> dict[str, Any]:
    """Return what moved, which is nothing yet for a draft."""
    shown = portrait.collective
    if shown.status == Collective.Status.DRAFT:
        return {"offers": queries.offers(shown.pk)} | _plan(shown)
    firsts = months_back(clock.today(), _MONTHS - 1)
    totals = ledger.totals(Scope.COLLECTIVE, shown.pk, shown.currency)
    *whole, this_month = months_back(clock.today(), _MONTHS)
    year = ledger.budget(
        Scope.COLLECTIVE, shown.pk, shown.currency, since=firsts[0], months_since=whole[0]
    )
    lines = ledger.latest(scope=Scope.COLLECTIVE, scope_id=shown.pk, size=_LINES)
    picture = budget.picture(year, firsts, totals.balance)
    is_read = picture is not None and shown.status == Collective.Status.ACTIVE
    return {
        "totals": totals,
        "picture": picture,
        "health": health.of(portrait, year.months, whole, this_month, balance=totals.balance)
        if is_read
        else None,
        "goals": budget.goals(portrait.goals, totals, year.months, firsts[-1]),
        "months": rows.by_month(lines),
        "offers": queries.offers(shown.pk),
        "wall": queries.wall(shown.pk),
    } | ({} if picture else _plan(shown))


def _plan(shown: Collective) -> dict[str, Any]:
    """Return what is to be spent, which tells most while nothing was spent yet."""
    rows = planned.lines(planned.costs_of(shown))
    return {"plan": rows, "plan_whole": planned.whole(rows)}


def _is_at_work(request: HttpRequest, team: list[queries.Member]) -> bool:
    """Whether the reader runs this group, and is shown the way to its desk."""
    person = getattr(request, "person", None)
    return person is not None and any(
        one.person.pk == person.pk and Role.ADMIN in one.roles for one in team
    )
