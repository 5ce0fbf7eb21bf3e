"""Keeping what can be found up to date."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from commonweal.activity.models import Fact
from commonweal.collectives.models import Collective
from commonweal.discovery import rules
from commonweal.discovery.actions.costing import keep_costs
from commonweal.discovery.actions.funding import keep_funding
from commonweal.discovery.models import Listing, Stale, Word
from commonweal.discovery.queries.groups import POT, public
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Scope
from commonweal.people.models import Party

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
    listings = [*_groups(ids), *_parties(ids)]
    words = sorted(set().union(*(_vocabulary(one) for one in listings)))
    Word.objects.bulk_create([Word(word=word) for word in words], ignore_conflicts=True)
    listed = [one.subject for one in listings]
    Listing.objects.filter(party__in=ids).exclude(subject__in=listed).delete()
    Listing.objects.bulk_create(
        listings, update_conflicts=True, unique_fields=["subject"], update_fields=_KEPT
    )
    keep_costs(ids)
    keep_funding(ids)
    Stale.objects.filter(pk__in=[one.pk for one in stale]).delete()
    return len(stale)


def _groups(ids: Collection[int]) -> Iterator[Listing]:
    """Return each group that everybody may see, as it is now."""
    found = public().filter(pk__in=ids).annotate(pot=POT)
    rows: list[Any] = list(found.select_related("place__parent").prefetch_related("themes"))
    raised, last = _raised(rows), _last_days(rows)
    for row in rows:
        themes = row.themes.all()
        names = itertools.chain.from_iterable([*one.names.values(), one.words] for one in themes)
        yield _listing(
            row,
            Listing.Kind.GROUP,
            labels=[*names, *row.tags],
            themes=[one.pk for one in themes],
            living=row.status == Collective.Status.ACTIVE,
            since=row.published_at,
            active_at=last.get(row.pk, row.published_at),
            currency=row.currency,
            raised_minor=raised[row.pk],
            pot_minor=row.pot,
        )


def _parties(ids: Collection[int]) -> Iterator[Listing]:
    """Return each host and organization, and each person who wishes to be found."""
    rows = list(
        Party.objects.filter(pk__in=ids, erased_at=None, closed_at=None, claimed_by=None)
        .filter(Q(kind=Party.Kind.ORGANIZATION) | Q(kind=Party.Kind.PERSON, findable=True))
        .select_related("place__parent", "host")
    )
    last = _last_days(rows)
    for row in rows:
        kind = Listing.Kind.HOST if hasattr(row, "host") else Listing.Kind(row.kind)
        active_at = last.get(row.pk, row.created_at)
        yield _listing(row, kind, since=row.created_at, active_at=active_at)


def _listing(
    row: Party, kind: Listing.Kind, *, labels: Iterable[str] = (), **facts: Any
) -> Listing:
    places = [row.place, row.place.parent] if row.place else []
    named = [name for one in places if one for name in (one.name, *one.names.values())]
    said = " ".join(dict.fromkeys([*labels, *named]))
    return Listing(
        subject=f"party:{row.pk}",
        kind=kind,
        party_id=row.pk,
        name=row.name,
        labels=said,
        about=row.about,
        place=row.place,
        city=row.place.city if row.place else None,
        latitude=row.place.latitude if row.place else None,
        longitude=row.place.longitude if row.place else None,
        **facts,
    )


def _vocabulary(listing: Listing) -> set[str]:
    """Return words that a mistyped one may mean; a person's are nobody's to keep."""
    if listing.kind == Listing.Kind.PERSON:
        return set()
    return rules.vocabulary(f"{listing.name} {listing.labels} {listing.about}")


def _raised(rows: Sequence[Collective]) -> dict[int, int]:
    """Return what each group raised so far, in minor units of its own currency."""
    members = defaultdict(list)
    for row in rows:
        members[row.currency].append(row.pk)
    return {
        pk: sums.raised.minor
        for currency, ids in members.items()
        for pk, sums in ledger.many_totals(Scope.COLLECTIVE, ids, currency).items()
    }


def _last_days(rows: Sequence[Party]) -> dict[int, datetime]:
    """Return when something last happened, of which everybody may know."""
    facts = Fact.objects.filter(party_id__in=[row.pk for row in rows], public=True)
    return dict(facts.values_list("party_id").annotate(Max("at")))
