"""Questions about many groups at once."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
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
    StringAgg,
    Subquery,
    Sum,
    TextChoices,
    TextField,
    Value,
)  # fmt: skip
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, Lower

from commonweal.collectives.models import Collective, Goal, Theme
from commonweal.discovery import rules
from commonweal.foundation.money import Money
from commonweal.ledger.models import Account, Purpose
from commonweal.places.models import Place


class Order(TextChoices):
    """How a list of groups is sorted."""

    NEW = "new"
    POT = "pot"
    NAME = "name"


@dataclass(frozen=True)
class Search:
    """What somebody looks for: words, a theme, a place, and in which order."""

    text: str = ""
    theme: str = ""
    place: str = ""
    order: Order = Order.NEW
    after: str = ""


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
class Found:
    """One page of a search, how many groups fit in all, and where the next page begins."""

    groups: list[Group]
    count: int
    after: str


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


class Plain(Func):
    """Text in lower case without accents, as `rules.plain` makes it."""

    template = (
        r"lower(regexp_replace(normalize(%(expressions)s, NFKD), '[\u0300-\u036f]', '', 'g'))"
    )
    output_field = TextField()


def public(place: Place | None = None) -> QuerySet[Collective]:
    """Return the groups everybody may see, of one city or of all."""
    groups = Collective.objects.filter(published_at__isnull=False)
    return groups.filter(_at_home_in(place)) if place else groups


def living(place: Place | None = None) -> QuerySet[Collective]:
    """Return the groups that raise and spend now."""
    return public(place).filter(status=Collective.Status.ACTIVE)


def _at_home_in(place: Place) -> Q:
    return Q(place=place) | Q(place__parent=place)


def explore(search: Search, *, size: int = 24) -> Found:
    """Return one page of the groups that somebody looks for."""
    fitting = _fitting(search)
    key = _KEYS[search.order]
    rows = fitting.annotate(pot=_POT).annotate(sort=key.expression)
    position = rules.read_cursor(search.after)
    if position:
        rows = rows.filter(_beyond(key, *position))
    sign = "-" if key.descending else ""
    page: list[Any] = list(_with_card(rows).order_by(f"{sign}sort", f"{sign}pk")[: size + 1])
    last = page[size - 1] if len(page) > size else None
    return Found(
        groups=[_group(row) for row in page[:size]],
        count=fitting.count(),
        after=rules.cursor(key.written(last.sort), last.pk) if last else "",
    )


def of_the_day(day: date, *, place: Place | None = None, most: int = 6) -> list[Group]:
    """Return a few groups, others every day, so that each is seen sometimes."""
    lot = Func(Concat(F("slug"), Value(day.isoformat())), function="md5")
    rows = living(place).annotate(pot=_POT, lot=lot).order_by("lot")
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
_POT = Coalesce(
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


@dataclass(frozen=True)
class Key:
    """What a list is sorted by, and how that is written into an address and read again."""

    expression: Any
    descending: bool
    written: Callable[[Any], str] = str
    read: Callable[[str], Any] = str


_KEYS = {
    Order.NEW: Key(
        Coalesce(F("published_at"), F("created_at")),
        descending=True,
        written=datetime.isoformat,
        read=datetime.fromisoformat,
    ),
    Order.POT: Key(F("pot"), descending=True, read=int),
    Order.NAME: Key(Lower("name"), descending=False),
}


def _beyond(key: Key, written: str, pk: int) -> Q:
    try:
        value = key.read(written)
    except ValueError:
        return Q()
    side = "lt" if key.descending else "gt"
    return Q(**{f"sort__{side}": value}) | Q(**{"sort": value, f"pk__{side}": pk})


def _fitting(search: Search) -> QuerySet[Collective]:
    groups = public()
    if search.place:
        groups = groups.filter(Q(place__slug=search.place) | Q(place__parent__slug=search.place))
    if search.theme:
        groups = groups.filter(themes=search.theme)
    if search.text:
        said = Concat(
            "name", Value(" "), "about", Value(" "), Cast("tags", TextField()), Value(" "),
            Coalesce(Subquery(_NAMES_OF_THEMES), Value(""), output_field=TextField()),
            output_field=TextField(),
        )  # fmt: skip
        groups = groups.annotate(said=Plain(said))
        for word in rules.words(search.text):
            groups = groups.filter(said__contains=word)
    return groups


_NAMES_OF_THEMES = (
    Theme.objects.filter(collectives=OuterRef("pk"))
    .order_by()
    .annotate(group=Value(1))
    .values("group")
    .annotate(all=StringAgg(Cast("names", TextField()), Value(" ")))
    .values("all")
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
