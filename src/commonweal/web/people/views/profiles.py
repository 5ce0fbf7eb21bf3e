"""Profiles: the public page of whoever can give, receive or hold money."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from commonweal.foundation.money import Money
from commonweal.giving.models import Support
from commonweal.hosting import queries as hosting
from commonweal.people import policies, queries
from commonweal.people.models import Membership, Party
from commonweal.web.collectives import views as collectives
from commonweal.web.collectives.activities import activity
from commonweal.web.finding import seen_by_reader
from commonweal.web.hosting.views.public import host
from commonweal.web.hypermedia import render_page
from commonweal.web.knowledge import wishes
from commonweal.web.reader import reader

_MOST = 60


@require_safe
def profile(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show the page of a party; an old address leads to the new one."""
    party = queries.party_by_slug(slug)
    if party is None or party.erased_at or _is_supplier(party):
        raise Http404
    party = party.claimed_by or party
    if party.slug != slug:
        if party.kind == Party.Kind.COLLECTIVE:
            seen_by_reader(request, party.slug)
        return redirect("people:profile", party.slug, permanent=True)
    if party.kind == Party.Kind.COLLECTIVE:
        return collectives.collective(request, slug)
    if party.kind in {Party.Kind.EVENT, Party.Kind.PROJECT}:
        return activity(request, party)
    if party.kind == Party.Kind.ORGANIZATION:
        keeper = hosting.host_by_slug(slug)
        return host(request, keeper) if keeper else organization(request, party)
    return person(request, party)


def _is_supplier(party: Party) -> bool:
    """Whether this is a supplier without a login, who has no page of their own."""
    return party.kind == Party.Kind.ORGANIZATION and hasattr(party, "supplier")


def person(request: HttpRequest, party: Party) -> HttpResponse:
    """Show what a person is part of and supports in public."""
    context = {
        "party": party,
        "belongs": _belongs(party),
        "supports": _supports(party),
        "own": reader(request) == party,
        "wished": wishes.shown(party, reader(request)),
    }
    return render_page(request, "people/person.html", context)


def organization(request: HttpRequest, party: Party) -> HttpResponse:
    """Show who an organization is, and what it supports in public."""
    context = {
        "party": party,
        "team": queries.team(party),
        "supports": _supports(party),
        "may_edit": policies.may_edit(reader(request), party),
        "wished": wishes.shown(party, reader(request)),
    }
    return render_page(request, "people/organization.html", context)


def _belongs(party: Party) -> list[Membership]:
    """Return the groups a person works in, without those that are not published."""
    current = queries.memberships_of(party, wanted=queries.TEAM)
    shown = current.exclude(party__collective__isnull=False, party__collective__published_at=None)
    return list({one.party_id: one for one in shown[:_MOST]}.values())


def _supports(party: Party) -> list[tuple[Support, Money]]:
    """Return what a party gave to under its own name, largest first; incognito gifts never."""
    named = Support.objects.filter(contributor=party, incognito=False, total_minor__gt=0)
    rows = named.select_related("collective__party").order_by("-total_minor", "pk")[:_MOST]
    return [(row, Money(row.total_minor, row.currency)) for row in rows]
