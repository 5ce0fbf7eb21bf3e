"""Finding: what fits a question, a theme, a place and the like, best or newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQueryField, TrigramWordSimilarity
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
    TextField,
    Value,
    When,
)  # fmt: skip
from django.db.models.expressions import RawSQL
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
    terms = _terms(search.text)
    groups = _narrowed(Listing.objects.filter(kind=Listing.Kind.GROUP), search)
    fitting = _fitting(groups, terms)
    count, nearly = fitting.count(), False
    if not count and terms:
        fitting, nearly = _nearly_fitting(groups, terms), True
        count = fitting.count()
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


def _terms(text: str) -> list[str]:
    """Return the words of a question that tell what is looked for."""
    said = rules.words(text)
    if not said:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT discovery_telling(%s)", [said])
        return list(cursor.fetchone()[0])


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
    return near.annotate(away=_distance_km(place)).filter(here | Q(away__lte=within_km))


def _distance_km(place: Place) -> Func:
    return Func(
        "latitude", "longitude", Value(place.latitude), Value(place.longitude),
        function="discovery_distance_km", output_field=FloatField(),
    )  # fmt: skip


def _all(terms: Sequence[str]) -> Func:
    given = Value(list(terms), output_field=ArrayField(TextField()))
    return Func(given, function="discovery_all", output_field=SearchQueryField())


def _fitting(rows: QuerySet[Listing], terms: Sequence[str]) -> QuerySet[Listing]:
    """Keep what has all the words; `score` says how well. Ended groups count half."""
    if not terms:
        return rows
    rank = Rank(F("words"), _all(terms))
    return rows.filter(Fits(F("words"), _all(terms))).annotate(score=_halved_if_ended(rank))


def _nearly_fitting(rows: QuerySet[Listing], terms: Sequence[str]) -> QuerySet[Listing]:
    """Keep what has one of the words or one that looks like it; `score` counts them first."""
    likes = [Fits(F("words"), _all([term])) for term in terms]
    typed = [Q(pk__in=RawSQL("SELECT discovery_alike(%s)", [term])) for term in terms]
    points = [
        Case(
            When(fits, then=Value(1.0) + Rank(F("words"), _all([term])) / 10),
            When(alike, then=TrigramWordSimilarity(term, "plain")),
            default=Value(0.0),
        )
        for term, fits, alike in zip(terms, likes, typed, strict=True)
    ]
    wanted = reduce(or_, typed)
    for fits in likes:
        wanted |= Q(fits)
    return rows.filter(wanted).annotate(score=_halved_if_ended(sum(points[1:], points[0])))


def _halved_if_ended(score: Any) -> Any:
    return Cast(Case(When(living=True, then=score * 1_000_000), default=score * 500_000), _SCORE)


def _others(terms: Sequence[str]) -> tuple[Other, ...]:
    """Return hosts, organizations and people who wish to be found, under their name of today."""
    still = Party.objects.filter(pk=OuterRef("party"), erased_at=None)
    rows = _fitting(Listing.objects.exclude(kind=Listing.Kind.GROUP), terms).filter(Exists(still))
    found = rows.select_related("party").order_by(F("score").desc(), "pk")[:_OTHERS]
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


_SCORE = BigIntegerField()
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
