"""Receipts are made safe, or refused with the reason."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

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


def test_a_plain_pdf_is_kept_as_it_is() -> None:
    content = pdf()

    assert papers.read(content) == papers.Paper(content, "application/pdf", "pdf")


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
        (pdf(attachment=True), "program"),
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
