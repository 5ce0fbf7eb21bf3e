"""What is found beside groups: what they do, tell and write down, and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from commonweal.collectives.models import Activity, Collective, Theme
from commonweal.discovery.models import Listing
from commonweal.knowledge.models import Playbook, Update
from commonweal.people.models import Party
from commonweal.places.models import Place


@dataclass(frozen=True)
class Doing:
    """An event or a project of a group; which edition of a series it is, if it is of one."""

    slug: str
    name: str
    about: str
    group: Party
    place: Place | None
    first: date
    last: date
    attendance: int | None
    series: str
    edition: int | None


@dataclass(frozen=True)
class News:
    """An update of a group."""

    number: int
    title: str
    body: str
    group: Party
    at: datetime


@dataclass(frozen=True)
class Written:
    """A playbook of a group."""

    slug: str
    title: str
    group: Party
    theme: Theme | None


@dataclass(frozen=True)
class Other:
    """A host, an organization, or a person who wishes to be found."""

    kind: Listing.Kind
    party: Party
    about: str


type Thing = Doing | News | Written | Other


def things_of(kind: Listing.Kind, subjects: Sequence[str]) -> list[Thing]:
    """Return what listings of one kind are about, in this order and as it is today, in one query.

    A host, an organization and a person are one kind here.
    """
    ids = [int(subject.partition(":")[2]) for subject in subjects]
    if kind == Listing.Kind.ACTIVITY:
        found = _doings(ids)
    elif kind == Listing.Kind.UPDATE:
        found = _news(ids)
    elif kind == Listing.Kind.PLAYBOOK:
        found = _written(ids)
    else:
        found = _others(ids)
    return [found[pk] for pk in ids if pk in found]


def coming_up(place: Place | None, day: date, *, most: int = 5) -> list[Doing]:
    """Return what public groups do in a place, or anywhere, from a day on, the soonest first."""
    rows = Activity.objects.filter(
        ends_on__gte=day, closed_at=None, organizer__status=Collective.Status.ACTIVE
    )
    if place:
        here = Q(place=place) | Q(place__parent=place)
        there = Q(organizer__place=place) | Q(organizer__place__parent=place)
        rows = rows.filter(here | (Q(place=None) & there))
    rows = rows.select_related("organizer", "place").order_by("starts_on", "pk")
    return [doing(row) for row in rows[:most]]


def doing(row: Activity) -> Doing:
    """Return an activity as a list shows it."""
    return Doing(
        slug=row.slug, name=row.name, about=row.about, group=row.organizer,
        place=row.place, first=row.starts_on, last=row.ends_on, attendance=row.attendance,
        series=row.series, edition=row.edition,
    )  # fmt: skip


def _doings(ids: Sequence[int]) -> dict[int, Thing]:
    rows = Activity.objects.select_related("organizer", "place").filter(pk__in=ids)
    return {row.pk: doing(row) for row in rows}


def _news(ids: Sequence[int]) -> dict[int, Thing]:
    rows = Update.objects.filter(pk__in=ids, removed_at=None).select_related("collective")
    return {
        row.pk: News(row.number, row.title, row.body, row.collective, row.published_at)
        for row in rows
        if row.published_at
    }


def _written(ids: Sequence[int]) -> dict[int, Thing]:
    rows = Playbook.objects.filter(pk__in=ids, removed_at=None)
    return {
        row.pk: Written(row.slug, row.title, row.collective, row.theme)
        for row in rows.select_related("collective", "theme")
    }


def _others(ids: Sequence[int]) -> dict[int, Thing]:
    rows = Party.objects.filter(pk__in=ids, erased_at=None).select_related("host")
    return {
        row.pk: Other(
            Listing.Kind.HOST if hasattr(row, "host") else Listing.Kind(row.kind), row, row.about
        )
        for row in rows
    }
