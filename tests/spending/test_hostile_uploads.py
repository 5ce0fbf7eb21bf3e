"""What is sent to harm us does nothing: it is refused in plain words, or what is safe stays."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile
import zlib

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from commonweal.foundation.errors import Refused
from commonweal.spending.actions import papers, pdfs
from spending.invoices import invoice, pdf_with

SCRIPT = b"<html><body><script>alert(document.domain)</script></body></html>"
ENOUGH_S = 15.0
ENOUGH_BYTES = 400_000_000


def jpeg(**facts: object) -> bytes:
    content = io.BytesIO()
    Image.effect_noise((300, 400), 90).convert("RGB").save(content, "JPEG", **facts)
    return content.getvalue()


def gif_and_pdf() -> bytes:
    content = io.BytesIO()
    Image.new("P", (9, 9)).save(content, "GIF")
    return content.getvalue() + b"\n" + pdf()


def zip_of(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr(name, content)
    return packed.getvalue()


def png_of(width: int, height: int) -> bytes:
    """Return a PNG that says it is very large, and nearly nothing."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = zlib.compress(b"\0" * 10_000)

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


def pdf(*, pages: int = 1, **says: object) -> bytes:
    """Return a PDF; `says` puts things into its catalog (`root`) or onto a page (`page`)."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    for place, holder in (("root", writer.root_object), ("page", writer.pages[0])):
        for name, value in dict(says.get(place, {})).items():  # type: ignore[call-overload]
            holder[NameObject(name)] = value
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def action(sort: str, **facts: str) -> DictionaryObject:
    said = {NameObject(f"/{name}"): TextStringObject(value) for name, value in facts.items()}
    return DictionaryObject({NameObject("/S"): NameObject(sort), **said})


def noted(sort: str, **facts: object) -> ArrayObject:
    note = DictionaryObject({NameObject("/Subtype"): NameObject(sort)})
    note.update({NameObject(f"/{name}"): value for name, value in facts.items()})
    return ArrayObject([note])


def folded(data: bytes, *filters: str) -> StreamObject:
    stream = StreamObject()
    stream._data = data
    names = ArrayObject([NameObject(name) for name in filters])
    stream[NameObject("/Filter")] = names if len(filters) > 1 else names[0]
    return stream


def unfolding(size: int) -> bytes:
    """Return a few bytes that become very many."""
    packer = zlib.compressobj(9)
    pieces = [packer.compress(b"\0" * (1 << 20)) for _ in range(size >> 20)]
    return b"".join(pieces) + packer.flush()


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{entities}]><x>&l9;</x>'.encode()


def reading_a_file() -> bytes:
    text = invoice("ubl", (">Seed Barn</b:Reg", ">&passwords;</b:Reg"))
    head, body = text.split(b"?>", 1)
    ask = b'<!DOCTYPE Invoice [<!ENTITY passwords SYSTEM "file:///etc/passwd">]>'
    return head + b"?>" + ask + body


INCLUDE = '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
REFUSED = {
    "a GIF that is a PDF too": (gif_and_pdf, "JPEG, PNG"),
    "a ZIP that is a PDF too": (lambda: zip_of("x", b"x") + pdf(), "JPEG, PNG"),
    "a ZIP that becomes very large": (lambda: zip_of("x", b"\0" * 20_000_000), "JPEG, PNG"),
    "a page named .jpg": (lambda: SCRIPT, "JPEG, PNG"),
    "a program named .pdf": (lambda: b"MZ\x90\0" + b"\0" * 500, "JPEG, PNG"),
    "nothing": (lambda: b"", "empty"),
    "half a PDF": (lambda: pdf()[:200], "JPEG, PNG"),
    "half a picture": (lambda: jpeg()[:2000], "JPEG, PNG"),
    "a drawing that runs": (lambda: b"<svg xmlns='x'><script>1</script></svg>", "JPEG, PNG"),
    "a drawing as XML": (lambda: b"<?xml version='1.0'?><svg><script/></svg>", "no invoice"),
    "a picture 50,000 wide and high": (lambda: png_of(50_000, 50_000), "too many points"),
    "a PDF that unfolds to a third of a gigabyte": (
        lambda: pdf(page={"/Contents": folded(unfolding(320 << 20), "/FlateDecode")}),
        "too large when it is opened",
    ),
    "a PDF that is folded twice": (
        lambda: pdf(page={"/Contents": folded(b"x", "/FlateDecode", "/FlateDecode")}), "folded",
    ),
    "a PDF that runs": (
        lambda: pdf(root={"/OpenAction": action("/JavaScript", JS="x")}), "program",
    ),
    "a PDF that starts a program": (
        lambda: pdf(page={"/AA": DictionaryObject({NameObject("/O"): action("/Launch", F="cmd")})}),
        "program",
    ),
    "a PDF with a film that starts one": (
        lambda: pdf(page={"/Annots": noted("/Screen", A=action("/Launch"))}), "program",
    ),
    "a PDF with a file pinned to its page": (
        lambda: pdf(page={"/Annots": noted("/FileAttachment", FS=DictionaryObject(
            {NameObject("/Type"): NameObject("/EmbeddedFile")}
        ))}),
        "program",
    ),
    "a PDF of 51 pages": (lambda: pdf(pages=51), "50 pages"),
    "entities that laugh a billion times": (laughs, "asks to read other files"),
    "an entity that reads our files": (reading_a_file, "asks to read other files"),
    "an invoice that includes our files": (
        lambda: invoice("ubl", ("<b:ID>1</b:ID>", INCLUDE)), "asks to read other files",
    ),
    "an invoice without an end": (
        lambda: invoice("ubl", ("<b:ID>1</b:ID>", "<b:x>" * 100_000)), "too large",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_hostile_is_refused_with_the_reason_within_bounds(name: str) -> None:
    make, reason = REFUSED[name]
    content, began = make(), time.monotonic()
    tracemalloc.start()

    with pytest.raises(Refused, match=reason) as refused:
        papers.read(content)

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.status == 422
    assert time.monotonic() - began < ENOUGH_S
    assert most < ENOUGH_BYTES


CARRYING = "<b:EmbeddedDocumentBinaryObject>TVo=</b:EmbeddedDocumentBinaryObject>"
KEPT = {
    "a page behind a picture": (lambda: jpeg() + SCRIPT, (b"script",)),
    "a page in the notes of a picture": (lambda: jpeg(comment=SCRIPT), (b"script",)),
    "a ZIP behind a PDF": (lambda: pdf() + zip_of("x.exe", b"MZ"), (b"PK\x03\x04", b"x.exe")),
    "an invoice in a PDF": (lambda: pdf_with(invoice("cii")), (b"factur-x", b"EmbeddedFile")),
    "a program in a PDF": (lambda: pdf_with(b"MZ", "run.exe"), (b"run.exe", b"EmbeddedFile")),
    "an invoice with a file in it": (
        lambda: invoice("ubl", ("<b:ID>1</b:ID>", f"<?php run ?>{CARRYING}")),
        (b"TVo=", b"<?php"),
    ),
    "a scan of fifty pages": (lambda: pdf(pages=50), ()),
}  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
def test_only_what_is_safe_of_it_is_kept(name: str) -> None:
    make, gone = KEPT[name]

    paper = papers.read(make())

    assert paper.media_type in {"image/jpeg", "application/pdf", "application/xml"}
    assert not any(word in paper.content for word in gone)
    if paper.suffix == "pdf":
        assert len(PdfReader(io.BytesIO(paper.content)).pages) in {1, 50}


def test_what_an_invoice_carries_is_read_before_it_is_gone() -> None:
    paper = papers.read(pdf_with(invoice("cii")))

    assert paper.invoice is not None
    assert (paper.invoice.number, paper.unread) == ("F-12", None)


@pytest.mark.parametrize("data", [laughs(), b"<x/>", b"\xff\0", invoice("cii")[:900]])
def test_a_pdf_whose_data_are_hostile_is_kept_as_pages_alone(data: bytes) -> None:
    paper = papers.read(pdf_with(data))

    assert paper.invoice is None
    assert paper.unread is not None
    assert b"EmbeddedFile" not in paper.content


def test_reading_the_letters_of_a_page_gives_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "LONGEST_READING_S", -1.0)
    page = folded(zlib.compress(b"BT (hello) Tj ET " * 100), "/FlateDecode")
    page[NameObject("/Length")] = NumberObject(9)

    assert papers.read(pdf(page={"/Contents": page})).text.strip() == ""


def test_a_document_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "LONGEST_WORK_S", -1.0)

    with pytest.raises(pdfs.TakesTooLong, match="takes too long"):
        papers.read(pdf())
