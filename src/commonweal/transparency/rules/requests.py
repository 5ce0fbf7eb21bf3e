"""What a log sends a witness: C2SP tlog-witness, `add-checkpoint`."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.transparency.rules import notes
from commonweal.transparency.rules.tree import HASH_BYTES

LONGEST = notes.LONGEST_NOTE + 8192
MOST_HASHES = 63
_OLD = re.compile(r"old (0|[1-9]\d{0,18})")


@dataclass(frozen=True)
class Request:
    """A checkpoint, and the proof that its tree starts with the one of `old` leaves."""

    old: int
    proof: Sequence[bytes]
    note: notes.Note

    @classmethod
    def read(cls, content: str) -> Request:
        """Return what a request asks, or raise `BadNote`."""
        head, gap, note = content.partition("\n\n")
        first, *hashes = head.split("\n")
        match = _OLD.fullmatch(first)
        if not gap or not match or len(hashes) > MOST_HASHES:
            raise notes.BadNote("this is not a request to a witness")
        return cls(int(match[1]), [_hash(one) for one in hashes], notes.Note.read(note))

    def __str__(self) -> str:
        """Return it as it is sent."""
        proof = "".join(f"{b64encode(one).decode()}\n" for one in self.proof)
        return f"old {self.old}\n{proof}\n{self.note}"


def _hash(text: str) -> bytes:
    try:
        found = b64decode(text, validate=True)
    except ValueError as error:
        raise notes.BadNote("this is not base64") from error
    if len(found) != HASH_BYTES:
        raise notes.BadNote("this is not a hash")
    return found
