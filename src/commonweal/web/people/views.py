"""Profiles: the public page of whoever can give, receive or hold money."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from commonweal.people.models import Party
from commonweal.web.collectives import views as collectives


@require_safe
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the page of a party."""
    party = get_object_or_404(Party, slug=slug)
    if party.kind == Party.Kind.COLLECTIVE:
        return collectives.collective(request, slug)
    raise Http404
