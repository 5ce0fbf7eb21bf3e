"""The rules for expenses of a group or a host, in plain sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _

from commonweal.collectives.models import Collective
from commonweal.foundation.money import Money
from commonweal.hosting import queries as hosting
from commonweal.ledger.models import Chart
from commonweal.spending.policies.moves import terms_of
from commonweal.spending.rules.agreeing import Terms
from commonweal.web import formats


def of_group(collective: Collective) -> list[str]:
    """Return what counts in a group, its host's rules included."""
    hosted = hosting.current(collective)
    terms = terms_of(collective.pk, hosted.host if hosted else None)
    return told(terms, collective.currency)


def told(terms: Terms, currency: str) -> list[str]:
    """Return rules as sentences, the one that always counts first."""
    said = [_("An admin agrees: never who asks for the money, and never who gets it.")]
    if terms.two_from is not None:
        said.append(
            _("From %(amount)s on, two people agree.") % {"amount": _much(terms.two_from, currency)}
        )
    if terms.accountant_from is not None:
        said.append(
            _("From %(amount)s on, two people agree, and one of them is an accountant.")
            % {"amount": _much(terms.accountant_from, currency)}
        )
    if terms.receipt_from:
        said.append(
            _("From %(amount)s on, a receipt is needed.")
            % {"amount": _much(terms.receipt_from, currency)}
        )
    elif terms.receipt_from == 0:
        said.append(_("A receipt is always needed; a grant needs none."))
    if terms.within_days is not None:
        said.append(
            _("This group pays what was spent at most %(days)s days ago.")
            % {"days": terms.within_days}
        )
    if terms.categories is not None:
        named = ", ".join(str(Chart(one).label) for one in sorted(terms.categories))
        said.append(_("It pays for: %(categories)s.") % {"categories": named or "–"})
    return said


def _much(minor: int, currency: str) -> str:
    return formats.amount(Money(minor, currency), whole=True)
