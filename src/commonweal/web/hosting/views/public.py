"""Hosts as everybody sees them: whom they host, at which share, and whether it adds up."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.hosting import policies, queries
from commonweal.hosting.models import Host
from commonweal.people import queries as people
from commonweal.web.hypermedia import render_page
from commonweal.web.knowledge import wishes
from commonweal.web.reader import reader
from commonweal.web.sharing import heads


@require_safe
def hosts(request: HttpRequest) -> HttpResponse:
    """List who holds money for groups here."""
    return render_page(request, "hosting/hosts.html", {"hosts": queries.hosts_with_groups()})


@require_safe
def host(request: HttpRequest, keeper: Host) -> HttpResponse:
    """Show a host: what it holds and for whom, its share, its terms, and how to ask it."""
    person = reader(request)
    context: dict[str, Any] = {
        "host": keeper,
        "party": keeper.party,
        "shared": heads.of_host(keeper),
        "custodies": queries.custodies(keeper),
        "pots": queries.pots(keeper),
        "team": people.team(keeper.party),
        "works_here": policies.may_handle_money(person, keeper),
        "decides_here": policies.may_decide(person, keeper),
        "wished": wishes.shown(keeper.party, person),
        "homeless": queries.homeless(person) if person else (),
    }
    return render_page(request, "hosting/host.html", context)
