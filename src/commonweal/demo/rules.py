"""What happens in the demo city, day by day: a plan drawn from a seed, before anything is done.

Numbers follow life: groups start small and grow, every backer has an own amount and an own day,
each month is as busy as its season, a few gifts are large, and nobody spends what is not there.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Literal

MONTH = timedelta(days=30)
EARLIEST = timedelta(days=36 * 30)
SEED = 7
RESIDENTS = 320
_LEGAL_FORMS = {  # by words of a name
    "association": {"ASBL", "VZW"},
    "foundation": {"Fondation", "Fonds", "Foundation"},
    "public body": {
        "Cocof", "Commune", "Gemeente", "Gewest", "Région", "Stad", "Université", "Ville",
    },
}  # fmt: skip
HEIR = "Maison de Quartier Boitsfort"  # gets what is left when a group ends

EventKind = Literal[
    "start", "approve", "tiers", "goal", "gift", "grant", "plan", "expense", "over", "file",
    "agree", "decline", "refund", "close",
]  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """Something a group buys `times` a year for `low` to `high` euros, from its team or a shop."""

    title: str
    category: str
    low: int
    high: int
    times: int
    payee: str


@dataclass(frozen=True)
class Series:
    """What a group does once in each of some months, for `low` to `high` people.

    `costs` are the titles of those of the group's costs that belong to it.
    """

    name: str
    theme: str
    months: tuple[int, ...]
    low: int
    high: int
    costs: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """A group as its data file describes it; `since` and grants count months back from the end."""

    name: str
    about: str
    story: str
    language: str
    commune: str
    themes: tuple[str, ...]
    tags: tuple[str, ...]
    host: str
    since: int
    backers: int
    gift: int
    season: tuple[float, ...]
    costs: tuple[Cost, ...]
    tiers: tuple[tuple[str, int, str], ...] = ()
    goal: tuple[str, int] | None = None
    grants: tuple[tuple[int, str, int], ...] = ()
    sponsors: tuple[tuple[str, int, int], ...] = ()
    series: Series | None = None
    lessons: tuple[str, ...] = ()
    fate: str = ""
    source: str = ""
    declined: tuple[str, str, int, int] | None = None
    refund: int = 0
    waiting: tuple[tuple[EventKind, str, str, int, int], ...] = ()

    @property
    def in_trouble(self) -> bool:
        """Whether it spends faster than it raises."""
        return self.fate == "trouble"

    @property
    def ended(self) -> int:
        """How many months ago it ended; 0 if it lives."""
        return int(self.fate.removeprefix("ends ")) if self.fate.startswith("ends ") else 0


@dataclass(frozen=True)
class Giver:
    """Somebody who gives to a group, the way they do it."""

    name: str
    minor: int
    day: int
    rail: Literal["transfer", "sandbox"]
    way: Literal["login", "guest", "incognito", "organization"]
    joins: date
    leaves: date


@dataclass(frozen=True, order=True)
class Event:
    """One thing that happens at an instant in a group; `order` breaks ties.

    `day` is that of the edition of the group's series which it belongs to.
    """

    at: datetime
    order: int
    kind: EventKind = field(compare=False)
    group: str = field(compare=False)
    who: str = field(compare=False, default="")
    minor: int = field(compare=False, default=0)
    what: str = field(compare=False, default="")
    category: str = field(compare=False, default="")
    giver: Giver | None = field(compare=False, default=None)
    day: date | None = field(compare=False, default=None)
    people: int = field(compare=False, default=0)


def legal_form(name: str) -> str:
    """Return what an organization of the city is before the law, as its name says."""
    words = set(name.split())
    return next((form for form, signs in _LEGAL_FORMS.items() if words & signs), "company")


def people(first: list[str], family: list[str], count: int, seed: int) -> list[str]:
    """Return `count` different full names, always the same for a seed."""
    everybody = [f"{one} {other}" for one in first for other in family]
    return Random(seed).sample(everybody, count)


def plan(groups: Iterable[Group], names: list[str], until: date, seed: int) -> list[Event]:
    """Return everything that happens in the city until a day, in order of time."""
    numbered = enumerate(heapq.merge(*(_life(group, names, until, seed) for group in groups)))
    return [_renumbered(event, number) for number, event in numbered]


def _renumbered(event: Event, number: int) -> Event:
    return replace(event, order=number)


def team(group: Group, names: list[str], seed: int) -> list[str]:
    """Return the four people who run a group; the first two are its admins."""
    return Random(f"{seed} team {group.name}").sample(names, 4)


def _life(group: Group, names: list[str], until: date, seed: int) -> list[Event]:
    """Return one group's events in order of time, spending only what has come in."""
    draw = Random(f"{seed} life {group.name}")
    crew = team(group, names, seed)
    wishes = sorted(_wishes(group, crew, names, until, draw), key=lambda event: event.at)
    return list(_affordable(group, wishes))


def _wishes(
    group: Group, crew: list[str], names: list[str], until: date, draw: Random
) -> Iterator[Event]:
    """Yield everything the group would do with money enough."""
    start = until - group.since * MONTH
    yield Event(_at(start, draw), 0, "start", group.name, crew[0])
    if group.fate == "asks":
        return
    open_on = start + timedelta(days=3)
    yield Event(_at(open_on, draw), 1, "approve", group.name)
    yield Event(_at(open_on + timedelta(days=1), draw), 2, "tiers", group.name, crew[0])
    if group.goal:
        yield Event(_at(until - 8 * MONTH, draw), 3, "goal", group.name, crew[0])
    last = until - group.ended * MONTH
    yield from _gifts(group, names, (open_on + timedelta(days=3), last), draw)
    yield from _grants(group, open_on, last, until, draw)
    yield from _expenses(group, crew, (open_on + timedelta(days=20), last), draw)
    if group.series:
        yield from _editions(group, group.series, crew, (open_on + 2 * MONTH, until), draw)
    yield from _exceptions(group, crew, until, draw)
    if group.ended:
        yield Event(_at(last + timedelta(days=20), draw), 4, "close", group.name, crew[0])


def _gifts(
    group: Group, names: list[str], open_days: tuple[date, date], draw: Random
) -> Iterator[Event]:
    """Yield each backer's gifts: an own amount and day of the month, skipped now and then."""
    for giver in _givers(group, names, open_days, draw):
        month = giver.joins.replace(day=1)
        while month <= giver.leaves:
            busy = group.season[month.month - 1]
            day = month.replace(day=giver.day)
            gives = draw.random() < min(0.9, 0.26 * busy)
            if gives and giver.joins <= day <= giver.leaves:
                minor = giver.minor * (draw.choice((2, 3, 5)) if draw.random() < 0.03 else 1)
                yield Event(
                    _at(day, draw), 5, "gift", group.name, giver.name, minor, giver=giver
                )  # fmt: skip
            month = (month + timedelta(days=32)).replace(day=1)


def _givers(
    group: Group, names: list[str], open_days: tuple[date, date], draw: Random
) -> Iterator[Giver]:
    """Yield the people who will ever give: the group grows, and some leave again."""
    start, end = open_days
    days = (end - start).days
    for name in draw.sample(names, min(len(names), round(group.backers * 1.35))):
        joins = start + timedelta(days=int(days * draw.random() ** 0.8 * 0.97))
        stays = end if draw.random() < 0.7 else joins + timedelta(days=draw.randint(90, 500))
        amount = max(2, round(group.gift * draw.choice((1, 1, 1.5, 2, 2, 2.5, 3, 5))))
        yield Giver(
            name=name,
            minor=amount * 100,
            day=draw.randint(1, 28),
            rail="sandbox" if draw.random() < 0.2 else "transfer",
            way=draw.choices(("login", "guest", "incognito"), (62, 31, 7))[0],
            joins=joins,
            leaves=min(stays, end),
        )


def _grants(group: Group, start: date, last: date, until: date, draw: Random) -> Iterator[Event]:
    """Yield the few large amounts: grants, and sponsors who come back each year."""
    for months_ago, giver, euros in group.grants:
        day = until - months_ago * MONTH + timedelta(days=draw.randint(0, 9))
        if start + timedelta(days=4) < day < last:
            yield Event(
                _at(day, draw), 6, "grant", group.name, giver, euros * 100, category="grants"
            )
    for company, euros, years in group.sponsors:
        for year in range(years):
            day = until - timedelta(days=60 + 365 * year + draw.randint(0, 30))
            if start + timedelta(days=10) < day < last:
                minor = euros * 100 - year * euros * 10
                yield Event(
                    _at(day, draw), 7, "grant", group.name, company, minor, category="companies"
                )


def _expenses(
    group: Group, crew: list[str], open_days: tuple[date, date], draw: Random
) -> Iterator[Event]:
    """Yield what the group would like to buy, more in its busy months."""
    start, end = open_days
    of_series = group.series.costs if group.series else ()
    for cost in group.costs:
        if cost.title in of_series:
            continue
        for month in range((end - start).days // 30):
            first = start + month * MONTH
            busy = group.season[first.month - 1]
            if draw.random() < 0.75 * cost.times / 12 * min(busy, 2):
                day = first + timedelta(days=draw.randint(0, 29))
                who = draw.choice(crew) if cost.payee == "team" else cost.payee
                yield Event(
                    _at(min(day, end), draw), 8, "expense", group.name, who,
                    _price(cost, draw), cost.title, cost.category,
                )  # fmt: skip


def _editions(
    group: Group, series: Series, crew: list[str], open_days: tuple[date, date], draw: Random
) -> Iterator[Event]:
    """Yield the editions of a series, the next one too."""
    start, until = open_days
    month = start.replace(day=1)
    while month <= until + MONTH:
        day = month + timedelta(days=draw.randint(3, 24))
        if month.month in series.months and day > start:
            edition = _edition(group, series, crew, day, draw)
            yield from (event for event in edition if event.at.date() <= until)
        month = (month + timedelta(days=32)).replace(day=1)


def _edition(
    group: Group, series: Series, crew: list[str], day: date, draw: Random
) -> Iterator[Event]:
    """Yield one edition: planned two weeks before, paid for around its day, over in the end."""
    at = _at(day - timedelta(days=16), draw)
    yield Event(at, 4, "plan", group.name, crew[0], day=day)
    for cost in (one for one in group.costs if one.title in series.costs):
        if draw.random() < cost.times / len(series.months):
            at = _at(day + timedelta(days=draw.randint(-9, 6)), draw)
            who = draw.choice(crew) if cost.payee == "team" else cost.payee
            price = _price(cost, draw)
            yield Event(
                at, 8, "expense", group.name, who, price, cost.title, cost.category, day=day
            )
    at, people = _at(day + timedelta(days=21), draw), draw.randint(series.low, series.high)
    yield Event(at, 9, "over", group.name, crew[0], day=day, people=people)


def _exceptions(group: Group, crew: list[str], until: date, draw: Random) -> Iterator[Event]:
    """Yield what goes otherwise: what is declined, given back, or still waits at the end."""
    if group.declined:
        what, category, euros, months_ago = group.declined
        day = until - months_ago * MONTH
        yield Event(
            _at(day, draw), 9, "decline", group.name, crew[3], euros * 100, what, category
        )  # fmt: skip
    for kind, what, category, euros, days_ago in group.waiting:
        day = until - timedelta(days=days_ago)
        yield Event(_at(day, draw), 9, kind, group.name, crew[3], euros * 100, what, category)
    if group.refund:
        yield Event(_at(until - group.refund * MONTH, draw), 10, "refund", group.name)


def _price(cost: Cost, draw: Random) -> int:
    """Return what it costs this time, in cents, ending as prices in shops do."""
    if cost.low == cost.high:
        return cost.low * 100
    cents = draw.choice((0, 0, 50, 90, 95, 99, draw.randint(1, 99)))
    return draw.randint(cost.low, cost.high) * 100 + cents


def _affordable(group: Group, wishes: list[Event]) -> Iterator[Event]:
    """Yield the wishes that the money in the pot can pay; a careful group keeps a reserve."""
    pot = 0
    for event in wishes:
        if event.kind in {"gift", "grant"}:
            pot += event.minor * 91 // 100 - 30
            yield event
        elif event.kind != "expense":
            yield event
        elif event.minor <= pot - _reserve(group, pot):
            pot -= event.minor
            yield event


def _reserve(group: Group, pot: int) -> int:
    return 0 if group.in_trouble or group.ended else pot // 6


def instant(day: date) -> datetime:
    """Return the morning of a day."""
    return datetime.combine(day, time(8), UTC)


def _at(day: date, draw: Random) -> datetime:
    """Return an instant of a day when people are awake."""
    clock = time(draw.randint(7, 21), draw.randint(0, 59), draw.randint(0, 59))
    return datetime.combine(day, clock, UTC)
