"""The group that an address names, for those who run it, and the places near it."""

from __future__ import annotations

from django.http import HttpRequest

from commonweal.collectives import policies, queries
from commonweal.collectives.models import Collective
from commonweal.foundation.errors import NotAllowed
from commonweal.places import queries as places
from commonweal.places.models import Place
from commonweal.web.context import this_instance
from commonweal.web.finding import seen_by_reader
from commonweal.web.reader import reader


def run_by_reader(request: HttpRequest, slug: str) -> Collective:
    """Return a group to somebody who runs it; refuse everybody else."""
    collective = seen_by_reader(request, slug)
    if not policies.may_run(reader(request), collective):
        raise NotAllowed
    return collective


def public_group(slug: str) -> Collective | None:
    """Return the published group with this slug, or None."""
    found = queries.by_slug(slug)
    return found if found and found.published_at else None


def places_near(request: HttpRequest) -> list[Place]:
    """Return the place of this server and its parts, to suggest them."""
    place = this_instance(request).place
    return [place, *places.districts(place)] if place else []
