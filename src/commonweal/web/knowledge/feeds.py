"""Atom feeds: what one group tells, and what all groups tell (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from commonweal.knowledge import queries
from commonweal.knowledge.models import Update
from commonweal.web.context import this_instance
from commonweal.web.finding import seen_by_reader

_ENTRIES = 20
_TYPE = "application/atom+xml; charset=utf-8"


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Give what all groups of this server told lately."""
    site = this_instance(request)
    latest = list(queries.latest().prefetch_related("pictures")[:_ENTRIES])
    return _answer(request, site.name, "", latest, site.created_at)


@require_safe
def group_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Give what one group told lately."""
    collective = seen_by_reader(request, slug)
    told = queries.published(collective).select_related("author", "collective")
    latest = list(told.prefetch_related("pictures")[:_ENTRIES])
    return _answer(request, collective.name, f"/{collective.slug}", latest, collective.created_at)


def _answer(
    request: HttpRequest, title: str, root: str, told: Sequence[Update], begun: datetime
) -> HttpResponse:
    """Write the feed; it is as old as the newest thing in it."""
    changed = [moment for one in told for moment in (one.published_at, one.edited_at) if moment]
    updated = max(changed, default=begun)
    context = {
        "title": title,
        "page": f"{settings.ADDRESS}{root or '/'}",
        "address": f"{settings.ADDRESS}{root}/updates.atom",
        "site": settings.ADDRESS,
        "updates": told,
        "updated": updated,
    }
    response = render(request, "knowledge/feed.xml", context, content_type=_TYPE)
    response["Last-Modified"] = http_date(updated.timestamp())
    return response
