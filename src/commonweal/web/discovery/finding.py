"""Around a list of what was found: its sorts, what is near elsewhere, and starting it oneself."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily

from commonweal.discovery import queries
from commonweal.discovery.queries import Found, Group, Search, What
from commonweal.web import formats
from commonweal.web.pages import changed

_SORTS = {
    What.GROUPS: lazily("Groups"),
    What.ACTIVITIES: lazily("Things they do"),
    What.UPDATES: lazily("Updates"),
    What.PLAYBOOKS: lazily("Playbooks"),
    What.PEOPLE: lazily("People and organizations"),
}


@dataclass(frozen=True)
class Tab:
    """One sort of what was found, how much of it, and where it is listed."""

    what: What
    name: str
    count: int
    address: str
    here: bool


@dataclass(frozen=True)
class Near:
    """A group somewhere else, and how far that is in words."""

    group: Group
    away: str


def tabs(request: HttpRequest, search: Search, found: Found) -> list[Tab]:
    """Return a tab for each sort; groups are what an address without a sort lists."""
    return [
        Tab(
            what=what,
            name=str(name),
            count=found.counts[what],
            address=changed(
                request, kind="" if what == What.GROUPS else what.value, after=None, sort=None
            ),
            here=what == search.what,
        )
        for what, name in _SORTS.items()
    ]


def start_with(search: Search) -> str:
    """Return where to start what was looked for, with its words and its theme in the form."""
    said = {"about": search.text[:200], "theme": search.theme}
    query = urlencode({name: value for name, value in said.items() if value})
    address = reverse("collectives:start")
    return f"{address}?{query}" if query else address


def elsewhere(search: Search) -> list[Near]:
    """Return the nearest groups outside a place that do what was looked for."""
    return [Near(group, _away(km)) for group, km in queries.elsewhere(search)]


def _away(km: int) -> str:
    return _("%(number)s km away") % {"number": formats.number(km)} if km else _("close by")
