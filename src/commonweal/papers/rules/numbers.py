"""Numbers: those of papers, and those that states give to people and enterprises."""

from __future__ import annotations

import re

from stdnum.be import ssn
from stdnum.be import vat as belgian
from stdnum.eu import vat as european
from stdnum.exceptions import ValidationError
from stdnum.fr import siren, siret

from commonweal.foundation.errors import Refused

_LETTERS = {"receipt": "R", "overview": "O", "invoice": "I", "belgian": "B", "french": "F"}
_DIGITS = 5


class NotANumber(Refused):
    """This number cannot be right. Look at the card or the letter that it stands on."""

    status = 422


def code(kind: str, year: int, number: int) -> str:
    """Return how a paper is called, such as `2026-R-00012`."""
    return f"{year}-{_LETTERS[kind]}-{number:0{_DIGITS}}"


def national(typed: str) -> str:
    """Return a Belgian national or BIS number in its usual form; raises `NotANumber`."""
    if not typed.strip():
        return ""
    try:
        return str(ssn.format(ssn.validate(typed)))
    except ValidationError as error:
        raise NotANumber from error


def enterprise(typed: str) -> str:
    """Return the number of an enterprise in its usual form; raises `NotANumber`.

    It is a VAT number of the European Union, or a Belgian or French enterprise number. Whether
    anybody has it, only the state knows.
    """
    bare = re.sub(r"[\s.\-/]", "", typed).upper()
    if not bare:
        return ""
    for kind in (european, belgian, siren, siret):
        if kind.is_valid(bare):
            return f"BE{belgian.compact(bare)}" if kind is belgian else str(kind.compact(bare))
    raise NotANumber


def masked(number: str) -> str:
    """Return a number with all but its last three signs hidden."""
    shown = 3
    signs = re.sub(r"[A-Za-z0-9]", "•", number[:-shown])
    return signs + number[-shown:]
