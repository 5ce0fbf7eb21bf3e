"""Our typefaces on pictures: what fits where, measured before it is drawn.

Each face falls back to others sign by sign; a name of which no face has the letters is not drawn.
"""

from __future__ import annotations

import bisect
import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

_FOLDER = Path(__file__).parents[1] / "static" / "fonts"
_DISPLAY = ("bricolage-latin", "bricolage-latin-ext", "dejavu-sans-bold")
_TEXT = ("atkinson-latin", "atkinson-latin-ext", "dejavu-sans-bold")
_REPLACED = {"\u202f": " ", "\u00a0": " ", "\u2011": "-"}
_TRIED_AT = 24
_LEAST_DRAWN = 0.6


@dataclass(frozen=True)
class Face:
    """A typeface in a size, in pixels."""

    files: tuple[str, ...]
    size: int

    def width(self, text: str) -> float:
        """Return how wide a text is."""
        return sum(font.getlength(part) for font, part in self._runs(text))

    @property
    def height(self) -> int:
        """How far its lines are apart."""
        return round(self.size * 1.02)

    def draw(self, on: ImageDraw.ImageDraw, at: tuple[float, float], text: str, ink: str) -> None:
        """Write a text from the left end of its base line."""
        left, base = at
        for font, part in self._runs(text):
            on.text((left, base), part, ink, font, anchor="ls")
            left += font.getlength(part)

    def _runs(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        text = "".join(_REPLACED.get(sign, sign) for sign in text)
        for file, signs in itertools.groupby(text, lambda sign: _file_with(sign, self.files)):
            if file:
                yield _font(file, self.size), "".join(signs)


def display(size: int) -> Face:
    """Return the face of headlines and figures."""
    return Face(_DISPLAY, size)


def text(size: int) -> Face:
    """Return the face of running text."""
    return Face(_TEXT, size)


def drawable(words: str, instead: str) -> str:
    """Return words without the signs that no face has, or `instead` where too little is left."""
    tidy = " ".join(unicodedata.normalize("NFC", words).split())
    known = [sign for sign in tidy if sign == " " or _file_with(sign, _DISPLAY)]
    letters = sum(sign.isalnum() for sign in tidy)
    left = sum(sign.isalnum() for sign in known)
    if not left or left < letters * _LEAST_DRAWN:
        return instead
    return " ".join("".join(known).split())


def wrapped(words: str, face: Face, wide: float, *, most: int) -> list[str]:
    """Return a text in at most so many lines; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.width(longer) <= wide:
            lines[-1] = longer
        elif lines[-1]:
            lines.append(word)
        else:
            lines[-1] = word
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [shortened(line, face, wide) for line in lines if line]


def shortened(line: str, face: Face, wide: float) -> str:
    """Return a line that fits, with an ellipsis where something is missing."""
    if face.width(line) <= wide:
        return line
    fits = bisect.bisect_right(range(len(line)), wide, key=lambda end: face.width(f"{line[:end]}…"))
    return f"{line[: max(0, fits - 1)].rstrip()}…"


@cache
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FOLDER / f"{file}.woff2", size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _file_with(sign: str, files: tuple[str, ...]) -> str:
    """Return the first file that has a sign, or "" where none has."""
    return next((file for file in files if _has(file, sign)), "")


def _has(file: str, sign: str) -> bool:
    if not sign.isprintable():
        return False
    font = _font(file, _TRIED_AT)
    return sign == " " or _drawn(font, sign) != _drawn(font, "\uffff")


def _drawn(font: ImageFont.FreeTypeFont, sign: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(sign)
    return mask.size, bytes(mask)
