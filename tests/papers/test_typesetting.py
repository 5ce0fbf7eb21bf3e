"""A paper is a tagged PDF, the same for the same words, whatever a name holds."""

from __future__ import annotations

import io
from datetime import date
from hashlib import sha256

import pytest
from pypdf import PdfReader

from commonweal.papers.actions import typesetting
from commonweal.papers.actions.typesetting import drawable, typeset
from commonweal.papers.actions.words import words
from commonweal.papers.models import Kind
from commonweal.papers.rules.sheets import Giver, Issuer, Line, Sheet

LINE = Line("2025-05-01", "Gardens", "Friend", "donation", "transfer", 1234_50, 0, "EUR", "leaf")
ISSUER = Issuer(
    "Commons House VZW", "High Street 1\n1000 Brussels", "BE0403019261", "Not subject to VAT.",
    "Hana W.", "EE-2024-77", "2025-03-01", "2030-12-31", "Green streets",
)  # fmt: skip


def written(kind="receipt", language="en", name="Alice Peeters", group="Gardens"):
    giver = Giver(name, "Side Street 2\n1000 Brussels", "85.07.30-033.28")
    line = Line(**{**vars(LINE), "group": group})
    sheet = Sheet(kind, 2025, ISSUER, giver, (line,), demo=True)
    on = date(2026, 1, 20)
    return typeset(words(sheet, code="2026-R-00001", on=on, language=language))


def read(content):
    reader = PdfReader(io.BytesIO(content))
    return reader, "".join("".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize(
    ("language", "total"), [("en", "€1,234.50"), ("fr", "1234,50€"), ("nl", "€1.234,50")]
)
def test_each_kind_is_a_tagged_pdf_in_the_giver_s_language(kind, language, total):
    content = written(kind, language)

    reader, text = read(content)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert root["/StructTreeRoot"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata.title.endswith("2026-R-00001")
    assert total in text.replace("\u202f", "")
    assert len(reader.pages) == 1
    assert written(kind, language) == content


@pytest.mark.parametrize(
    "name",
    [
        '#let x = 1; #panic("no") $x^2$ *bold* _it_ `raw` <tag> @ref \\ // no',
        '"quoted", [bracket], {brace}, 100 % & more',
        "شركة مرحبا",
        "בית שלום",
        "Ελλάδα Россия Łódź Ơ̛",
        "Smile 😀",
        "w" * 300,
    ],
)
def test_a_name_comes_out_as_the_text_it_is(name):
    _reader, text = read(written(name=name, group=name))

    if name.isascii():
        assert "".join(name.split()) in text
    assert all(sign in text for sign in name if sign.isalnum() and sign < "\u0590")


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("日本 🎉", "\ufffd\ufffd \ufffd"),
        ("a\x00b\x07\u202ec\u200f", "abc"),
        ("e\u0301", "é"),
        ("1\u202f000", "1\u00a0000"),
    ],
)
def test_what_no_typeface_has_is_shown_as_missing_and_nothing_turns_text_around(typed, drawn):
    assert drawable(typed) == drawn
    assert written(name=typed)


def test_every_sign_that_is_said_to_be_there_can_be_drawn():
    signs = "".join(sorted(typesetting._signs()))
    rows = [signs[start : start + 30] for start in range(0, len(signs), 30)]
    sheet = Sheet("receipt", 2025, ISSUER, Giver("Alice", "\n".join(rows)), (LINE,))

    assert typeset(words(sheet, code="x", on=date(2026, 1, 20), language="en"))


def test_typefaces_are_the_ones_we_checked():
    for line in (typesetting._FONTS / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split(maxsplit=1)
        assert sha256((typesetting._FONTS / name).read_bytes()).hexdigest() == digest, name
