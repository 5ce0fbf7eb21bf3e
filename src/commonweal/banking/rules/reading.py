"""Reading a file in whichever format: what it is shows in its first bytes."""

from __future__ import annotations

import re
from typing import IO

from commonweal.banking.rules import camt, coda, swift, table
from commonweal.banking.rules.statements import (
    LARGEST_BYTES,
    LARGEST_TEXT_BYTES,
    NotAStatement,
    Statement,
    TooLarge,
    checked,
)

_HEAD = 4096
_MEGA = 1_000_000


def kind(head: bytes) -> str:
    """Return "camt", "mt940", "coda" or "csv" by how a file begins."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"<") or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return camt.FAMILY
    if re.match(rb"0{5}\d{6}.{3}05", start):
        return coda.FAMILY
    if re.search(rb"(^|\n):20:", start):
        return swift.FAMILY
    return table.FAMILY


def text_of(file: IO[bytes]) -> str:
    """Return a text file as text, in whichever of the encodings that banks use."""
    raw = file.read(LARGEST_TEXT_BYTES + 1)
    if len(raw) > LARGEST_TEXT_BYTES:
        raise TooLarge(most=LARGEST_TEXT_BYTES // _MEGA)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if "\0" in text:
        raise NotAStatement
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read(
    file: IO[bytes], *, which: table.Columns | None, account: str, currency: str
) -> list[Statement]:
    """Return the statements of a file, or say in plain words why there are none.

    `which`, `account` and `currency` are for CSV, which does not say them by itself.
    """
    size = file.seek(0, 2)
    if size > LARGEST_BYTES:
        raise TooLarge(most=LARGEST_BYTES // _MEGA)
    file.seek(0)
    family = kind(file.read(_HEAD))
    file.seek(0)
    if family == camt.FAMILY:
        return checked(camt.read(file))
    text = text_of(file)
    if family == coda.FAMILY:
        return checked(coda.read(text))
    if family == swift.FAMILY:
        return checked(swift.read(text))
    if which is None:
        which = table.guess(table.headers(text))
    if which is None:
        raise table.ColumnsUnknown
    return checked(table.read(text, which=which, account=account, currency=currency))
