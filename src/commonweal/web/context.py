"""What the layout of every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from commonweal.people.models import Instance
from commonweal.web import stylesheet


def site(request: HttpRequest) -> dict[str, Any]:
    """Give templates this server's row, the reader, and where the stylesheet is."""
    return {
        "site": SimpleLazyObject(this_instance),
        "person": getattr(request, "person", None),
        "stylesheet": stylesheet.address(),
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
    }


def this_instance() -> Instance:
    """Return this server's row, or a nameless one before the first run."""
    found = Instance.objects.select_related("place").first()
    return found or Instance(name="Commonweal")
