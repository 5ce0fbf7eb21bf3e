"""Reading amounts that people type, and saying in words what is wrong with them."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext as _

from commonweal.foundation.money import Money, NotAnAmount
from commonweal.giving import rules
from commonweal.web import formats

_LONGEST = 40


def read(text: str, currency: str, *, least: Money | None = None) -> Money:
    """Return the typed amount, or raise the sentence that says what to type instead."""
    plain = text.strip()
    example = formats.amount(Money(1250 if Money(0, currency).exponent else 20, currency))
    try:
        found = Money.parse(plain[:_LONGEST], currency)
    except NotAnAmount as error:
        raise forms.ValidationError(_why(plain, currency, example)) from error
    least = rules.smallest(currency) if least is None else least
    if found < least:
        raise forms.ValidationError(
            _("The smallest amount is %(least)s.") % {"least": formats.amount(least)}
        )
    if len(plain) > _LONGEST or found > rules.largest(currency):
        raise forms.ValidationError(_too_large(currency))
    return found


def _why(plain: str, currency: str, example: str) -> str:
    digits = re.sub(r"\D", "", plain, flags=re.ASCII)
    is_number = re.fullmatch(r"[\d\s.,']+", plain, flags=re.ASCII) is not None and digits
    decimals = re.search(r"[.,](\d+)$", plain, flags=re.ASCII)
    exponent = Money(0, currency).exponent
    if is_number and decimals and len(decimals[1]) > exponent:
        return _("Write at most two decimals, such as %(example)s.") % {"example": example}
    if is_number and len(digits) > len(str(rules.LARGEST)):
        return _too_large(currency)
    return _("Write the amount in digits, such as %(example)s.") % {"example": example}


def _too_large(currency: str) -> str:
    most = formats.amount(rules.largest(currency), whole=True)
    return _("Here you can give at most %(most)s at once. Please talk to the host first.") % {
        "most": most
    }
