"""Uploaded pictures made safe: drawn anew, small, and without what the camera wrote into them."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_BYTES = 10 * 2**20
LARGEST_PIXELS = 50_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_QUALITY = 82


class NotAPicture(ValueError):
    """This is no picture that can be shown safely."""


def square(file: BinaryIO, *, side: int = 512) -> bytes:
    """Return the middle of a picture as a square WebP, or raise `NotAPicture`.

    Only pixels survive: no place, no camera, no colour profile, no hidden second file.
    """
    content = file.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise NotAPicture("too large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn_anew(content, side)
    except (
        Image.DecompressionBombError, Image.DecompressionBombWarning, UnidentifiedImageError,
        OSError, SyntaxError, ValueError, EOFError, MemoryError,
    ) as error:  # fmt: skip
        raise NotAPicture("not a picture") from error


def _drawn_anew(content: bytes, side: int) -> bytes:
    with Image.open(BytesIO(content), formats=_FORMATS) as picture:
        width, height = picture.size
        if width * height > LARGEST_PIXELS:
            raise NotAPicture("too many pixels")
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    fitted = ImageOps.fit(upright, (side, side), Image.Resampling.LANCZOS)
    pixels = Image.frombytes("RGBA", fitted.size, fitted.tobytes())
    out = BytesIO()
    pixels.save(out, "WEBP", quality=_QUALITY)
    return out.getvalue()
