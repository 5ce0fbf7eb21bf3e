"""Whose log it is: the chain of its keys, each named by the one before it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from commonweal_verify.notes import Head, PublicKey, SignedNote
from commonweal_verify.problems import Wrong

HANDOVER = "commonweal-key-handover/1"


@dataclass(frozen=True)
class Chain:
    """The keys of a log, and after which size of the tree each took over."""

    keys: list[PublicKey]
    since: list[int]

    def at(self, size: int) -> PublicKey:
        """Return the key that signs trees of a size."""
        return [key for key, last in zip(self.keys, self.since, strict=True) if last < size][-1]


def chain(content: bytes, trusted: list[str]) -> Chain:
    """Return the keys of a log, the newest last.

    `trusted` are keys known before, in order: the log must still have them as they were. A key
    after the first counts only where the one before it signed the hand-over.
    """
    try:
        rows: list[Any] = json.loads(content)["keys"]
        keys = [PublicKey.parse(row["verifier"]) for row in rows]
        since = [-1]
        for number in range(1, len(keys)):
            note = SignedNote.parse(rows[number]["handover"].encode())
            since.append(_checked(note, keys[number - 1], keys[number], number))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise Wrong("key", "The list of keys cannot be read.") from error
    texts = [key.text for key in keys]
    starts = [texts[at:] for at, text in enumerate(texts) if not trusted or text == trusted[0]]
    if not any(rest[: len(trusted)] == trusted for rest in starts):
        raise Wrong("key", "The log is signed by another key than the one you know.")
    return Chain(keys, since)


def head(note: SignedNote, known: Chain) -> tuple[Head, PublicKey]:
    """Return what a checkpoint says and who signed it: the key in force, or `Wrong` is raised."""
    found = Head.parse(note)
    key = known.at(found.size)
    if found.origin != key.name or not key.signed(note):
        raise Wrong("signature", "The checkpoint is not signed by the key of this log.")
    return found, key


def _checked(note: SignedNote, old: PublicKey, new: PublicKey, number: int) -> int:
    """Return the size after which a key took over from the one before it."""
    said = note.text.split("\n")
    named = [said[0], *said[1:3], *said[4:6]] == [
        HANDOVER, old.name, str(number), old.text, new.text,
    ]  # fmt: skip
    if not (named and old.signed(note) and new.signed(note)):
        raise Wrong("key", f"Key {number} was not handed over by the key before it.")
    return int(said[3])
