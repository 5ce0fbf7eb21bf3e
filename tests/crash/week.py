"""Scenes of the letter of the week: five people wait for it, in batches of two."""

from __future__ import annotations

from datetime import timedelta

from commonweal.foundation import clock
from commonweal.knowledge import actions as knowledge
from commonweal.mail import digest
from commonweal.mail.models import Digest, Letter
from commonweal.people import actions as people
from commonweal.people.models import Role
from crash.city import found, gardens, somebody

__all__ = ["found"]

digest.AT_A_TIME = 2


def follow() -> None:
    """Let five people hear once a week of Gardens, which told something last week."""
    bob, group = somebody("bob"), gardens()
    guests = [people.ensure_guest(email=f"{one}@example.org", name=one) for one in "vwx"]
    for person in [somebody("alice"), bob, *guests]:
        people.grant(person=person, party=group.party, role=Role.FOLLOWER, by=person)
        people.edit_profile(party=person, rhythm="weekly", by=person)
    with clock.moved_to(clock.now() - timedelta(days=7)):
        update = knowledge.write_update(collective=group, title="Sun", body="It shines.", by=bob)
        knowledge.publish_update(update=update, by=bob)


def tell(run: str = "") -> int:
    """Tell the week."""
    return digest.tell_the_week()


def told() -> list[str]:
    """Return the addresses of the letters that wait."""
    return sorted(Letter.objects.filter(kind="week").values_list("address", flat=True))


def begin_anew() -> None:
    """Take back what was told."""
    Letter.objects.filter(kind="week").delete()
    Digest.objects.all().delete()
