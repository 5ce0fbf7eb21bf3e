"""What the layout of every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from commonweal.people.models import Instance
from commonweal.transparency import queries as transparency
from commonweal.web import stylesheet


def site(request: HttpRequest) -> dict[str, Any]:
    """Give templates this server, the reader, the newest seal, and where the stylesheet is."""
    return {
        "site": SimpleLazyObject(lambda: this_instance(request)),
        "person": getattr(request, "person", None),
        "stylesheet": stylesheet.address(),
        "languages": settings.LANGUAGES,
        "sealed": SimpleLazyObject(transparency.checkpoint),
        "demo": settings.DEMO,
    }


def this_instance(request: HttpRequest) -> Instance:
    """Return this server's row, asked for once a request; a nameless one before the first run."""
    known: Instance | None = getattr(request, "instance", None)
    if known is None:
        found = Instance.objects.select_related("place").first()
        known = found or Instance(name="Commonweal")
        request.instance = known  # type: ignore[attr-defined]
    return known
