"""Setting a paper in type: words in, the bytes of a PDF out, the same for the same words.

The PDF is tagged for screen readers (PDF/UA-1): Typst refuses to write one that is not. Nothing
but our own typefaces is used, so every computer writes the same.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

_HERE = Path(__file__).parents[1]
_TEMPLATE = _HERE / "templates" / "paper.typ"
_FONTS = _HERE / "fonts"
_STANDARD: Literal["ua-1"] = "ua-1"
_REPLACED = {"\u202f": "\u00a0", "\u2011": "-", "\u2007": "\u00a0"}
_MISSING = "\ufffd"
_LONGEST = 2_000


def typeset(words: dict[str, Any]) -> bytes:
    """Return the PDF of a paper; signs that none of our typefaces has are shown as missing."""
    told = json.dumps(_drawable(words), ensure_ascii=False)
    written = typst.Compiler(font_paths=_fonts(), root=_TEMPLATE.parent).compile(
        _TEMPLATE, format="pdf", sys_inputs={"paper": told}, pdf_standards=_STANDARD, timestamp=0
    )
    assert isinstance(written, bytes), "one document is one run of bytes"
    return written


def drawable(text: str) -> str:
    """Return a text with only signs that can be drawn, and none that turn its direction around."""
    tidy = unicodedata.normalize("NFC", text)[:_LONGEST]
    known = _signs()
    return "".join(
        _REPLACED.get(sign, sign if sign in known else _MISSING)
        for sign in tidy
        if sign in _REPLACED or unicodedata.category(sign) not in {"Cc", "Cf", "Mn"}
    )


def _drawable(told: Any) -> Any:
    if isinstance(told, str):
        return drawable(told)
    if isinstance(told, dict):
        return {name: _drawable(value) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return [_drawable(value) for value in told]
    return told


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS]
    )


@cache
def _signs() -> frozenset[str]:
    """Return all signs that the typefaces of running text have, as `fonts/signs.txt` lists them."""
    signs: set[str] = set()
    for span in (_FONTS / "signs.txt").read_text().split():
        first, _, last = span.partition("-")
        signs.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(signs)
