"""Who can be paid beside oneself, drafts that wait, and amounts turned into a group's currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.core import signing
from django.db.models import QuerySet

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.ledger.queries.rates import exchanges
from commonweal.ledger.rules import Exchange
from commonweal.people.models import Party
from commonweal.spending.models import AccountRequest, Supplier, Unsent
from commonweal.spending.rules import Item

_ACCOUNT = "account request"
MOST_OFFERED = 30


def suppliers(collective: Collective) -> QuerySet[Supplier]:
    """Return the suppliers that a group knows, those it got to know last first."""
    found = Supplier.objects.filter(collective=collective.pk, party__closed_at=None)
    return found.select_related("party").order_by("-added_at")


def guests_asked(person: Party, collective: Collective) -> QuerySet[Party]:
    """Return the guests whom a person has asked where to pay them, for a group."""
    asked = AccountRequest.objects.filter(asked_by=person.pk, collective=collective.pk)
    found = Party.objects.filter(pk__in=asked.values("payee"), erased_at=None, claimed_by=None)
    return found.order_by("-pk")


def supplier_like(collective: Collective, *, number: str, name: str) -> Supplier | None:
    """Return the supplier of a group that has this number, or without one this very name."""
    known = suppliers(collective)
    if number and (found := known.filter(number=number).first()):
        return found
    of_this_name = known.filter(party__name__iexact=name.strip())
    return of_this_name.filter(number="").first() if number else of_this_name.first()


def account_token(request: AccountRequest) -> str:
    """Return the secret of the link by which a guest says where to pay them."""
    return signing.dumps(request.pk, salt=_ACCOUNT)


def account_request(token: str) -> AccountRequest | None:
    """Return the open request that a link stands for."""
    try:
        number = signing.loads(token, salt=_ACCOUNT)
    except signing.BadSignature:
        return None
    still_open = AccountRequest.objects.filter(answered_at=None, expires_at__gt=clock.now())
    related = still_open.select_related("payee", "collective", "asked_by")
    return related.filter(pk=number).first()


def unsent_of(person: Party, collective: Collective) -> QuerySet[Unsent]:
    """Return what a person has typed for a group and not sent, the newest first."""
    return Unsent.objects.filter(person=person, collective=collective.pk).order_by("-saved_at")


def unsent(key: UUID | None, person: Party, collective: Collective) -> Unsent | None:
    """Return one of a person's own drafts for a group."""
    return unsent_of(person, collective).filter(key=key).first() if key else None


def in_currency(items: Sequence[Item], currency: str) -> list[Item]:
    """Return items in a group's currency, each at the rate of its day.

    One whose currency has no rate then stays as it is.
    """
    pairs = {(one.amount.currency, one.spent_on) for one in items}
    known = exchanges(pairs, currency)
    return [_turned(one, known.get((one.amount.currency, one.spent_on)), currency) for one in items]


def _turned(item: Item, rate: Exchange | None, currency: str) -> Item:
    if rate is None:
        return item
    worth = Money(rate.of(item.amount.minor), currency)
    vat = Money(rate.of(item.vat.minor), currency) if item.vat else None
    return replace(item, amount=worth, spent=item.amount, vat=vat)
