"""The tiles, the coin and the hatching of our pages, as pixels."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageDraw

type Point = tuple[float, float]

# Poster inks of the day, in the order of the classes c0 to c7.
COLOURS = (
    "#fdfefb", "#fbd314", "#2751b8", "#e94937", "#0e8050", "#96d5f1", "#ffb7bc", "#141c30",
)  # fmt: skip
_SIDE = 40
_FINER = 2  # drawn larger and then made smaller, because polygons have no soft edges
_STEP = math.pi / 24
_LAYER = re.compile(r'<path class="c(\d)" d="([^"]+)"/>')
_WORD = re.compile(r"[Mmhvlaz]|-?\d+(?:\.\d+)?")


def band(svg: str, width: int, height: int) -> Image.Image:
    """Return a drawing of `avatars` in a band, cut off where it does not fit."""
    columns = max(1, round(width / (height / 2)))
    scale = _FINER * width / (columns * _SIDE)
    picture = Image.new("RGB", (width * _FINER, height * _FINER), COLOURS[0])
    on = ImageDraw.Draw(picture)
    for colour, path in _LAYER.findall(svg):
        for points in outlines(path):
            on.polygon([(x * scale, y * scale) for x, y in points], COLOURS[int(colour)])
    return picture.reduce(_FINER)


@cache
def coin(side: int) -> Image.Image:
    """Return the mark of Commonweal, to be pasted over its own edges."""
    finer = side * 4
    picture = Image.new("RGBA", (finer, finer))
    on = ImageDraw.Draw(picture)
    on.ellipse((0, 0, finer - 1, finer - 1), COLOURS[1])
    unit = finer / 32
    for top in (11, 17.5):
        on.rectangle((8 * unit, top * unit, 24 * unit - 1, (top + 3.5) * unit - 1), COLOURS[7])
    return picture.reduce(4)


def hatch(width: int, height: int, ink: str, paper: str) -> Image.Image:
    """Return the hatching of money out."""
    picture = Image.new("RGB", (width * _FINER, height * _FINER), paper)
    on = ImageDraw.Draw(picture)
    for left in range(-height * _FINER, width * _FINER, 14):
        on.line((left, 0, left + height * _FINER, height * _FINER), ink, 5)
    return picture.reduce(_FINER)


def outlines(path: str) -> Iterator[list[Point]]:
    """Yield the closed outlines of a path that `avatars` draws: lines, and arcs of circles."""
    words = iter(_WORD.findall(path))
    points: list[Point] = []
    for command in words:
        if command == "M":  # what goes before it is closed
            points = [(float(next(words)), float(next(words)))]
        elif command == "m":
            points = _onward("l", words, points[-1])
        elif command == "z":
            yield points
            points = points[:1]
        else:
            points += _onward(command, words, points[-1])


def _onward(command: str, words: Iterator[str], at: Point) -> list[Point]:
    """Return where a line or an arc leads to."""
    match command:
        case "h":
            return [(at[0] + float(next(words)), at[1])]
        case "v":
            return [(at[0], at[1] + float(next(words)))]
        case "a":
            return _arc(words, at)
        case _:
            return [(at[0] + float(next(words)), at[1] + float(next(words)))]


def _arc(words: Iterator[str], at: Point) -> list[Point]:
    """Return points along an arc of a circle, as SVG describes it."""
    radius, _, _, large, sweep, across, down = (float(next(words)) for _ in range(7))
    end = (at[0] + across, at[1] + down)
    half = math.hypot(across, down) / 2
    away = math.sqrt(max(0.0, radius * radius - half * half)) * (1 if large == sweep else -1)
    middle = (
        at[0] + across / 2 + away * down / (2 * half),
        at[1] + down / 2 - away * across / (2 * half),
    )
    first = math.atan2(at[1] - middle[1], at[0] - middle[0])
    last = math.atan2(end[1] - middle[1], end[0] - middle[0])
    turn = (last - first) % math.tau if sweep else -((first - last) % math.tau)
    steps = max(2, round(abs(turn) / _STEP))
    turned = (first + turn * step / steps for step in range(1, steps + 1))
    return [
        (middle[0] + radius * math.cos(one), middle[1] + radius * math.sin(one)) for one in turned
    ]
