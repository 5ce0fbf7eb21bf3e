"""One letter a week to those who want that: what happened in the groups they follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from commonweal.discovery import queries as discovery
from commonweal.discovery.queries import Week
from commonweal.foundation import clock
from commonweal.knowledge import queries
from commonweal.mail import post
from commonweal.mail.letters.table import reached
from commonweal.mail.models import Digest, Letter
from commonweal.mail.writing import write
from commonweal.people.models import Instance, Membership, Party, Role
from commonweal.people.queries import instance

AT_A_TIME = 200
KIND = "week"
KEPT = timedelta(days=60)


def tell_the_week() -> int:
    """Queue the letters about the last whole week; return how many. Again, it queues the rest.

    Each batch of people is one transaction with a mark for each of them, so a kill in between
    neither loses a letter nor sends it twice.
    """
    today = clock.today()
    monday = today - timedelta(days=today.weekday() + 7)
    site, known = instance() or Instance(name="Commonweal"), dict[int, Week]()
    told, last = 0, 0
    while people := _waiting(monday, last):
        told += _tell(people, monday, known, site)
        last = people[-1].pk
    return told


def forget_old() -> int:
    """Delete the marks of weeks long past; return how many went."""
    return Digest.objects.filter(monday__lt=clock.today() - KEPT).delete()[0]


def _waiting(monday: date, last: int) -> list[Party]:
    """Return some who follow a group, hear once a week, and were not told of this one yet."""
    told = Digest.objects.filter(person_id=OuterRef("pk"), monday=monday)
    follows = Membership.objects.filter(person=OuterRef("pk"), role=Role.FOLLOWER, until=None)
    people = Party.objects.filter(
        Exists(follows), ~Exists(told), rhythm=Party.Rhythm.WEEKLY, erased_at=None, pk__gt=last
    )
    return list(people.select_related("login", "contact").order_by("pk")[:AT_A_TIME])


@transaction.atomic
def _tell(people: Sequence[Party], monday: date, known: dict[int, Week], site: Instance) -> int:
    """Mark these people as told, and queue the letters of those who have something to read."""
    Digest.objects.bulk_create([Digest(person_id=one.pk, monday=monday) for one in people])
    followed: dict[int, list[int]] = defaultdict(list)
    pairs = Membership.objects.filter(person__in=people, role=Role.FOLLOWER, until=None)
    for person, group in pairs.values_list("person_id", "party_id"):
        followed[person].append(group)
    fresh = {group for groups in followed.values() for group in groups} - known.keys()
    known.update(discovery.weeks(fresh, monday))
    letters = [_letter(one, monday, _happened(followed[one.pk], known), site) for one in people]
    return len(Letter.objects.bulk_create([letter for letter in letters if letter]))


def _happened(groups: Sequence[int], known: dict[int, Week]) -> list[Week]:
    """Return the weeks in which something happened, by the name of the group."""
    weeks = [known[group] for group in groups if known.get(group)]
    return sorted(weeks, key=lambda week: (week.group.name.casefold(), week.group.pk))


def _letter(person: Party, monday: date, weeks: list[Week], site: Instance | None) -> Letter | None:
    to = reached(person, stop=f"updates/stop/{queries.reader_token(person)}")
    if not weeks or not to.address:
        return None
    context = {
        "weeks": weeks, "first": monday, "last": monday + timedelta(days=6), "stop": to.stop,
    }  # fmt: skip
    written = write(KIND, to.language, context, site=site)
    return post.letter(KIND, written, address=to.address, language=to.language, stop=to.stop)
