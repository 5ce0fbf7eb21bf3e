"""How often somebody may do what sends letters to others."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest

_LIMITS = {
    "answer": "20/h/key",
    "answer_as_guest": "20/h/ip,3/h/key",
    "tell_help": "20/h/key",
    "thank": "20/h/key",
    "thank_address": "3/h/key",
}


def is_within_limits(request: HttpRequest, action: str, key: str) -> bool:
    """Whether this person or address may do it once more, which then counts."""
    return bool(
        ratelimit.consume(
            request, app="commonweal.knowledge", action=action, config=_LIMITS, key=key
        )
    )
