"""The demo city as its data files describe it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from commonweal.demo import rules
from commonweal.demo.rules import Cost, Group, Series
from commonweal.foundation import text


@dataclass(frozen=True)
class HostData:
    """A host of the demo city; `team` holds names with their roles."""

    name: str
    about: str
    language: str
    commune: str
    fee_ppm: int
    bank: str
    account: str
    terms: str
    team: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class WishData:
    """What somebody would like to be asked for; without `who`, somebody who gave to a theme."""

    gives: tuple[str, ...]
    from_whom: str
    themes: tuple[str, ...]
    sentence: str
    most_a_month: int
    who: str = ""
    place: str = ""


@dataclass(frozen=True)
class AskData:
    """What a group asks, and the answer."""

    group: str
    words: str
    answer: str


@dataclass(frozen=True)
class Offered:
    """Who offers help to a group: with a login or without, how much, in which words."""

    way: str
    quantity: int
    words: str


@dataclass(frozen=True)
class Helped(Offered):
    """Who gave it, what that was, and whether they are thanked by name."""

    named: bool


@dataclass(frozen=True)
class Asked:
    """What a group asks for, and who helps; without a title it only thanks."""

    group: str
    kind: str
    quantity: int
    title: str = ""
    details: str = ""
    skills: tuple[str, ...] = ()
    day: int = 0
    edition: int = 0
    status: str = ""
    offers: tuple[Offered, ...] = ()
    helped: tuple[Helped, ...] = ()


def hosts() -> list[HostData]:
    """Return the three hosts."""
    return [
        HostData(**{**one, "team": tuple((who, role) for who, role in one["team"])})
        for one in _read("hosts.toml")["host"]
    ]


def groups() -> list[Group]:
    """Return the groups of the city and some of others, in the order of their files."""
    files = ("groups.toml", "elsewhere.toml")
    return [_group(one) for name in files for one in _read(name)["group"]]


def wishes() -> list[WishData]:
    """Return who would like to be asked for what."""
    rows = _read("wishes.toml")["wish"]
    lists = ("gives", "themes")
    return [WishData(**{**one, **{name: tuple(one[name]) for name in lists}}) for one in rows]


def asks() -> list[AskData]:
    """Return what groups ask, with the answers."""
    return [AskData(**one) for one in _read("wishes.toml")["ask"]]


def calls() -> list[Asked]:
    """Return what groups ask for that is not money, and what they only thank for."""
    data = _read("calls.toml")
    return [_asked(one) for one in [*data["call"], *data["thanks"]]]


def names() -> tuple[list[str], list[str]]:
    """Return first names and family names."""
    data = _read("names.toml")
    return data["first"], data["family"]


def email(name: str) -> str:
    """Return the address with which somebody of the demo city signs in."""
    return f"{text.slug(name).replace('-', '.')}@demo.example"


def logins() -> list[tuple[str, str]]:
    """Return who can be tried out: an address, and what that person does."""
    first, second = hosts()[0].team
    group = groups()[0]
    seed = rules.SEED
    crew = rules.team(group, rules.people(*names(), rules.RESIDENTS, seed), seed)
    return [
        (email(crew[0]), f"{crew[0]}, who runs {group.name}"),
        (email(first[0]), f"{first[0]}, admin of {hosts()[0].name} and of this server"),
        (email(second[0]), f"{second[0]}, who pays the bills there"),
    ]


@cache
def _read(name: str) -> dict[str, Any]:
    text = resources.files("commonweal.demo").joinpath("data", name).read_text("utf-8")
    return tomllib.loads(text)


def _group(one: dict[str, Any]) -> Group:
    shaped: dict[str, Any] = {
        "tiers": _rows(one.get("tiers", [])),
        "grants": _rows(one.get("grants", [])),
        "sponsors": _rows(one.get("sponsors", [])),
        "waiting": _rows(one.get("waiting", [])),
        "themes": tuple(one["themes"]),
        "tags": tuple(one["tags"]),
        "season": tuple(one["season"]),
        "lessons": tuple(one.get("lessons", [])),
        "costs": tuple(Cost(*row) for row in one["costs"]),
    }
    if "series" in one:
        name, theme, months, low, high, costs = one["series"]
        shaped["series"] = Series(name, theme, tuple(months), low, high, tuple(costs))
    for name in ("goal", "declined"):
        if name in one:
            shaped[name] = tuple(one[name])
    return Group(**{**one, **shaped})


def _asked(one: dict[str, Any]) -> Asked:
    shaped: dict[str, Any] = {
        "skills": tuple(one.get("skills", [])),
        "offers": tuple(Offered(*row) for row in one.get("offers", [])),
        "helped": tuple(Helped(*row) for row in one.get("helped", [])),
    }
    return Asked(**{**one, **shaped})


def _rows(lists: list[list[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(row) for row in lists)
