"""Who follows a group, and the secret of the link that ends it."""

from __future__ import annotations

from django.core import signing
from django.db.models import QuerySet

from commonweal.collectives.models import Collective
from commonweal.people.models import Membership, Role

_STOP = "knowledge.stop"


def followers(collective: Collective) -> QuerySet[Membership]:
    """Return who follows a group today, with what is needed to write to them. Private."""
    current = Membership.objects.filter(party=collective.pk, role=Role.FOLLOWER, until=None)
    here = current.filter(person__erased_at=None)
    return here.select_related("person__login", "person__contact").order_by("pk")


def stop_token(following: Membership) -> str:
    """Return the secret of the link that ends a following; it lasts as long as old letters do."""
    return signing.dumps(following.pk, salt=_STOP)


def following_by_token(token: str) -> Membership | None:
    """Return the following that a link is about, over or not; None where nobody signed it."""
    try:
        number = signing.loads(token, salt=_STOP)
    except signing.BadSignature:
        return None
    found = Membership.objects.filter(pk=number, role=Role.FOLLOWER)
    return found.select_related("person", "party").first()
