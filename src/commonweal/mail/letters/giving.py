"""Letters about giving, to the person who gave."""

from __future__ import annotations

from typing import Any

from commonweal.activity.models import Fact
from commonweal.foundation.money import Money
from commonweal.giving import queries
from commonweal.giving.models import Contribution
from commonweal.mail.letters.table import NOBODY, Entry, NotYet, Told, number_in, to, to_admins
from commonweal.payments.queries import debits


def _pledged(fact: Fact) -> Told:
    """Tell how to transfer the money; a gift that is paid at once needs no such letter."""
    contribution = _contribution(fact)
    charge = queries.charge_of(contribution)
    if not charge.next_step:
        raise NotYet
    is_settled = contribution.status != Contribution.Status.PLEDGED
    facts = charge.next_step["facts"]
    if not facts.get("reference") or is_settled:
        return NOBODY
    amount = Money(charge.amount_minor, charge.currency)
    return _told(contribution, amount=amount, facts=facts)


def _charge_failed(fact: Fact) -> Told:
    """Tell that a card said no, and what happens next; nothing where the money came meanwhile."""
    contribution = _contribution(fact)
    declined = queries.declined(contribution)
    if declined is None or debits.is_refused(declined):  # a letter of its own says why
        return NOBODY
    amount = Money(declined.amount_minor, declined.currency)
    return _told(contribution, amount=amount, again_on=declined.again_on)


def _changed(fact: Fact) -> Told:
    contribution = _contribution(fact)
    what = fact.kind.removeprefix("contribution.")
    return _told(contribution, amount=_promised(contribution), what=what)


def _settled(fact: Fact) -> Told:
    return _told(_contribution(fact), amount=_amount(fact))


def _refunded(fact: Fact) -> Told:
    return _told(_contribution(fact), amount=_amount(fact), reason=fact.note)


def _lost(fact: Fact) -> Told:
    """Tell the group that a bank took a gift back, and who bears what of it."""
    found = _contribution(fact)
    currency = fact.data["pot_currency"]
    of_host = Money(fact.data["of_host_minor"], currency)
    host = queries.charge_of(found).host.party
    context = {
        "contribution": found,
        "collective": found.collective,
        "amount": _amount(fact),
        "of_pot": Money(fact.data["of_pot_minor"], currency),
        "of_host": of_host,
        "host": host,
    }
    return Told(to_admins(found.collective), context)


def _contribution(fact: Fact) -> Contribution:
    found = Contribution.objects.select_related("collective", "contributor", "given_by")
    return found.get(pk=number_in(fact))


def _promised(contribution: Contribution) -> Money:
    return Money(contribution.amount_minor, contribution.currency)


def _amount(fact: Fact) -> Money:
    return Money(fact.data["amount_minor"], fact.data["currency"])


def _told(contribution: Contribution, **context: Any) -> Told:
    known = {
        "contribution": contribution,
        "collective": contribution.collective,
        "promised": _promised(contribution),
        "key": queries.letter_token(contribution) if contribution.standing else "",
        **context,
    }
    return Told(to(contribution.given_by), known)


LETTERS = {
    "contribution.pledged": Entry("contribution_pledged", _pledged),
    "contribution.settled": Entry("contribution_settled", _settled),
    "contribution.refunded": Entry("contribution_refunded", _refunded),
    "contribution.charge_failed": Entry("gift_charge_failed", _charge_failed),
    "contribution.rests": Entry("gift_charge_failed", _charge_failed),
    "contribution.quiet": Entry("gift_quiet", _changed),
    "contribution.paused": Entry("gift_changed", _changed),
    "contribution.resumed": Entry("gift_changed", _changed),
    "contribution.changed": Entry("gift_changed", _changed),
    "contribution.stopped": Entry("gift_stopped", _changed),
    "contribution.ended": Entry("gift_ended", _changed),
    "contribution.lost": Entry("contribution_lost", _lost),
}
