"""Finding: what fits a question, a theme, a place and the like, best or newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.search import SearchQueryField
from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Exists,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)  # fmt: skip
from django.db.models.functions import Cast, Lower

from commonweal.discovery import rules
from commonweal.discovery.models import Listing
from commonweal.discovery.queries.groups import Group, cards_of
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.people.models import Party
from commonweal.places.models import Place

# How many others than groups are named beside a search.
_OTHERS = 6
_YEAR = timedelta(days=365)


class Order(TextChoices):
    """How a list of groups is sorted."""

    BEST = "best"
    ACTIVE = "active"
    NEW = "new"
    POT = "pot"
    NAME = "name"


@dataclass(frozen=True)
class Search:
    """What somebody looks for: words, a theme, a place and so on, and in which order.

    `within_km` widens a place to all groups that near; `raised` is the least that a group raised so
    far, which leaves those out that count in another currency; `years` is how old it is at least.
    """

    text: str = ""
    theme: str = ""
    place: str = ""
    within_km: int = 0
    raised: Money | None = None
    years: int = 0
    order: Order = Order.NEW
    after: str = ""


@dataclass(frozen=True)
class Other:
    """Somebody found who is no group."""

    kind: Listing.Kind
    slug: str
    name: str
    about: str


@dataclass(frozen=True)
class Found:
    """One page of a search, how many groups fit in all, and where the next page begins.

    `nearly` says that nothing fits all words, so these fit some of them or look alike.
    """

    groups: list[Group]
    count: int
    after: str
    nearly: bool = False
    others: tuple[Other, ...] = ()


class Fits(Func):
    """Whether a text-search vector fits a query."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


class Rank(Func):
    """How well a vector fits a query: a word of the name weighs ten times one of the purpose."""

    function = "ts_rank"
    template = "%(function)s('{0.1, 0.1, 0.4, 1.0}', %(expressions)s)"
    output_field = FloatField()


def explore(search: Search, *, size: int = 24) -> Found:
    """Return one page of the groups that somebody looks for."""
    terms = _read(search.text)
    groups = _narrowed(Listing.objects.filter(kind=Listing.Kind.GROUP), search)
    fitting, count, nearly = _fitting(groups, terms)
    key = _KEYS[search.order if terms or search.order != Order.BEST else Order.NEW]
    rows = fitting.annotate(sort=key.expression)
    if position := rules.read_cursor(search.after):
        rows = rows.filter(_beyond(key, *position))
    sign = "-" if key.descending else ""
    ordered = rows.order_by(f"{sign}sort", f"{sign}pk").values_list("party_id", "sort", "pk")
    page = list(ordered[: size + 1])
    last = page[size - 1] if len(page) > size else None
    return Found(
        groups=cards_of([party for party, *_ in page[:size]]),
        count=count,
        after=rules.cursor(key.written(last[1]), last[2]) if last else "",
        nearly=nearly,
        others=_others(terms) if terms and not search.after else (),
    )


def _read(text: str) -> dict[str, str]:
    """Return the words of a question that tell what is looked for, each with its query."""
    said = rules.words(text)
    if not said:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT term, means::text FROM discovery_read(%s)", [said])
        return dict(cursor.fetchall())


def _guessed(terms: Mapping[str, str]) -> dict[str, str]:
    """Return the same words, each also as what it may have meant if it was mistyped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT term, (means || discovery_guess(term))::text FROM discovery_read(%s)",
            [list(terms)],
        )
        return dict(cursor.fetchall())


def _fitting(
    groups: QuerySet[Listing], terms: Mapping[str, str]
) -> tuple[QuerySet[Listing], int, bool]:
    """Return the groups that fit, how many they are, and whether they fit only nearly.

    Where nothing has all the words, mistyped ones may mean others; where even that finds nothing,
    one of the words is enough.
    """
    fitting = _ranked(groups, list(terms.values()), "&") if terms else groups
    count = fitting.count()
    if count or not terms:
        return fitting, count, False
    meant = [query for query in _guessed(terms).values() if query]
    for how in ("&", "|"):
        fitting = _ranked(groups, meant, how) if meant else groups.none()
        count = fitting.count()
        if count:
            break
    return fitting, count, True


def _narrowed(rows: QuerySet[Listing], search: Search) -> QuerySet[Listing]:
    """Keep what fits everything but the words."""
    if search.theme:
        rows = rows.filter(themes__contains=[search.theme])
    if search.place:
        rows = _around(rows, search.place, search.within_km)
    if search.raised:
        least = search.raised
        rows = rows.filter(currency=least.currency, raised_minor__gte=least.minor)
    if search.years:
        rows = rows.filter(since__lte=clock.now() - search.years * _YEAR)
    return rows


def _around(rows: QuerySet[Listing], slug: str, within_km: int) -> QuerySet[Listing]:
    place = Place.objects.filter(slug=slug).first()
    if place is None:
        return rows.none()
    here = Q(place=place) | Q(city=place)
    if not within_km:
        return rows.filter(here)
    south, north, west, east = rules.box(place.latitude, place.longitude, within_km)
    near = rows.filter(latitude__range=(south, north), longitude__range=(west, east))
    return near.annotate(away=distance_km(place)).filter(here | Q(away__lte=within_km))


def distance_km(place: Place, *, at: str = "") -> Func:
    """Return how far a listing, or what stands `at` a relation of a row, is from a place."""
    return Func(
        f"{at}latitude", f"{at}longitude", Value(place.latitude), Value(place.longitude),
        function="discovery_distance_km", output_field=FloatField(),
    )  # fmt: skip


def _ranked(rows: QuerySet[Listing], queries: Sequence[str], how: str) -> QuerySet[Listing]:
    """Keep what fits all ("&") or one ("|") of some queries; `score` says how well.

    Ended groups count half.
    """
    whole = Value(how.join(f"({query})" for query in queries))
    query = Cast(whole, SearchQueryField())
    fitting = rows.filter(Fits(F("words"), query))
    rank = Rank(F("words"), query)
    score = Case(When(living=True, then=rank * 1_000_000), default=rank * 500_000)
    return fitting.annotate(score=Cast(score, BigIntegerField()))


def _others(terms: Mapping[str, str]) -> tuple[Other, ...]:
    """Return hosts, organizations and people who wish to be found, under their name of today."""
    still = Party.objects.filter(pk=OuterRef("party"), erased_at=None)
    rows = _ranked(Listing.objects.exclude(kind=Listing.Kind.GROUP), list(terms.values()), "&")
    found = (
        rows.filter(Exists(still))
        .select_related("party")
        .order_by(F("score").desc(), "pk")[:_OTHERS]
    )
    return tuple(
        Other(Listing.Kind(row.kind), row.party.slug, row.party.name, row.party.about)
        for row in found
    )


@dataclass(frozen=True)
class Key:
    """What a list is sorted by, and how that is written into an address and read again."""

    expression: Any
    descending: bool
    written: Callable[[Any], str] = str
    read: Callable[[str], Any] = str


_KEYS = {
    Order.BEST: Key(F("score"), descending=True, read=int),
    Order.ACTIVE: Key(
        F("active_at"), descending=True, written=datetime.isoformat, read=datetime.fromisoformat
    ),
    Order.NEW: Key(
        F("since"), descending=True, written=datetime.isoformat, read=datetime.fromisoformat
    ),
    Order.POT: Key(F("pot_minor"), descending=True, read=int),
    Order.NAME: Key(Lower("name"), descending=False),
}


def _beyond(key: Key, written: str, pk: int) -> Q:
    try:
        value = key.read(written)
    except ValueError:
        return Q()
    side = "lt" if key.descending else "gt"
    return Q(**{f"sort__{side}": value}) | Q(**{"sort": value, f"pk__{side}": pk})
