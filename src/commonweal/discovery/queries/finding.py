"""Finding: what fits a question, a theme, a place and the like, best or newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.search import SearchQueryField, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    F,
    FloatField,
    Func,
    Q,
    QuerySet,
    TextChoices,
    TextField,
    Value,
    When,
)  # fmt: skip
from django.db.models.functions import Cast, Concat, Lower

from commonweal.collectives.models import Theme
from commonweal.discovery import rules
from commonweal.discovery.models import Listing
from commonweal.discovery.queries.groups import Group, ThemeCount, cards_of
from commonweal.discovery.queries.things import Thing, things_of
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.knowledge import queries as knowledge
from commonweal.places.models import Place

_YEAR = timedelta(days=365)
_ALIKE = 0.35  # of the threes of letters in a word of a theme


class What(TextChoices):
    """What somebody looks for."""

    GROUPS = "groups"
    ACTIVITIES = "activities"
    UPDATES = "updates"
    PLAYBOOKS = "playbooks"
    PEOPLE = "people"


_KINDS = {
    What.GROUPS: (Listing.Kind.GROUP,),
    What.ACTIVITIES: (Listing.Kind.ACTIVITY,),
    What.UPDATES: (Listing.Kind.UPDATE,),
    What.PLAYBOOKS: (Listing.Kind.PLAYBOOK,),
    What.PEOPLE: (Listing.Kind.HOST, Listing.Kind.ORGANIZATION, Listing.Kind.PERSON),
}
_WHAT = {kind: what for what, kinds in _KINDS.items() for kind in kinds}


class Order(TextChoices):
    """How a list is sorted; only groups have a pot."""

    BEST = "best"
    ACTIVE = "active"
    NEW = "new"
    POT = "pot"
    NAME = "name"


@dataclass(frozen=True)
class Search:
    """What somebody looks for: words, a theme, a place and so on, and in which order.

    `within_km` widens a place to all that is so near. Of groups alone, `raised` is the least that
    one raised so far, which leaves those out that count in another currency, and `years` is how old
    it is at least; `asks_for_help` leaves those that have an open call.
    What is at home in the city `near` goes before what fits as well and is elsewhere.
    """

    text: str = ""
    what: What = What.GROUPS
    theme: str = ""
    place: str = ""
    within_km: int = 0
    raised: Money | None = None
    years: int = 0
    asks_for_help: bool = False
    near: int | None = None
    order: Order = Order.NEW
    after: str = ""


@dataclass(frozen=True)
class Found:
    """One page of a search, how much of each sort fits in all, and where the next page begins.

    Groups stand in `groups`, everything else in `things`. `nearly` says that nothing of what is
    looked for fits all words, so these fit some of them or look alike.
    """

    groups: list[Group]
    things: list[Thing]
    count: int
    counts: dict[What, int]
    after: str
    nearly: bool = False


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


@transaction.atomic
def explore(search: Search, *, size: int = 24) -> Found:
    """Return one page of what somebody looks for."""
    _read_through_indexes()
    terms = _read(search.text)
    listed = _narrowed(Listing.objects.all(), search)
    fitting, counts, nearly = _fitting(listed, terms, search.what)
    order = _order(search, terms)
    key = _KEYS[order]
    sort = _near_first(search.near) if order == Order.BEST else key.expression
    rows = fitting.filter(kind__in=_KINDS[search.what]).annotate(sort=sort)
    if position := rules.read_cursor(search.after):
        rows = rows.filter(_beyond(key, *position))
    sign = "-" if key.descending else ""
    ordered = rows.order_by(f"{sign}sort", f"{sign}pk")
    page = list(ordered.values_list("subject", "party_id", "sort", "pk")[: size + 1])
    last = page[size - 1] if len(page) > size else None
    is_group = search.what == What.GROUPS
    subjects = [subject for subject, *_ in page[:size]]
    return Found(
        groups=cards_of([party for _, party, *_ in page[:size]]) if is_group else [],
        things=[] if is_group else things_of(_KINDS[search.what][0], subjects),
        count=counts[search.what],
        counts=counts,
        after=rules.cursor(key.written(last[2]), last[3]) if last else "",
        nearly=nearly,
    )


def elsewhere(search: Search, *, most: int = 3) -> list[tuple[Group, int]]:
    """Return the groups nearest to a place that fit all else that is looked for, with the km.

    Where nowhere has all the words, mistyped ones may mean others.
    """
    place = Place.objects.filter(slug=search.place).first() if search.place else None
    if place is None:
        return []
    rows = _narrowed(Listing.objects.filter(kind=Listing.Kind.GROUP), replace(search, place=""))
    rows = rows.filter(living=True, latitude__isnull=False).annotate(away=distance_km(place))
    with transaction.atomic():
        _read_through_indexes()
        terms = _read(search.text)
        if not terms and not search.theme:  # nothing was said but signs
            return []
        near = _nearest(rows, terms, most) or _nearest(rows, _guessed(terms), most)
    return [(group, round(near[group.pk])) for group in cards_of(list(near))]


def _nearest(rows: QuerySet[Any], terms: Mapping[str, str], most: int) -> dict[int, float]:
    """Return the groups that have all the words, the nearest first, with the km."""
    meant = [query for query in terms.values() if query]
    fitting: QuerySet[Any] = _fit(rows, meant, "&") if meant else rows
    return dict(fitting.order_by("away", "pk").values_list("party_id", "away")[:most])


def _order(search: Search, terms: Mapping[str, str]) -> Order:
    """Return a way of sorting that makes sense for what is looked for."""
    has_no_pot = search.order == Order.POT and search.what != What.GROUPS
    is_wordless = search.order == Order.BEST and not terms
    return Order.NEW if has_no_pot or is_wordless else search.order


def _read_through_indexes() -> None:
    """Let the rest of a transaction find rows by indexes alone.

    PostgreSQL does not know how long it takes to unpack the words of a row, so for a common word it
    would rather unpack those of all rows.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")


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
    listed: QuerySet[Listing], terms: Mapping[str, str], what: What
) -> tuple[QuerySet[Listing], dict[What, int], bool]:
    """Return what fits, how much of each sort that is, and whether it fits only nearly.

    Where nothing of what is looked for has all the words, mistyped ones may mean others; where even
    that finds nothing, one of the words is enough. Other sorts are counted in the same way.
    """
    if not terms:
        return listed, _counted(listed), False
    fitting = _ranked(listed, list(terms.values()), "&")
    counts = exact = _counted(fitting)
    if exact[what]:
        return fitting, exact, False
    meant = [query for query in _guessed(terms).values() if query]
    for how in ("&", "|"):
        fitting = _ranked(listed, meant, how) if meant else listed.none()
        counts = _counted(fitting)
        if counts[what]:
            break
    return fitting, {**(exact if any(exact.values()) else counts), what: counts[what]}, True


def _counted(rows: QuerySet[Listing]) -> dict[What, int]:
    counts = dict.fromkeys(What, 0)
    for kind, number in rows.order_by().values_list("kind").annotate(number=Count("pk")):
        counts[_WHAT[Listing.Kind(kind)]] += number
    return counts


def _narrowed(rows: QuerySet[Listing], search: Search) -> QuerySet[Listing]:
    """Keep what fits everything but the words."""
    if search.theme:
        rows = rows.filter(themes__contains=[search.theme])
    if search.place:
        rows = _around(rows, search.place, search.within_km)
    others = ~Q(kind=Listing.Kind.GROUP)
    if least := search.raised:
        rows = rows.filter(others | Q(currency=least.currency, raised_minor__gte=least.minor))
    if search.years:
        rows = rows.filter(others | Q(since__lte=clock.now() - search.years * _YEAR))
    if search.asks_for_help:
        rows = rows.filter(others | Q(party__in=knowledge.groups_that_ask()))
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


def _fit(rows: QuerySet[Listing], queries: Iterable[str], how: str) -> QuerySet[Listing]:
    """Keep what fits all ("&") or one ("|") of some queries."""
    return rows.filter(Fits(F("words"), _joined(queries, how)))


def _joined(queries: Iterable[str], how: str) -> Cast:
    return Cast(Value(how.join(f"({query})" for query in queries)), SearchQueryField())


def _ranked(rows: QuerySet[Listing], queries: Sequence[str], how: str) -> QuerySet[Listing]:
    """Keep what fits; `score` says how well. What has ended counts half."""
    rank = Rank(F("words"), _joined(queries, how))
    score = Case(When(living=True, then=rank * 1_000_000), default=rank * 500_000)
    return _fit(rows, queries, how).annotate(score=Cast(score, BigIntegerField()))


def _near_first(city: int | None) -> Any:
    """Return how well something fits; what is at home in a city counts a quarter more."""
    score = F("score")
    if city is None:
        return score
    return Case(When(city=city, then=score * 5 / 4), default=score, output_field=BigIntegerField())


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


def meant(text: str, *, most: int = 5) -> list[ThemeCount]:
    """Return the themes whose names or words look most like what somebody typed."""
    said = " ".join(rules.words(text))
    if not said:
        return []
    words = Func(
        Concat(Cast("names", TextField()), Value(" "), "words", output_field=TextField()),
        function="unaccent", output_field=TextField(),
    )  # fmt: skip
    alike = Theme.objects.annotate(alike=TrigramWordSimilarity(said, words)).filter(
        alike__gte=_ALIKE
    )
    counted = alike.annotate(
        groups=Count("collectives", filter=Q(collectives__published_at__isnull=False))
    )
    return [ThemeCount(row, row.groups) for row in counted.order_by("-alike", "slug")[:most]]
