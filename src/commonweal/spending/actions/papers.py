"""Making receipts safe to keep: pictures are drawn anew, PDFs may carry nothing that acts."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject

from commonweal.foundation.errors import Refused

LARGEST_BYTES = 10 * 1024 * 1024
LARGEST_PIXELS = 60_000_000
LONGEST_SIDE = 2400
MOST_PAGES = 50
_ACTING = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA"}
_MOST_OBJECTS = 50_000


class BadPaper(Refused):
    """This file cannot be used. Send a photo (JPEG, PNG, WebP) or a PDF of up to 10 MB."""

    status = 422


@dataclass(frozen=True)
class Paper:
    """A file that is safe to keep and to show."""

    content: bytes
    media_type: str
    suffix: str


def read(content: bytes) -> Paper:
    """Return a safe copy of a photo or PDF; raises `BadPaper` with the reason."""
    if not content:
        raise BadPaper("This file is empty. Take the picture again, or choose another file.")
    if len(content) > LARGEST_BYTES:
        raise BadPaper("This file is larger than 10 MB. Send a smaller photo or a shorter PDF.")
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return _pdf(content)
    return _picture(content)


def _picture(content: bytes) -> Paper:
    """Draw the picture anew: what was hidden in it, such as where it was taken, is gone."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
            if picture.width * picture.height > LARGEST_PIXELS:
                raise BadPaper("This picture has too many points. Send a smaller one.")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (
        UnidentifiedImageError, OSError, ValueError, SyntaxError,
        Image.DecompressionBombError, Image.DecompressionBombWarning,
    ) as error:  # fmt: skip
        raise BadPaper from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawn = io.BytesIO()
    upright.save(drawn, "JPEG", quality=82)
    return Paper(drawn.getvalue(), "image/jpeg", "jpg")


def _pdf(content: bytes) -> Paper:
    """Accept a PDF that only shows something; one that is locked or acts is refused."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise BadPaper("This PDF is locked with a password. Send one that opens by itself.")
        if not 1 <= len(reader.pages) <= MOST_PAGES:
            raise BadPaper("This PDF has more than 50 pages. Send only those that matter.")
        acts = _acts(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadPaper from error
    if acts:
        raise BadPaper(
            "This PDF carries a program or another file. Print it to a PDF, or send a photo."
        )
    return Paper(content, "application/pdf", "pdf")


def _acts(reader: PdfReader) -> bool:
    """Whether anything in the document could run, open or carry something else."""
    waiting: list[object] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < _MOST_OBJECTS:
        here = waiting.pop()
        if isinstance(here, IndirectObject):
            name = (here.idnum, here.generation)
            if name in seen:
                continue
            seen.add(name)
            here = here.get_object()
        if isinstance(here, DictionaryObject):
            if _ACTING & set(here) or here.get("/S") in _ACTING or here.get("/Type") in _ACTING:
                return True
            waiting.extend(here.raw_get(entry) for entry in here)
        elif isinstance(here, list):
            waiting.extend(here)
    return bool(waiting)
