"""Which uses of EN 16931 are read, and how some of its words are made plain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stdnum import iso11649
from stdnum.be import ogm_vcs

from commonweal.foundation.money import EXPONENTS
from commonweal.spending.rules.einvoice.invoice import (
    MOST_LINES,
    Broken,
    CreditNote,
    TooMuch,
    UnknownProfile,
)

# The standard itself; whatever only narrows it is read like it.
_NARROWED = re.compile(r"urn:cen\.eu:en16931:2017(#compliant#.+)?")
# What says less than the standard, and what says more.
_OF_FACTUR_X = re.compile(
    r"urn:(factur-x\.eu:1p0|zugferd\.de:2p0):(minimum|basicwl)"
    r"|urn:cen\.eu:en16931:2017#conformant#urn:(factur-x\.eu:1p0|zugferd\.de:2p0):extended"
)
# UNTDID 1001, as the standard allows it.
_INVOICES = {
    "71", "80", "82", "84", "102", "130", "202", "203", "204", "211", "218", "219", "295", "325",
    "326", "331", "380", "382", "383", "384", "385", "386", "387", "388", "389", "390", "393",
    "394", "395", "456", "457", "471", "472", "473", "500", "501", "502", "503", "527", "553",
    "575", "623", "633", "751", "780", "817", "870", "875", "876", "877", "935",
}  # fmt: skip
_CREDITS = {"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"}
_DIGITS_OF_BELGIAN = 12


def refuse_unknown_cii(profile: str) -> None:
    """Refuse a profile of CII that is not known."""
    if not _NARROWED.fullmatch(profile) and not _OF_FACTUR_X.fullmatch(profile):
        raise UnknownProfile


def refuse_unknown_ubl(profile: str) -> None:
    """Refuse a use of UBL that is not known."""
    if not _NARROWED.fullmatch(profile):
        raise UnknownProfile


def refuse_other_sorts(code: str) -> None:
    """Refuse what is a credit note, or neither that nor an invoice."""
    if code in _CREDITS:
        raise CreditNote
    if code not in _INVOICES:
        raise Broken("BT-3")


def known_currency(code: str) -> str:
    """Return a currency in which we can count."""
    if code not in EXPONENTS:
        raise Broken("BT-5")
    return code


def few[T](found: Iterable[T]) -> Iterator[T]:
    """Return what was found, and refuse to read on after very many."""
    for count, one in enumerate(found):
        if count >= MOST_LINES:
            raise TooMuch
        yield one


def tidy(text: str) -> str:
    """Return a number of a register or an account without the blanks and dots people print."""
    return re.sub(r"[\s.\-/]", "", text).upper()


def reference(text: str) -> str:
    """Return a payment reference as people print it: one with check digits in its own form."""
    digits = re.sub(r"[\s+*/]", "", text)
    if len(digits) == _DIGITS_OF_BELGIAN and digits.isdecimal() and ogm_vcs.is_valid(digits):
        return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"
    if iso11649.is_valid(text):
        return str(iso11649.format(text))
    return text
