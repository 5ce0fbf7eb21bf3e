"""Letters about direct debits: what was signed, what is collected when, and why it was not."""

from __future__ import annotations

from typing import Any

from commonweal.activity.models import Fact
from commonweal.foundation.money import Money
from commonweal.giving import queries as giving
from commonweal.mail.letters.table import Entry, Told, number_in, to
from commonweal.payments.models import Collection, DebitReason, Mandate
from commonweal.payments.queries import debits


def _of_mandate(fact: Fact) -> Told:
    found = Mandate.objects.select_related("party", "host__party").filter(pk=number_in(fact))
    mandate = found.first()
    if mandate is None:  # its owner was erased before the letter was written
        return Told()
    return _told(mandate)


def _of_collection(fact: Fact) -> Told:
    found = Collection.objects.select_related("mandate__party", "mandate__host__party", "charge")
    one = found.get(pk=number_in(fact))
    return _told(
        one.mandate,
        collection=one,
        amount=Money(one.amount_minor, one.currency),
        because=DebitReason(one.code).label if one.code in DebitReason.values else "",
        is_at_rest=one.mandate.state != Mandate.State.ACTIVE,
    )


def _told(mandate: Mandate, **context: Any) -> Told:
    gift = giving.contribution_named(mandate.subject)
    known = {
        "mandate": mandate, "contribution": gift, "terms": debits.terms(mandate.host),
        "key": giving.letter_token(gift) if gift and gift.standing else "", **context,
    }  # fmt: skip
    return Told(to(mandate.party), known)


LETTERS = {
    "mandate.signed": Entry("mandate_signed", _of_mandate),
    "mandate.expired": Entry("mandate_expired", _of_mandate),
    "collection.announced": Entry("collection_announced", _of_collection),
    "collection.called_off": Entry("collection_called_off", _of_collection),
    "collection.refused": Entry("collection_refused", _of_collection),
    "collection.back": Entry("collection_back", _of_collection),
}
