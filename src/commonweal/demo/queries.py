"""The demo city as its data files describe it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from commonweal.demo.rules import Cost, Group


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


def hosts() -> list[HostData]:
    """Return the three hosts."""
    return [
        HostData(**{**one, "team": tuple((who, role) for who, role in one["team"])})
        for one in _read("hosts.toml")["host"]
    ]


def groups() -> list[Group]:
    """Return the groups, in the order of their file."""
    return [_group(one) for one in _read("groups.toml")["group"]]


def names() -> tuple[list[str], list[str]]:
    """Return first names and family names."""
    data = _read("names.toml")
    return data["first"], data["family"]


@cache
def _read(name: str) -> dict[str, Any]:
    text = resources.files("commonweal.demo").joinpath("data", name).read_text("utf-8")
    return tomllib.loads(text)


def _group(one: dict[str, Any]) -> Group:
    shaped = {
        "tiers": _rows(one.get("tiers", [])),
        "grants": _rows(one.get("grants", [])),
        "sponsors": _rows(one.get("sponsors", [])),
        "themes": tuple(one["themes"]),
        "tags": tuple(one["tags"]),
        "season": tuple(one["season"]),
        "costs": tuple(Cost(*row) for row in one["costs"]),
    }
    if "goal" in one:
        shaped["goal"] = tuple(one["goal"])
    return Group(**{**one, **shaped})


def _rows(lists: list[list[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(row) for row in lists)
