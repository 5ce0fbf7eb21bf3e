"""The open book of a city or a district."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.places import queries
from commonweal.web.context import this_instance
from commonweal.web.hypermedia import render_page
from commonweal.web.places import book
from commonweal.web.sharing import heads


@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a city or a district raised, spent and holds."""
    found = queries.by_slug(slug)
    if found is None:
        raise Http404
    address = request.build_absolute_uri("/").rstrip("/")
    context = book.opened(found) | {"site_address": address}
    groups, site = context["census"].groups, this_instance(request)
    context["shared"] = heads.of_place(found, context["totals"], groups, site)
    return render_page(request, "places/place.html", context)
