"""Tiles drawn from a name: no upload, no storage, and the same name is always the same picture.

Colours are the classes c0 to c7 of the stylesheet, so that pictures follow day and night.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256

_SIDE = 40
# Each draws on one square, relative to its upper left corner.
_SHAPES = (
    "h40a40 40 0 0 1-40 40z",
    "m40 0v40a40 40 0 0 1-40-40z",
    "m40 40h-40a40 40 0 0 1 40-40z",
    "v40a40 40 0 0 0 40-40z",
    "m0 40v-40a40 40 0 0 1 40 40z",
    "m0 20a20 20 0 1 1 40 0a20 20 0 1 1-40 0z",
    "m11 20a9 9 0 1 1 18 0a9 9 0 1 1-18 0z",
    "m0 20a20 20 0 0 1 40 0z",
    "m0 40l40-40v40z",
    "m4 10h32v7h-32zm0 13h32v7h-32z",
    "h10v40h-10zm20 0h10v40h-10z",
    "m20 0l20 20l-20 20l-20-20z",
    "",
)
# Ground and figure, as numbers of colours that go together.
_PAIRS = (
    (1, 2), (2, 1), (3, 1), (1, 3), (4, 2), (5, 4), (4, 5), (6, 5), (6, 3), (2, 7),
    (7, 2), (1, 7), (7, 1), (0, 3), (0, 2), (5, 6), (6, 1), (4, 1), (0, 5), (6, 2),
)  # fmt: skip
_FACES = ((1, 5), (1, 6), (5, 1), (5, 6), (6, 1), (6, 5))
_PALETTE = 4


def cover(name: str, *, columns: int = 8, rows: int = 3, size: str = "") -> str:
    """Return a band of tiles, for a group without a photograph."""
    names = f"cover {size}".strip()
    return _svg(names, columns, rows, _tiles(name, columns, rows), fit=True)


def group(name: str, size: str = "") -> str:
    """Return two by two tiles: the square of a group."""
    return _svg(f"avatar group {size}".strip(), 2, 2, _tiles(name, 2, 2))


def person(name: str, size: str = "") -> str:
    """Return initials on one light tile: the circle of a human."""
    numbers = _numbers(name)
    ground, figure = _FACES[next(numbers) % len(_FACES)]
    shape = _SHAPES[next(numbers) % 9]
    initials = "".join(word[0] for word in name.split()[:2] if word[0].isalnum()).upper()
    body = (
        f'<path class="c{ground}" d="M0 0h40v40H0z"/><path class="c{figure}" d="M0 0{shape}"/>'
        f'<text class="initials" x="20" y="26">{initials}</text>'
    )
    return _svg(f"avatar {size}".strip(), 1, 1, body)


def _svg(names: str, columns: int, rows: int, body: str, *, fit: bool = False) -> str:
    slice_it = ' preserveAspectRatio="xMidYMid slice"' if fit else ""
    box = f"0 0 {columns * _SIDE} {rows * _SIDE}"
    return f'<svg class="{names}" viewBox="{box}"{slice_it} aria-hidden="true">{body}</svg>'


def _numbers(name: str) -> Iterator[int]:
    """Draw an endless, repeatable flow of small numbers from a name."""
    block = 0
    while True:
        yield from sha256(f"{block}:{name}".encode()).digest()
        block += 1


def _tiles(name: str, columns: int, rows: int) -> str:
    """Draw all grounds of one colour as one path, then all figures: half the bytes."""
    numbers = _numbers(name)
    palette = [_PAIRS[next(numbers) % len(_PAIRS)] for _ in range(_PALETTE)]
    grounds: dict[int, str] = defaultdict(str)
    figures: dict[int, str] = defaultdict(str)
    for row in range(rows):
        for column in range(columns):
            corner = f"M{column * _SIDE} {row * _SIDE}"
            ground, figure = palette[next(numbers) % _PALETTE]
            grounds[ground] += f"{corner}h40v40h-40z"
            shape = _SHAPES[next(numbers) % len(_SHAPES)]
            figures[figure] += corner + shape if shape else ""
    layers = [*grounds.items(), *figures.items()]
    return "".join(f'<path class="c{colour}" d="{path}"/>' for colour, path in layers if path)
