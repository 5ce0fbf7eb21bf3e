"""The public log: every transaction joins it a moment after it is committed, and is published."""

from __future__ import annotations

from django.utils.text import slugify

from commonweal.discovery import queries as discovery
from commonweal.people import actions as people
from commonweal.people.models import Instance
from commonweal.transparency import actions, queries


def grow() -> int:
    """Give transactions their order, add them up, and sign the tree they make; return how many.

    The key is made once the server has a name, which becomes the log's. Where signing is refused,
    every page says so.
    """
    if queries.verifier() is None:
        _begin()
    try:
        return actions.advance()
    except actions.NotSigned as reason:
        people.sound_alarm(found=str(reason))
        raise


def publish() -> int:
    """Write the files that others read; return how many."""
    try:
        return actions.publish(claims=discovery.claims)
    except actions.NotSigned as reason:
        people.sound_alarm(found=str(reason))
        raise


def ask_witnesses() -> int:
    """Send the newest checkpoint to those who cosign it; return how many did."""
    return actions.ask_witnesses()


def _begin() -> None:
    name = Instance.objects.values_list("name", flat=True).first()
    if name:
        actions.make_key(origin=slugify(name) or "commonweal")
