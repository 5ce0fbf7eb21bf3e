"""Uploaded pictures made safe: drawn anew, small, and without what the camera wrote into them."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_BYTES = 10 * 2**20
LARGEST_PIXELS = 50_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_QUALITY = 82


class NotAPicture(ValueError):
    """This is no picture that can be shown safely."""


@dataclass(frozen=True)
class Drawn:
    """A picture that is safe to show: a WebP, and how large it is in pixels."""

    content: bytes
    width: int
    height: int


def square(file: BinaryIO, *, side: int = 512) -> bytes:
    """Return the middle of a picture as a square WebP, or raise `NotAPicture`.

    Only pixels survive: no place, no camera, no colour profile, no hidden second file.
    """
    fit = partial(ImageOps.fit, size=(side, side), method=Image.Resampling.LANCZOS)
    return _safely(file, fit).content


def whole(file: BinaryIO, *, longest: int = 1600) -> Drawn:
    """Return all of a picture, no side longer than this, or raise `NotAPicture`. The same holds."""
    return _safely(file, lambda picture: _smaller(picture, longest))


def _safely(file: BinaryIO, change: Callable[[Image.Image], Image.Image]) -> Drawn:
    content = file.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise NotAPicture("too large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn_anew(content, change)
    except (
        Image.DecompressionBombError, Image.DecompressionBombWarning, UnidentifiedImageError,
        OSError, SyntaxError, ValueError, EOFError, MemoryError,
    ) as error:  # fmt: skip
        raise NotAPicture("not a picture") from error


def _smaller(picture: Image.Image, longest: int) -> Image.Image:
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return picture


def _drawn_anew(content: bytes, change: Callable[[Image.Image], Image.Image]) -> Drawn:
    with Image.open(BytesIO(content), formats=_FORMATS) as picture:
        width, height = picture.size
        if width * height > LARGEST_PIXELS:
            raise NotAPicture("too many pixels")
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    changed = change(upright)
    pixels = Image.frombytes("RGBA", changed.size, changed.tobytes())
    out = BytesIO()
    pixels.save(out, "WEBP", quality=_QUALITY)
    return Drawn(out.getvalue(), *pixels.size)
