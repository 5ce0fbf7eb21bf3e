"""Files that stand encrypted: one line for each piece, so that none is held as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from commonweal.foundation.fields import cipher

_PIECE_BYTES = 1_000_000
# How each line begins: the version of Fernet, and a time before the year 2106.
_MARK = b"gAAAA"


def sealed(content: IO[bytes]) -> Iterator[bytes]:
    """Return a file encrypted, in pieces."""
    content.seek(0)
    while piece := content.read(_PIECE_BYTES):
        yield cipher().encrypt(piece) + b"\n"


def opened(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Return what `sealed` wrote, in pieces; a file from before files were sealed, as it is."""
    for line in lines:
        yield cipher().decrypt(line.rstrip(b"\n")) if line.startswith(_MARK) else line
