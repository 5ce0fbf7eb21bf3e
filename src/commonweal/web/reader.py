"""Who reads the page: the one place where a request is asked for it."""

from __future__ import annotations

from django.http import HttpRequest

from commonweal.foundation.errors import NotAllowed
from commonweal.people.models import Party


def reader(request: HttpRequest) -> Party | None:
    """Return who is signed in, or None; the middleware looked it up."""
    person: Party | None = request.person  # type: ignore[attr-defined]
    return person


def signed_in(request: HttpRequest) -> Party:
    """Return who is signed in; for views that let nobody else in."""
    person = reader(request)
    if person is None:
        raise NotAllowed
    return person
