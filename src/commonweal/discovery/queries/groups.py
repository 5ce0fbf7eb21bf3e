"""Questions about many groups at once."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BigIntegerField,
    Count,
    F,
    Func,
    JSONField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)  # fmt: skip
from django.db.models.functions import Coalesce, Concat, JSONObject

from commonweal.collectives.models import Collective, Goal, Theme
from commonweal.discovery import rules
from commonweal.foundation.money import Money
from commonweal.ledger.models import Account, Purpose
from commonweal.places.models import Place


@dataclass(frozen=True)
class Aim:
    """A goal of a group, and what the group had raised before it was set."""

    title: str
    amount: Money
    per: Goal.Per
    raised_before: Money

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Aim:
        """Return the goal in a row of `AIM`."""
        amount, before = (Money(row[name], row["currency"]) for name in ("amount", "before"))
        return cls(row["title"], amount, Goal.Per(row["per"]), before)

    def reached(self, raised: Money) -> Money:
        """Return what came towards a goal that is reached once, where this was raised in all."""
        return max(raised - self.raised_before, Money(0, raised.currency))


AIM = JSONObject(
    title="title",
    amount="amount_minor",
    currency="currency",
    per="per",
    before="raised_before_minor",
)


@dataclass(frozen=True)
class Group:
    """A group as it is shown on a card."""

    pk: int
    slug: str
    name: str
    about: str
    place: Place | None
    theme_names: tuple[dict[str, str], ...]
    pot: Money
    goal: Aim | None
    closed: bool


@dataclass(frozen=True)
class ThemeCount:
    """A theme and how many groups are about it."""

    theme: Theme
    groups: int


@dataclass(frozen=True)
class District:
    """A part of the city, how many groups are at home there, and its tile on the map."""

    place: Place
    groups: int
    tile: rules.Tile


def public(place: Place | None = None) -> QuerySet[Collective]:
    """Return the groups everybody may see, of one city or of all."""
    groups = Collective.objects.filter(published_at__isnull=False)
    return groups.filter(_at_home_in(place)) if place else groups


def living(place: Place | None = None) -> QuerySet[Collective]:
    """Return the groups that raise and spend now."""
    return public(place).filter(status=Collective.Status.ACTIVE)


def _at_home_in(place: Place) -> Q:
    return Q(place=place) | Q(place__parent=place)


def cards_of(ids: Sequence[int]) -> list[Group]:
    """Return groups as cards show them, in this order, in one query."""
    rows = _with_card(public().filter(pk__in=ids).annotate(pot=POT))
    found = {row.pk: _group(row) for row in rows}
    return [found[pk] for pk in ids if pk in found]


def of_the_day(day: date, *, place: Place | None = None, most: int = 6) -> list[Group]:
    """Return a few groups, others every day, so that each is seen sometimes."""
    lot = Func(Concat(F("slug"), Value(day.isoformat())), function="md5")
    rows = living(place).annotate(pot=POT, lot=lot).order_by("lot")
    return [_group(row) for row in _with_card(rows)[:most]]


def groups_of(ids: Sequence[int]) -> dict[int, Collective]:
    """Return groups by id, for lists that know only ids."""
    return Collective.objects.only("pk", "slug", "name", "kind").in_bulk(ids)


def themes(place: Place | None = None, *, most: int = 8) -> list[ThemeCount]:
    """Return the themes with the most living groups."""
    counted = Theme.objects.annotate(
        groups=Count("collectives", filter=Q(collectives__in=living(place).values("pk")))
    )
    rows = counted.filter(groups__gt=0).order_by("-groups", "slug")[:most]
    return [ThemeCount(row, row.groups) for row in rows]


def places() -> QuerySet[Place]:
    """Return the places where groups are at home, by name."""
    return Place.objects.filter(pk__in=public().values("place")).order_by("name")


def districts(place: Place) -> list[District]:
    """Return the parts of a city with the groups at home in each, laid out as tiles."""
    rows = list(
        Place.objects.filter(parent=place)
        .annotate(groups=Coalesce(Subquery(_GROUPS_AT_HOME), 0))
        .order_by("name")
    )
    corners = [(row.tile_row, row.tile_column) for row in rows]
    laid = (
        rules.drawn([(row, half) for row, half in corners if row is not None and half is not None])
        if None not in itertools.chain(*corners)
        else rules.tiles([(row.latitude, row.longitude) for row in rows])
    )
    return [District(row, row.groups, tile) for row, tile in zip(rows, laid, strict=True)]


@dataclass(frozen=True)
class Census:
    """How many groups live, and since when there has been one."""

    groups: int
    since: datetime | None


def census(place: Place | None = None) -> Census:
    """Count the groups of a city, or of all of them."""
    found = public(place).aggregate(
        groups=Count("pk", filter=Q(status=Collective.Status.ACTIVE)), since=Min("published_at")
    )
    return Census(found["groups"], found["since"])


_GROUPS_AT_HOME = (
    Collective.objects.filter(status=Collective.Status.ACTIVE, place=OuterRef("pk"))
    .order_by()
    .values("place")
    .annotate(number=Count("pk"))
    .values("number")
)
POT = Coalesce(
    Subquery(
        Account.objects.filter(
            purpose=Purpose.FUNDS, party_id=OuterRef("pk"), currency=OuterRef("currency")
        )
        .order_by()
        .values("party_id")
        .annotate(sum=Sum("balance"))
        .values("sum"),
        output_field=BigIntegerField(),
    ),
    Value(0),
    output_field=BigIntegerField(),
)


def _with_card(rows: QuerySet[Collective]) -> QuerySet[Collective]:
    """Bring what a card shows along in the same query."""
    themes_of = Theme.objects.filter(collectives=OuterRef("pk")).order_by("slug")
    goals_of = Goal.objects.filter(collective=OuterRef("pk")).order_by("position", "pk")
    return rows.select_related("place").annotate(
        theme_names=ArraySubquery(themes_of.values("names")),
        first_goal=Subquery(goals_of.values(found=AIM)[:1], output_field=JSONField()),
    )


def _group(row: Any) -> Group:
    return Group(
        pk=row.pk,
        slug=row.slug,
        name=row.name,
        about=row.about,
        place=row.place,
        theme_names=tuple(row.theme_names),
        pot=Money(row.pot, row.currency),
        goal=Aim.of(row.first_goal) if row.first_goal else None,
        closed=row.status == Collective.Status.CLOSED,
    )
