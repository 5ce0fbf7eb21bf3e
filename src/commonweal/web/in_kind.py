"""What was given in kind, in words."""

from __future__ import annotations

from django.utils.translation import ngettext

from commonweal.collectives.models import CategoryAnswer
from commonweal.collectives.rules import Given
from commonweal.web import formats


def counted(given: Given) -> str:
    """Return how much was given, in words; nothing where nobody counted."""
    if given.quantity is None:
        return ""
    shown = {"number": formats.number(given.quantity)}
    match given.unit:
        case CategoryAnswer.Unit.HOURS:
            words = ngettext("%(number)s hour", "%(number)s hours", given.quantity)
        case CategoryAnswer.Unit.DAYS:
            words = ngettext("%(number)s day", "%(number)s days", given.quantity)
        case CategoryAnswer.Unit.MEALS:
            words = ngettext("%(number)s meal", "%(number)s meals", given.quantity)
        case _:
            words = ngettext("%(number)s piece", "%(number)s pieces", given.quantity)
    return words % shown
