"""Making receipts safe to keep: pictures are drawn anew, PDFs may carry nothing that acts."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, IndirectObject

from commonweal.foundation.errors import Refused

LARGEST_BYTES = 10 * 1024 * 1024
LARGEST_PIXELS = 60_000_000
LONGEST_SIDE = 2400
MOST_PAGES = 50
# Where receipts wait for their expense while its form is put right.
WAITING = "waiting"
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
        raise BadPaper(_("This file is empty. Take the picture again, or choose another file."))
    if len(content) > LARGEST_BYTES:
        raise BadPaper(_("This file is larger than 10 MB. Send a smaller photo or a shorter PDF."))
    is_pdf = content[:1024].lstrip().startswith(b"%PDF-")
    try:
        return _pdf(content) if is_pdf else _picture(content)
    except BadPaper:
        raise
    except Exception as error:  # whatever a broken file does to its reader, the file is at fault
        raise BadPaper from error


def _picture(content: bytes) -> Paper:
    """Draw the picture anew: what was hidden in it, such as where it was taken, is gone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a photo with odd notes inside is still a photo
        picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
        if picture.width * picture.height > LARGEST_PIXELS:
            raise BadPaper(_("This picture has too many points. Send a smaller one."))
        return Paper(_drawn(picture), "image/jpeg", "jpg")


def _drawn(picture: Image.Image) -> bytes:
    """Draw on white, as a transparent picture of black print would else be black on black."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if upright.has_transparency_data:
        see_through = upright.convert("RGBA")
        upright = Image.new("RGB", see_through.size, "white")
        upright.paste(see_through, mask=see_through)
    drawn = io.BytesIO()
    pixels = upright.convert("RGB")
    Image.frombytes("RGB", pixels.size, pixels.tobytes()).save(drawn, "JPEG", quality=82)
    return drawn.getvalue()


def _pdf(content: bytes) -> Paper:
    """Write the pages anew: what follows or hides between them is gone.

    A PDF that is locked, acts or carries another file is refused.
    """
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise BadPaper(_("This PDF is locked with a password. Send one that opens by itself."))
    if not 1 <= len(reader.pages) <= MOST_PAGES:
        raise BadPaper(_("This PDF has more than 50 pages. Send only those that matter."))
    written = None if _acts(reader) else _written(reader)
    if written is None or _acts(PdfReader(io.BytesIO(written))):
        raise BadPaper(
            "This PDF carries a program or another file. Print it to a PDF, or send a photo."
        )
    return Paper(written, "application/pdf", "pdf")


def _written(reader: PdfReader) -> bytes:
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


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
