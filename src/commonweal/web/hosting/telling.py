"""Requests to join, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily

from commonweal.activity.models import Fact
from commonweal.people.models import Party

# What happened, with a tone and an icon.
_EVENTS: dict[str, tuple[str, str, str | Promise]] = {
    "application.sent": ("good", "sprout", lazily("asked to join")),
    "application.asked": ("now", "message-square", lazily("asked the group")),
    "application.answered": ("", "message-square", lazily("answered")),
    "application.approved": ("good", "check", lazily("said yes")),
    "application.declined": ("bad", "x", lazily("said no")),
    "application.withdrawn": ("", "x", lazily("took the request back")),
}


def events(facts: Iterable[Fact], people: Mapping[int, Party]) -> list[dict[str, Any]]:
    """Return how a request went, oldest first."""
    told = []
    for fact in facts:
        tone, icon, words = _EVENTS[fact.kind]
        person = people.get(fact.by_id or 0)
        who = person.name if person else _("The server")
        told.append(
            {"tone": tone, "icon": icon, "who": who, "text": words, "at": fact.at,
             "quote": fact.note}
        )  # fmt: skip
    return told
