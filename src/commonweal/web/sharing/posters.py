"""The picture that a shared link shows: a poster with a name and its live budget, 1200 by 630.

Everything is placed and measured first and drawn afterwards, so that nothing runs over an edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageDraw

from commonweal.web import avatars
from commonweal.web.sharing import tiles
from commonweal.web.sharing.typefaces import Face, display, drawable, shortened, text, wrapped

WIDTH, HEIGHT = 1200, 630
_DRAWN_AS = 1  # another number makes every poster anew
# The colours of the day in tokens.css, as a PNG has them.
PAPER, SUNK, INK, INK_2, ON_SLATE = "#f2f5ec", "#e7ebe0", "#141c30", "#475061", "#f0f1e8"
IN, OUT, MOVE = "#036035", "#b01f1c", "#fbd314"
_EDGE = 64
_INNER = WIDTH - 2 * _EDGE
_BAND, _FOOT = 150, 70
_GAP, _BELOW = 36, 46
_CAPITAL = 0.72  # of the size of a face is the height of its capital letters
_NAME_SIZES = (96, 84, 72, 64, 56)
_LABELS = tuple(map(text, (25, 23, 21)))
_SMALL, _SMALL_HEIGHT = text(29), 38
_FIGURE_SIZES = (64, 56, 48, 40, 32)
_BAR, _BARS_TOP = 15, 500
_FIGURES_TOP = 376


@dataclass(frozen=True)
class Figure:
    """A number with its label; `parts` are what stands before the cents, the cents, and after."""

    label: str
    parts: tuple[str, str, str]


@dataclass(frozen=True)
class Card:
    """What a poster says. `came` and `went` draw its bars; both zero draw none."""

    seed: str
    name: str
    line: str
    figures: tuple[Figure, ...]
    came: int
    went: int
    site: str
    address: str


@dataclass(frozen=True)
class Written:
    """A line of text in its place: the left end of its base line."""

    words: str
    face: Face
    left: float
    base: float
    ink: str

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.left + self.face.width(self.words)


def draw(card: Card) -> bytes:
    """Return the poster as PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    picture.paste(tiles.band(avatars.cover(card.seed, columns=16, rows=2), WIDTH, _BAND), (0, 0))
    on = ImageDraw.Draw(picture)
    on.rectangle((0, HEIGHT - _FOOT, WIDTH, HEIGHT), INK)
    picture.paste(tiles.coin(40), (_EDGE, HEIGHT - _FOOT + 15), tiles.coin(40))
    for left, right in _columns(len(card.figures)):
        on.rectangle((left, _FIGURES_TOP, right, _FIGURES_TOP + 1), INK)
    _bars(picture, on, card)
    for line in placed(card):
        line.face.draw(on, (line.left, line.base), line.words, line.ink)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def version(card: Card) -> str:
    """Return a short name for exactly this poster: another budget has another one."""
    return sha256(f"{_DRAWN_AS} {card}".encode()).hexdigest()[:16]


def placed(card: Card) -> list[Written]:
    """Return every line of a poster in its place."""
    return [*_head(card), *_figures(card), *_foot(card)]


def _head(card: Card) -> Iterator[Written]:
    """Write the name as large as it fits into two lines, and below it what it is about."""
    name = drawable(card.name, instead=card.address)
    face, lines = _fitted(name)
    below = wrapped(drawable(card.line, instead=""), _SMALL, _INNER, most=3 - len(lines))
    end = _FIGURES_TOP if card.figures else HEIGHT - _FOOT
    high = _CAPITAL * face.size + face.height * (len(lines) - 1) + _BELOW * len(below)
    base = (_BAND + end - high) / 2 + _CAPITAL * face.size
    for line in lines:
        yield Written(line, face, _EDGE, base, INK)
        base += face.height
    base += _BELOW - face.height
    for line in below:
        yield Written(line, _SMALL, _EDGE, base, INK_2)
        base += _SMALL_HEIGHT


def _fitted(name: str) -> tuple[Face, list[str]]:
    for size in _NAME_SIZES:
        face = display(size)
        lines = wrapped(name, face, _INNER, most=3)
        whole = "".join(lines) == "".join(name.split(" ")) or " ".join(lines) == name
        if whole and len(lines) * size <= _NAME_SIZES[-2] * 2:
            return face, lines
    return face, wrapped(name, face, _INNER, most=2)


def _figures(card: Card) -> Iterator[Written]:
    """Write each figure under its line, with smaller cents, and its label below."""
    columns = _columns(len(card.figures))
    wide = min((right - left for left, right in columns), default=0)
    size = next(
        (size for size in _FIGURE_SIZES if all(_wide(one, size) <= wide for one in card.figures)),
        _FIGURE_SIZES[-1],
    )
    below = next(
        (face for face in _LABELS if all(face.width(one.label) <= wide for one in card.figures)),
        _LABELS[-1],
    )
    for figure, (left, _) in zip(card.figures, columns, strict=True):
        at: float = left
        for words, face, up in _parts(figure, size):
            shown = shortened(words, face, left + wide - at)
            yield Written(shown, face, at, _FIGURES_TOP + 66 - up, INK)
            at += face.width(shown)
        label = shortened(figure.label, below, wide)
        yield Written(label, below, left, _FIGURES_TOP + 100, INK_2)


def _parts(figure: Figure, size: int) -> list[tuple[str, Face, float]]:
    """Return the parts of a figure with their faces, and how far each is raised."""
    before, cents, after = figure.parts
    large, small = display(size), display(round(size * 0.5))
    parts = [(before, large, 0.0), (cents, small, size * 0.34), (after, large, 0.0)]
    return [part for part in parts if part[0]]


def _wide(figure: Figure, size: int) -> float:
    return sum(face.width(words) for words, face, _ in _parts(figure, size))


def _columns(number: int) -> list[tuple[int, int]]:
    """Return the left and right edges of so many columns."""
    if not number:
        return []
    wide = (_INNER - _GAP * (number - 1)) // number
    return [(_EDGE + at * (wide + _GAP), _EDGE + at * (wide + _GAP) + wide) for at in range(number)]


def _bars(picture: Image.Image, on: ImageDraw.ImageDraw, card: Card) -> None:
    """Draw what came in, and below it, hatched, what went out, to the same scale."""
    most = max(card.came, card.went)
    if most <= 0:
        return
    for top, minor in ((_BARS_TOP, card.came), (_BARS_TOP + _BAR + 5, card.went)):
        on.rectangle((_EDGE, top, _EDGE + _INNER - 1, top + _BAR - 1), SUNK)
        wide = round(_INNER * max(minor, 0) / most)
        if wide and top == _BARS_TOP:
            on.rectangle((_EDGE, top, _EDGE + wide - 1, top + _BAR - 1), IN)
        elif wide:
            picture.paste(tiles.hatch(wide, _BAR, OUT, PAPER), (_EDGE, top))


def _foot(card: Card) -> Iterator[Written]:
    """Write whose server it is, and where to read more."""
    name, where = display(30), text(26)
    left, base = _EDGE + 54, HEIGHT - _FOOT / 2 + 10
    address = shortened(card.address, where, _INNER * 0.6)
    right = WIDTH - _EDGE - where.width(address)
    site = drawable(card.site, instead="Commonweal")
    yield Written(shortened(site, name, right - left - _GAP), name, left, base, ON_SLATE)
    yield Written(address, where, right, base, ON_SLATE)
