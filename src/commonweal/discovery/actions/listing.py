"""Keeping what can be found up to date."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from commonweal.activity.models import Fact
from commonweal.discovery.actions import listed
from commonweal.discovery.actions.costing import keep_costs
from commonweal.discovery.actions.funding import keep_funding
from commonweal.discovery.models import Listing, Stale, Word

_KEPT = [
    field.name for field in Listing._meta.fields if field.name not in {"id", "subject", "words"}
]


@transaction.atomic
def list_anew(*, most: int = 1000) -> int:
    """List anew whatever something happened to; return how many happenings were dealt with.

    What nobody may see, or does not wish to be found, leaves the list.
    """
    stale = list(Stale.objects.select_for_update(skip_locked=True).order_by("fact_id")[:most])
    ids = {one.party_id for one in stale}
    whole, busy, named = _touched(stale)
    listings = [
        *listed.groups(ids), *listed.parties(ids), *listed.activities(whole | busy),
        *listed.updates(whole, named), *listed.playbooks(whole, named),
    ]  # fmt: skip
    words = sorted(set().union(*(listed.vocabulary(one) for one in listings)))
    Word.objects.bulk_create([Word(word=word) for word in words], ignore_conflicts=True)
    looked_at = Q(party__in=whole) | Q(party__in=busy, kind=Listing.Kind.ACTIVITY)
    looked_at |= Q(party__in=ids, subject__in=[*named, *(f"party:{pk}" for pk in ids)])
    there = {one.subject for one in listings}
    Listing.objects.filter(looked_at).exclude(subject__in=there).delete()
    Listing.objects.bulk_create(
        listings, update_conflicts=True, unique_fields=["subject"], update_fields=_KEPT
    )
    keep_costs(ids)
    keep_funding(ids)
    Stale.objects.filter(pk__in=[one.pk for one in stale]).delete()
    return len(stale)


def _touched(stale: Iterable[Stale]) -> tuple[set[int], set[int], set[str]]:
    """Return of whom all must be listed anew, of whom the activities, and what else was named.

    A gift to a group says nothing new about all the updates it ever posted; a new name of the group
    does. A happening without a fact stands for all of a party. Of activities only the last of a
    series is listed, so one of them may move another.
    """
    facts = Fact.objects.filter(pk__in=[one.fact_id for one in stale])
    subjects = dict(facts.values_list("pk", "subject"))
    whole, busy = set(), set()
    for one in stale:
        subject = subjects.get(one.fact_id)
        if subject in {None, f"party:{one.party_id}"}:
            whole.add(one.party_id)
        elif subject and subject.startswith("party:"):
            busy.add(one.party_id)
    return whole, busy, set(subjects.values())
