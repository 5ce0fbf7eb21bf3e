"""Making a PDF safe to keep: its pages are written anew; one that acts or hides is refused."""

from __future__ import annotations

import io
import time
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _
from pypdf import Configuration, PdfReader, PdfWriter, apply_configuration
from pypdf.errors import PdfReadError
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from commonweal.foundation.errors import Refused
from commonweal.spending.rules.einvoice import reading
from commonweal.spending.rules.einvoice.invoice import CreditNote, Invoice
from commonweal.spending.rules.guessing import LONGEST_TEXT

MOST_PAGES = 50
MOST_PAGES_READ = 3
LONGEST_WORK_S = 10.0
LONGEST_READING_S = 2.0
LARGEST_UNFOLDED = 300_000_000
_CARRYING = {"/EmbeddedFile", "/EmbeddedFiles"}
_ACTING = {"/JavaScript", "/JS", "/Launch", "/RichMedia", "/XFA"}
_MOST_OBJECTS = 50_000
_FOLDED = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/BrotliDecode"}
_PIECE = 1 << 20
_LIMITS = Configuration(
    zlib_maximum_output_length=30_000_000,
    lzw_maximum_output_length=5_000_000,
    run_length_maximum_output_length=5_000_000,
    stream_decoding_work_maximum_length=60_000_000,
    stream_parsing_work_maximum_count=300_000,
)


class BadPaper(Refused):
    """This file cannot be used. Send a photo (JPEG, PNG, WebP) or a PDF of up to 10 MB."""

    status = 422


class TakesTooLong(Refused):
    """This file takes too long to read. Print it to a new PDF, or send a photo."""

    status = 422


@dataclass(frozen=True)
class Pages:
    """The pages of a PDF, the invoice it carried as data or why that is not read, and its text."""

    pages: bytes
    invoice: Invoice | None = None
    unread: Refused | None = None
    text: str = ""


def read(content: bytes) -> Pages:
    """Write the pages anew: what follows or hides between them is gone, and what they carry.

    A PDF that is locked or acts is refused.
    """
    until = time.monotonic() + LONGEST_WORK_S
    with apply_configuration(_LIMITS):
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise BadPaper(_("This PDF is locked with a password. Send one that opens by itself."))
        if not 1 <= len(reader.pages) <= MOST_PAGES:
            raise BadPaper(_("This PDF has more than 50 pages. Send only those that matter."))
        pages = _safe_pages(reader, until)
        found, unread = _carried(reader)
        return Pages(pages, found, unread, "" if found else _text(reader))


def _safe_pages(reader: PdfReader, until: float) -> bytes:
    written = None if _Look(_ACTING, until).finds(reader) else _written(reader)
    look = _Look(_ACTING | _CARRYING, until, unfolds=True)
    if written is None or look.finds(PdfReader(io.BytesIO(written))):
        raise BadPaper(
            _("This PDF carries a program or another file. Print it to a PDF, or send a photo.")
        )
    return written


def _written(reader: PdfReader) -> bytes:
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def _carried(reader: PdfReader) -> tuple[Invoice | None, Refused | None]:
    """Return the invoice that a PDF carries as data, or why it is not read, or neither."""
    try:
        data = reading.carried_by(reader)
        return (reading.read(data), None) if data else (None, None)
    except CreditNote:
        raise
    except Refused as refusal:
        return None, refusal
    except (PdfReadError, KeyError, TypeError, AttributeError, ValueError):
        return None, None  # a broken attachment says nothing; the pages are what was sent


def _text(reader: PdfReader) -> str:
    """Return what the first pages say in letters, as far as that is quick to find out."""
    until = time.monotonic() + LONGEST_READING_S

    def stop_in_time(*_given: object) -> None:
        if time.monotonic() > until:
            raise TakesTooLong

    said = ""
    try:
        for page in reader.pages[:MOST_PAGES_READ]:
            said += page.extract_text(visitor_operand_before=stop_in_time) + "\n"
            if len(said) > LONGEST_TEXT:
                break
    except Exception:  # noqa: BLE001, S110 - it is a help; a page that is no text needs none
        pass
    return said[:LONGEST_TEXT]


class _Look:
    """A look at everything in a document: what could run, open or carry something else."""

    def __init__(self, names: set[str], until: float, *, unfolds: bool = False) -> None:
        self.names, self.until, self.unfolds = names, until, unfolds
        self.left = LARGEST_UNFOLDED

    def finds(self, reader: PdfReader) -> bool:
        """Whether anything goes by one of the names, or there is more than can be looked at."""
        waiting: list[object] = [reader.trailer]
        seen: set[tuple[int, int]] = set()
        while waiting and len(seen) < _MOST_OBJECTS:
            if time.monotonic() > self.until:
                raise TakesTooLong
            here = waiting.pop()
            if isinstance(here, IndirectObject):
                name = (here.idnum, here.generation)
                if name in seen:
                    continue
                seen.add(name)
                here = here.get_object()
            if isinstance(here, DictionaryObject):
                if self._is_one(here):
                    return True
                waiting.extend(here.raw_get(entry) for entry in here)
            elif isinstance(here, list):
                waiting.extend(here)
        return bool(waiting)

    def _is_one(self, here: DictionaryObject) -> bool:
        if self.unfolds and isinstance(here, StreamObject):
            self.left -= _unfolded(here, self.left)
        return bool(
            self.names & set(here)
            or here.get("/S") in self.names
            or here.get("/Type") in self.names
        )


def _unfolded(stream: StreamObject, most: int) -> int:
    """Return how large a stream becomes; refuses one that would fill the reader's memory."""
    filters = stream.get("/Filter", [])
    names = [filters] if isinstance(filters, str) else list(filters)
    folded = [name for name in names if name in _FOLDED]
    if len(folded) > 1:
        raise BadPaper(_("This PDF is folded to hide how large it is. Print it to a new PDF."))
    if names[:1] not in (["/FlateDecode"], ["/Fl"]):
        return 0
    opened, size, piece = zlib.decompressobj(), 0, stream._data  # noqa: SLF001 - as it is stored
    try:
        while piece and not opened.eof:
            size += len(opened.decompress(piece, _PIECE))
            if size > most:
                raise BadPaper(_("This PDF becomes too large when it is opened. Send a photo."))
            piece = opened.unconsumed_tail
    except zlib.error:  # a viewer will not open it either
        return size
    return size
