"""Making receipts safe to keep: pictures are drawn anew, PDFs may carry nothing that acts.

What a program wrote into an invoice is read first; of a PDF only its pages are kept.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext_noop as _
from PIL import Image, ImageOps

from commonweal.foundation import looks
from commonweal.foundation.errors import Refused
from commonweal.spending.actions import pdfs
from commonweal.spending.actions.pdfs import BadPaper
from commonweal.spending.rules.einvoice import reading
from commonweal.spending.rules.einvoice.invoice import Invoice

__all__ = ["BadPaper"]

LARGEST_BYTES = 10 * 1024 * 1024
LARGEST_PIXELS = 60_000_000
# Only a JPEG can be read smaller than it is; others stand in memory as a whole, some times over.
LARGEST_PIXELS_WHOLE = 25_000_000
LONGEST_SIDE = 2400
# Where receipts wait for their expense while its form is put right.
WAITING = "waiting"
_TOO_MANY_POINTS = _("This picture has too many points. Send a smaller one.")


@dataclass(frozen=True)
class Paper:
    """A file that is safe to keep and to show, and what it says where a program can read it.

    `digest` is of the file as it was sent, `bands` how a picture looks. `unread` is why the data
    of an invoice were not read.
    """

    content: bytes
    media_type: str
    suffix: str
    digest: bytes
    bands: tuple[int, ...] = ()
    invoice: Invoice | None = None
    unread: Refused | None = None
    text: str = ""


def read(content: bytes) -> Paper:
    """Return a safe copy of a photo, a PDF or the data of an invoice; raises why there is none."""
    if not content:
        raise BadPaper(_("This file is empty. Take the picture again, or choose another file."))
    if len(content) > LARGEST_BYTES:
        raise BadPaper(_("This file is larger than 10 MB. Send a smaller photo or a shorter PDF."))
    if reading.is_data(content):
        return _data(content)
    is_pdf = content[:1024].lstrip().startswith(b"%PDF-")
    try:
        return _pages(content) if is_pdf else _picture(content)
    except Refused:
        raise
    except Image.DecompressionBombError as error:
        raise BadPaper(_TOO_MANY_POINTS) from error
    except Exception as error:  # whatever a broken file does to its reader, the file is at fault
        raise BadPaper from error


def _data(content: bytes) -> Paper:
    """Keep the data of an invoice, without anything that a browser could do something with."""
    found = reading.read(content)
    kept = reading.written_anew(content)
    return Paper(kept, "application/xml", "xml", sha256(content).digest(), invoice=found)


def _picture(content: bytes) -> Paper:
    """Draw the picture anew: what was hidden in it, such as where it was taken, is gone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a photo with odd notes inside is still a photo
        picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
        most = LARGEST_PIXELS if picture.format == "JPEG" else LARGEST_PIXELS_WHOLE
        if picture.width * picture.height > most:
            raise BadPaper(_TOO_MANY_POINTS)
        drawn = _drawn(picture)
    saved = io.BytesIO()
    drawn.save(saved, "JPEG", quality=82)
    digest, bands = sha256(content).digest(), tuple(looks.bands_of(drawn))
    return Paper(saved.getvalue(), "image/jpeg", "jpg", digest, bands)


def _drawn(picture: Image.Image) -> Image.Image:
    """Draw on white, as a transparent picture of black print would else be black on black."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if upright.has_transparency_data:
        see_through = upright.convert("RGBA")
        upright = Image.new("RGB", see_through.size, "white")
        upright.paste(see_through, mask=see_through)
    pixels = upright.convert("RGB")
    return Image.frombytes("RGB", pixels.size, pixels.tobytes())


def _pages(content: bytes) -> Paper:
    """Keep the pages of a PDF; what it carries as data is read before it is gone."""
    found = pdfs.read(content)
    digest = sha256(content).digest()
    return Paper(
        found.pages, "application/pdf", "pdf", digest, invoice=found.invoice, unread=found.unread,
        text=found.text,
    )  # fmt: skip
