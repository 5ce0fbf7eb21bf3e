"""Receipts are made safe, or refused with the reason."""

from __future__ import annotations

import io
from contextlib import suppress
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from commonweal.foundation.errors import Refused
from commonweal.spending.actions import papers


def jpeg_with_location() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "PhoneMaker"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (50.0, 50.0, 30.0)
    picture = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(picture, "JPEG", exif=exif)
    return picture.getvalue()


def pdf(**changes: bool) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if changes.get("script"):
        action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject(name): value for name, value in action.items()}
        )
    if changes.get("attachment"):
        writer.add_attachment("virus.exe", b"MZ")
    if changes.get("locked"):
        writer.encrypt("secret")
    for _ in range(60 if changes.get("long") else 0):
        writer.add_blank_page(10, 10)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def test_where_a_photo_was_taken_is_gone() -> None:
    paper = papers.read(jpeg_with_location())

    exif = Image.open(io.BytesIO(paper.content)).getexif()
    assert paper.media_type == "image/jpeg"
    assert not dict(exif)
    assert b"PhoneMaker" not in paper.content


def test_a_plain_pdf_keeps_its_pages_and_nothing_else() -> None:
    paper = papers.read(pdf() + b"PK\x03\x04<html><script>alert(1)</script>")

    assert (paper.media_type, paper.suffix) == ("application/pdf", "pdf")
    assert len(PdfReader(io.BytesIO(paper.content)).pages) == 1
    assert b"<script>" not in paper.content


def test_black_print_on_a_transparent_picture_stays_readable() -> None:
    picture, content = Image.new("RGBA", (40, 40), (0, 0, 0, 0)), io.BytesIO()
    picture.paste((0, 0, 0, 255), (0, 20, 40, 40))
    picture.save(content, "PNG")

    kept = Image.open(io.BytesIO(papers.read(content.getvalue()).content))

    assert kept.getpixel((20, 5)) == (255, 255, 255)
    assert kept.getpixel((20, 35)) == (0, 0, 0)


def test_a_large_photo_keeps_its_shape_and_becomes_small() -> None:
    content = io.BytesIO()
    Image.new("RGB", (4000, 6000), "white").save(content, "JPEG")

    assert Image.open(io.BytesIO(papers.read(content.getvalue()).content)).size == (1600, 2400)


def test_a_photo_held_sideways_is_turned_upright() -> None:
    exif, content = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    Image.new("RGB", (60, 40), "white").save(content, "JPEG", exif=exif)

    assert Image.open(io.BytesIO(papers.read(content.getvalue()).content)).size == (40, 60)


@given(st.randoms(use_true_random=False), st.sampled_from(["pdf", "script", "jpeg"]))
@settings(max_examples=150, deadline=None)
def test_a_broken_file_is_refused_or_read_and_never_breaks_anything(
    draw: Random, sort: str
) -> None:
    whole = {"pdf": pdf, "script": lambda: pdf(script=True), "jpeg": jpeg_with_location}[sort]()
    broken = bytearray(whole)
    for _ in range(draw.randint(1, 12)):
        at = draw.randrange(len(broken))
        broken[at : at + draw.randint(0, 20)] = draw.randbytes(draw.randint(0, 20))

    with suppress(Refused):
        assert papers.read(bytes(broken)).content


def bomb() -> bytes:
    picture = io.BytesIO()
    Image.new("1", (9000, 9000)).save(picture, "PNG")
    return picture.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"x" * (papers.LARGEST_BYTES + 1), "larger than 10 MB"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "JPEG"),
        (b"<html><script>alert(1)</script>", "JPEG"),
        (b"GIF89a" + b"\0" * 40, "JPEG"),
        (b"PK\x03\x04" + b"\0" * 40, "JPEG"),
        (b"MZ\x90\0", "JPEG"),
        (b"%PDF-1.7\nnot really", "JPEG"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "JPEG"),
        (pdf(script=True), "program"),
        (pdf(locked=True), "password"),
        (pdf(long=True), "50 pages"),
        (bomb(), "too many points"),
    ],
)
def test_hostile_and_broken_files_are_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(papers.BadPaper, match=reason):
        papers.read(content)


def test_a_picture_that_is_also_a_page_becomes_only_a_picture() -> None:
    paper = papers.read(jpeg_with_location() + b"<script>alert(1)</script>%PDF-1.4")

    assert b"<script>" not in paper.content
