"""Finding our references in what people typed: with marks, spaces or words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.be import ogm_vcs
from stdnum.iso7064 import mod_97_10

from commonweal.payments.rules import REFERENCE_DIGITS

_OGM_DIGITS = REFERENCE_DIGITS + 2
# Between two parts of one reference stand at most a few of these.
_GAP = re.compile(r"[\s+/*.\-]{1,4}")
_PART = re.compile(r"[0-9OIL]*[0-9][0-9OIL]*")
_TYPED_FOR = str.maketrans({"O": "0", "I": "1", "L": "1"})
_CREDITOR = re.compile(r"RF[\s.\-]?(?=\d)")


@dataclass(frozen=True, slots=True)
class Reference:
    """The ten digits that name a charge; `is_checked` where check digits say they are right."""

    digits: str
    is_checked: bool


def found_in(*texts: str) -> list[Reference]:
    """Return each reference in these texts once, in the order they stand."""
    found: dict[str, Reference] = {}
    for text in texts:
        for one in _in(text.upper()):
            known = found.get(one.digits)
            if known is None or (one.is_checked and not known.is_checked):
                found[one.digits] = one
    return list(found.values())


def _in(text: str) -> list[Reference]:
    return [one for chain in _chains(text) for one in _of(chain)]


def _chains(text: str) -> list[tuple[bool, list[str]]]:
    """Return runs of digits that only spaces and marks part; and whether RF stands before."""
    chains: list[tuple[bool, list[str]]] = []
    spaced, end = _CREDITOR.sub(" RF", text), 0
    for part in _PART.finditer(spaced):
        digits = part[0].translate(_TYPED_FOR)
        if spaced[max(0, part.start() - 2) : part.start()] == "RF":
            chains.append((True, [digits]))
        elif chains and _GAP.fullmatch(spaced[end : part.start()]):
            chains[-1][1].append(digits)
        else:
            chains.append((False, [digits]))
        end = part.end()
    return chains


def _of(chain: tuple[bool, list[str]]) -> list[Reference]:
    """Return the references in one run: those with right check digits before bare ones.

    A creditor reference with wrong check digits was mistyped, so nothing of it is believed.
    """
    is_creditor, parts = chain
    found, at = [], 0
    while at < len(parts):
        taken, one = _creditor(parts) if is_creditor else _at(parts[at:])
        at += taken
        is_creditor = False
        if one is not None:
            found.append(one)
    return found


def _creditor(parts: list[str]) -> tuple[int, Reference | None]:
    """Return how many parts a creditor reference takes, and the reference."""
    joined = ""
    for taken, part in enumerate(parts, start=1):
        joined += part
        if len(joined) == _OGM_DIGITS and mod_97_10.is_valid(f"{joined[2:]}RF{joined[:2]}"):
            return taken, Reference(joined[2:], is_checked=True)
    return len(parts), None


def _at(parts: list[str]) -> tuple[int, Reference | None]:
    """Return how many parts the reference that begins here takes, and the reference."""
    bare: tuple[int, Reference | None] = (1, None)
    joined = ""
    for taken, part in enumerate(parts, start=1):
        joined += part
        if len(joined) == _OGM_DIGITS and ogm_vcs.is_valid(joined):
            return taken, Reference(joined[:REFERENCE_DIGITS], is_checked=True)
        if len(joined) == REFERENCE_DIGITS:
            bare = (taken, Reference(joined, is_checked=False))
    return bare
