"""The group that an address names, for those who run it, and the places near it."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from commonweal.collectives import policies, queries
from commonweal.collectives.models import Collective
from commonweal.foundation.errors import NotAllowed
from commonweal.places import queries as places
from commonweal.places.models import Place
from commonweal.web.context import this_instance
from commonweal.web.reader import reader


def run_by_reader(request: HttpRequest, slug: str) -> Collective:
    """Return a group to somebody who runs it; refuse everybody else."""
    collective = queries.by_slug(slug)
    if collective is None:
        raise Http404
    if not policies.may_run(reader(request), collective):
        raise NotAllowed
    return collective


def places_near(request: HttpRequest) -> list[Place]:
    """Return the place of this server and its parts, to suggest them."""
    place = this_instance(request).place
    return [place, *places.districts(place)] if place else []
