"""Who follows a group, and the secret of the link that ends it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.db.models import Q, QuerySet

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.knowledge import rules
from commonweal.people.models import Membership, Party, Role

_STOP = "knowledge.stop"
_CONFIRM = "knowledge.confirm"
_READER = "knowledge.reader"


@dataclass(frozen=True)
class Asked:
    """Somebody who left an address wants to follow a group."""

    collective: Collective
    email: str
    language: str


def followers(collective: Collective) -> QuerySet[Membership]:
    """Return who follows a group and wants each update at once. Private."""
    current = Membership.objects.filter(party=collective.pk, role=Role.FOLLOWER, until=None)
    here = current.filter(person__erased_at=None, person__rhythm=Party.Rhythm.AT_ONCE)
    return here.select_related("person__login", "person__contact").order_by("pk")


def stop_token(following: Membership) -> str:
    """Return the secret of the link that ends a following; it lasts as long as old letters do."""
    return signing.dumps([following.person_id, following.party_id], salt=_STOP)


def reader_token(person: Party) -> str:
    """Return the secret of the link with which somebody says how often they want letters."""
    return signing.dumps(person.pk, salt=_READER)


def reader_by_token(token: str) -> Party | None:
    """Return whom a link is about, as the person they became meanwhile."""
    try:
        number = signing.loads(token, salt=_READER)
    except signing.BadSignature:
        return None
    here = Party.objects.select_related("claimed_by").filter(pk=number, erased_at=None).first()
    return (here.claimed_by or here) if here else None


def following_by_token(token: str) -> Membership | None:
    """Return the newest following that a link is about, over or not; None if nobody signed it.

    A guest who signed up meanwhile follows as the person they became.
    """
    try:
        person, party = signing.loads(token, salt=_STOP)
    except signing.BadSignature:
        return None
    theirs = Q(person=person) | Q(person__claimed=person)
    found = Membership.objects.filter(theirs, party=party, role=Role.FOLLOWER)
    return found.select_related("person", "party").order_by("-pk").first()


def confirm_token(collective: Collective, email: str, language: str) -> str:
    """Return the secret that proves that somebody reads the letters to an address."""
    made_at = clock.now().timestamp()
    return signing.dumps([collective.pk, email, language, made_at], salt=_CONFIRM)


def asked_by_token(token: str) -> Asked | None:
    """Return what a link confirms, unless it is forged or too old."""
    try:
        number, email, language, made_at = signing.loads(token, salt=_CONFIRM)
    except signing.BadSignature:
        return None
    age_s = clock.now().timestamp() - made_at
    if not 0 <= age_s <= rules.CONFIRM_LINK_LASTS.total_seconds():
        return None
    collective = Collective.objects.exclude(published_at=None).filter(pk=number).first()
    return Asked(collective, email, language) if collective else None
