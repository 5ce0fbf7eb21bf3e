"""What can be found, as it is now: groups, what they do, tell and write down, and people."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q

from commonweal.activity.models import Fact
from commonweal.collectives.models import Activity, Collective, Theme
from commonweal.discovery import rules
from commonweal.discovery.models import Listing
from commonweal.discovery.queries.groups import POT, public
from commonweal.knowledge.models import PlaybookVersion, Update
from commonweal.knowledge.rules import Document
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Scope
from commonweal.people.models import Party
from commonweal.places.models import Place

# People are named in updates as well, and a person's name is nobody's to keep.
_UNSPELLED = {Listing.Kind.PERSON, Listing.Kind.UPDATE}


def groups(ids: Collection[int]) -> Iterator[Listing]:
    """Return each group that everybody may see."""
    found = public().filter(pk__in=ids).annotate(pot=POT).order_by("pk")
    rows: list[Any] = list(found.select_related("place__parent").prefetch_related("themes"))
    raised, last = _raised(rows), _last_days(rows)
    for row in rows:
        themes = row.themes.all()
        yield _listing(
            f"party:{row.pk}",
            row,
            kind=Listing.Kind.GROUP,
            labels=[*_names(themes), *row.tags],
            place=row.place,
            name=row.name,
            about=row.about,
            themes=[one.pk for one in themes],
            living=row.status == Collective.Status.ACTIVE,
            since=row.published_at,
            active_at=last.get(row.pk, row.published_at),
            currency=row.currency,
            raised_minor=raised[row.pk],
            pot_minor=row.pot,
        )


def parties(ids: Collection[int]) -> Iterator[Listing]:
    """Return each host and organization, and each person who wishes to be found.

    A supplier of a group has no page: it did not come here by itself.
    """
    rows = list(
        Party.objects.filter(pk__in=ids, erased_at=None, closed_at=None, claimed_by=None)
        .filter(supplier=None)
        .filter(Q(kind=Party.Kind.ORGANIZATION) | Q(kind=Party.Kind.PERSON, findable=True))
        .select_related("place__parent", "host")
    )
    last = _last_days(rows)
    for row in rows:
        kind = Listing.Kind.HOST if hasattr(row, "host") else Listing.Kind(row.kind)
        yield _listing(
            f"party:{row.pk}", row, kind=kind, place=row.place, name=row.name, about=row.about,
            since=row.created_at, active_at=last.get(row.pk, row.created_at),
        )  # fmt: skip


def activities(organizers: Collection[int]) -> Iterator[Listing]:
    """Return what some public groups do, of each series the last one."""
    same = Activity.objects.filter(organizer=OuterRef("organizer"), series=OuterRef("series"))
    later = Q(starts_on__gt=OuterRef("starts_on"))
    later |= Q(starts_on=OuterRef("starts_on"), pk__gt=OuterRef("pk"))
    rows = Activity.objects.filter(organizer__in=organizers, organizer__published_at__isnull=False)
    rows = rows.filter(Q(series="") | ~Exists(same.filter(later)))
    rows = rows.select_related("organizer__place__parent", "place__parent", "theme")
    for row in rows.prefetch_related("organizer__themes"):
        group = row.organizer
        themes = [row.theme] if row.theme else list(group.themes.all())
        yield _listing(
            f"party:{row.pk}",
            group,
            kind=Listing.Kind.ACTIVITY,
            labels=[*_names(themes), *group.tags, group.name],
            place=row.place or group.place,
            name=row.name,
            about=row.about,
            themes=[one.pk for one in themes],
            living=row.closed_at is None and group.status == Collective.Status.ACTIVE,
            since=_morning(row.starts_on),
            active_at=_morning(row.starts_on),
        )


def updates(whole: Collection[int], named: Collection[str]) -> Iterator[Listing]:
    """Return what public groups have told: all of some groups, and those that are named."""
    mine = Q(collective__in=whole) | Q(pk__in=_numbers("update", named))
    rows = Update.objects.filter(mine, published_at__isnull=False, removed_at=None)
    rows = rows.filter(collective__published_at__isnull=False)
    rows = rows.select_related("collective__place__parent")
    for row in rows.prefetch_related("collective__themes"):
        group, themes = row.collective, list(row.collective.themes.all())
        assert row.published_at is not None
        yield _listing(
            f"update:{row.pk}",
            group,
            kind=Listing.Kind.UPDATE,
            labels=[*_names(themes), *group.tags, group.name],
            place=group.place,
            name=row.title,
            about=row.body,
            themes=[one.pk for one in themes],
            living=group.status == Collective.Status.ACTIVE,
            since=row.published_at,
            active_at=row.published_at,
        )


def playbooks(whole: Collection[int], named: Collection[str]) -> Iterator[Listing]:
    """Return what public groups wrote down: all of some groups, and those that are named."""
    mine = Q(playbook__collective__in=whole) | Q(playbook__in=_numbers("playbook", named))
    rows = PlaybookVersion.objects.filter(mine, number=F("playbook__latest"))
    rows = rows.filter(playbook__removed_at=None, playbook__collective__published_at__isnull=False)
    rows = rows.select_related("playbook__theme", "playbook__collective__place__parent")
    for version in rows.prefetch_related("playbook__collective__themes"):
        row, group = version.playbook, version.playbook.collective
        themes = [row.theme] if row.theme else list(group.themes.all())
        yield _listing(
            f"playbook:{row.pk}",
            group,
            kind=Listing.Kind.PLAYBOOK,
            labels=[*_names(themes), *group.tags, group.name],
            place=group.place,
            name=row.title,
            about=_told(version.document),
            themes=[one.pk for one in themes],
            since=row.created_at,
            active_at=version.at,
        )


def vocabulary(listing: Listing) -> set[str]:
    """Return words that a mistyped one may mean."""
    if listing.kind in _UNSPELLED:
        return set()
    return rules.vocabulary(f"{listing.name} {listing.labels} {listing.about}")


def _listing(
    subject: str, party: Party, *, place: Place | None, labels: Iterable[str] = (), **facts: Any
) -> Listing:
    places = [place, place.parent] if place else []
    named = [name for one in places if one for name in (one.name, *one.names.values())]
    return Listing(
        subject=subject,
        party_id=party.pk,
        labels=" ".join(dict.fromkeys([*labels, *named])),
        place=place,
        city=place.city if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        **facts,
    )


def _names(themes: Iterable[Theme]) -> Iterator[str]:
    return itertools.chain.from_iterable([*one.names.values(), one.words] for one in themes)


def _told(document: Document) -> str:
    """Return what a playbook says in sentences: purpose, steps, roles and lessons."""
    steps = [one["what"] for one in document["checklist"]]
    roles = [f"{one['name']} {one['what']}" for one in document["roles"]]
    return "\n".join([document["purpose"], *steps, *roles, *document["lessons"]])


def _numbers(sort: str, named: Iterable[str]) -> list[int]:
    """Return the numbers in the subjects of one sort: 7 of "update:7"."""
    split = (one.partition(":") for one in named)
    return [int(number) for name, _, number in split if name == sort and number.isdecimal()]


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


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
