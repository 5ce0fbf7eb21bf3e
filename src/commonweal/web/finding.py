"""The group that an address names: the one place that asks whether its reader may see it."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from commonweal.collectives import queries
from commonweal.collectives.models import Collective
from commonweal.hosting import policies
from commonweal.people.models import Party
from commonweal.web.reader import reader


def seen_by_reader(request: HttpRequest, slug: str) -> Collective:
    """Return a group to whoever may see it; for everybody else there is none."""
    return seen_by(reader(request), queries.by_slug(slug))


def seen_by(person: Party | None, collective: Collective | None) -> Collective:
    """Return this group to whoever may see it; for everybody else there is none."""
    if collective is None or not policies.may_see(person, collective):
        raise Http404
    return collective
