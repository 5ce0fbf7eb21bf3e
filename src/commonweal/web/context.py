"""What the layout of every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Subquery
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from commonweal.people.models import Instance
from commonweal.transparency.models import Checkpoint
from commonweal.web import stylesheet

CURRENCY = "EUR"  # in which the figures of places are added up


def site(request: HttpRequest) -> dict[str, Any]:
    """Give templates this server's row, the reader, and where the stylesheet is."""
    return {
        "site": SimpleLazyObject(lambda: this_instance(request)),
        "person": getattr(request, "person", None),
        "stylesheet": stylesheet.address(),
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
    }


def this_instance(request: HttpRequest) -> Instance:
    """Return this server's row, asked for once a request; a nameless one before the first run.

    Its `sealed` is how many transactions the newest checkpoint covers.
    """
    known: Instance | None = getattr(request, "instance", None)
    if known is None:
        newest = Checkpoint.objects.order_by("-size").values("size")[:1]
        rows = Instance.objects.select_related("place").annotate(sealed=Subquery(newest))
        found = rows.first()
        known = found or Instance(name="Commonweal")
        request.instance = known  # type: ignore[attr-defined]
    return known
