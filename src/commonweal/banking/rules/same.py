"""Which lines are one and the same, in whatever file and format they come again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from commonweal.banking.rules.statements import Line

_TEXT = 40


@dataclass(frozen=True, slots=True)
class Marks:
    """What a line is known by.

    `name` is its own: the bank's reference, or else its content and its number among equals of that
    day. `content` compares what formats say in common; `booking` is the whole that it is a part of.
    """

    name: str
    content: str
    booking: str


def marked(family: str, lines: Iterable[Line]) -> list[tuple[Line, Marks]]:
    """Return lines with what they are known by; equal ones are numbered in their order."""
    contents: Counter[str] = Counter()
    names: Counter[str] = Counter()
    found = []
    for line in lines:
        content = _hash(_shape(line))
        contents[content] += 1
        numbered = f"{content}:{contents[content]}"
        name = f"content:{numbered}"
        if line.bank_ref:
            ref = _hash([family, line.bank_ref, line.booked_on.isoformat(), str(line.amount)])
            names[ref] += 1
            name = f"bank:{ref}:{names[ref]}"
        booking = ""
        if line.entry_ref:
            booking = _hash([family, line.entry_ref, line.booked_on.isoformat()])
        found.append((line, Marks(name, numbered, booking)))
    return found


def _shape(line: Line) -> list[str]:
    """Return what camt, MT940 and CODA all say of a line.

    Banks cut and space texts differently, so only the beginning of it counts, without marks; where
    an account is told, the name is left out, because banks write names as they like.
    """
    said = re.sub(r"[^0-9a-z]", "", (line.reference + line.text).lower())[:_TEXT]
    who = line.iban or re.sub(r"[^0-9a-z]", "", line.name.lower())
    return [line.booked_on.isoformat(), str(line.amount), who, said]


def _hash(parts: list[str]) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:40]
