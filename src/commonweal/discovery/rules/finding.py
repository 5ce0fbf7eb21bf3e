"""Pure rules of finding: words of a question, and where the next page of a list begins."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_QUESTION = 80
MOST_WORDS = 12
KM_PER_DEGREE = 111.2  # of latitude: 6371 km * pi / 180

# How alike two groups are: a point for each shared theme, half of one for each shared tag, two for
# the same words of purpose, and up to one for being near (half of it at NEAR_KM).
POINTS_OF_LIKENESS = 2.0
POINTS_OF_A_TAG = 0.5
NEAR_KM = 5.0
FAR_KM = 20_000.0
ALIKE = 0.3  # of the threes of letters in two purposes
# Who gave to groups like one before might give again: that counts as much as so many themes.
POINTS_OF_BACKING = 3

# What people say around the thing they want to do, in the three languages.
_ASKING = frozenset((
    "begin", "city", "create", "group", "help", "how", "idea", "like", "make", "organise",
    "organising", "organize", "please", "project", "run", "set", "start", "starting", "town",
    "want", "would", "commencer", "comment", "creer", "envie", "faire", "groupe", "idee",
    "lancer", "monter", "organiser", "projet", "veux", "ville", "voudrais", "beginnen", "graag",
    "groep", "hoe", "idee", "maken", "oprichten", "organiseren", "stad", "starten", "willen",
    "zou",
))  # fmt: skip


def plain(text: str) -> str:
    """Return text in lower case without accents, as people type it when they search."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def words(question: str) -> list[str]:
    """Return the words to look for, without accents; too long a question is cut short.

    Words that only ask ("I want to start a ...") go, unless nothing else was said.
    """
    said = re.findall(r"[^\W_]{1,40}", plain(question[:LONGEST_QUESTION]))
    return ([word for word in said if word not in _ASKING] or said)[:MOST_WORDS]


def vocabulary(said: str) -> set[str]:
    """Return the different words of a text, of three to forty letters, without accents."""
    return set(re.findall(r"\b[^\W\d_]{3,40}\b", plain(said)))


def box(latitude: float, longitude: float, km: float) -> tuple[float, float, float, float]:
    """Return a box around a point: south, north, west and east, at least `km` away from it."""
    high = km / KM_PER_DEGREE * 1.01
    wide = high / max(math.cos(math.radians(latitude)), 0.01)
    return latitude - high, latitude + high, longitude - wide, longitude + wide


def cursor(key: str, pk: int) -> str:
    """Return where a page ended, for an address: its last sort key and its last row."""
    return f"{pk}.{key}"


def read_cursor(text: str) -> tuple[str, int] | None:
    """Return the sort key and the row that a page ended with, or None if it makes no sense."""
    found = re.fullmatch(r"(\d{1,18})\.(.{1,300})", text, flags=re.ASCII | re.DOTALL)
    return (found[2], int(found[1])) if found else None


@dataclass(frozen=True)
class Tile:
    """The corner of a district's tile on a map made of squares: row and column, from the north."""

    row: int
    column: float


def drawn(corners: Sequence[tuple[int, int]]) -> list[Tile]:
    """Return tiles whose rows and half columns somebody drew, moved to the upper left corner."""
    top = min((row for row, _half in corners), default=0)
    left = min((half for _row, half in corners), default=0)
    return [Tile(row - top, (half - left) / 2) for row, half in corners]


def tiles(points: Sequence[tuple[float, float]]) -> list[Tile]:
    """Lay (latitude, longitude) points out as rows of tiles, north to south and west to east.

    Neighbours stay about where they are; shorter rows stand in the middle.
    """
    if not points:
        return []
    rows = max(1, round(math.sqrt(len(points))))
    by_latitude = sorted(range(len(points)), key=lambda index: -points[index][0])
    widest = math.ceil(len(points) / rows)
    placed: dict[int, Tile] = {}
    for row in range(rows):
        begin, end = row * len(points) // rows, (row + 1) * len(points) // rows
        members = sorted(by_latitude[begin:end], key=lambda index: points[index][1])
        for place, index in enumerate(members):
            placed[index] = Tile(row, place + (widest - len(members)) / 2)
    return [placed[index] for index in range(len(points))]
