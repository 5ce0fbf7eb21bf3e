"""What rails there are, and what money is on its way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from commonweal.foundation.errors import Refused
from commonweal.foundation.ids import key
from commonweal.foundation.money import Money
from commonweal.hosting.models import Host
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Account, Purpose
from commonweal.payments import rules
from commonweal.payments.models import Charge, InboxItem, Mandate, Payout
from commonweal.payments.port import ChargeRequest, DebitFile, PayoutFile, Rail

# The rail of a host's own bank account.
BANK = "transfer"


class UnknownRail(Refused):
    """This way of paying is not offered here. Choose another one."""


@dataclass(frozen=True)
class Unexplained:
    """A clearing account holds something else than what is on its way through it."""

    account: str
    held: Money
    explained: Money


def rails() -> dict[str, Rail]:
    """Return the rails of this server by name; pretend ones exist in a demo only."""
    found = {path: _load(path) for path in settings.PAYMENT_RAILS}
    for path, one in found.items():
        if one.capabilities.pretend and not settings.DEMO:
            raise ImproperlyConfigured(
                f"{path} is pretend money, and this is no demo: take it out of PAYMENT_RAILS."
            )
    return {one.name: one for one in found.values()}


def rail(name: str) -> Rail:
    """Return one rail; raises `UnknownRail`."""
    try:
        return rails()[name]
    except KeyError as error:
        raise UnknownRail from error


def books_of(name: str, purpose: Purpose) -> str:
    """Return under which rail the books have an account: collected money comes to the bank's."""
    at_the_bank = purpose in {Purpose.BANK, Purpose.UNPLACED}
    known = rails().get(name)
    return BANK if at_the_bank and known and known.capabilities.by_mandate else name


def at_the_bank() -> list[str]:
    """Return the rails whose money comes to the host's own bank account."""
    return [name for name in rails() if books_of(name, Purpose.BANK) == BANK]


def payout_files() -> dict[str, PayoutFile]:
    """Return the kinds of files that banks can be given here, by name, the usual one first."""
    files = [import_string(path)() for path in settings.PAYOUT_FILES]
    return {one.name: one for one in files}


def debit_files() -> dict[str, DebitFile]:
    """Return the kinds of files that ask a bank to collect, by name, the usual one first."""
    files = [import_string(path)() for path in settings.DEBIT_FILES]
    return {one.name: one for one in files}


def offered(host: Host, currency: str) -> list[Rail]:
    """Return the rails over which this host can be given money in this currency."""
    return [one for one in rails().values() if _can_charge(one, host, currency)]


def other_currencies(host: Host, codes: Iterable[str]) -> list[str]:
    """Return which of several currencies, besides its own, a host could be given money in."""
    able = [one for one in rails().values() if one.capabilities.charges]
    return sorted(
        code
        for code in set(codes) - {host.currency}
        if any(_can_charge(one, host, code) for one in able)
    )


def request_for(charge: Charge) -> ChargeRequest:
    """Return what a rail is asked for a charge; the same charge is always the same request."""
    host = charge.host
    return ChargeRequest(
        key=charge.uuid,
        amount=Money(charge.amount_minor, charge.currency),
        description=charge.description,
        reference=charge.reference,
        return_url=f"{settings.ADDRESS}/charges/{charge.uuid}",
        details={
            "holder": host.account_holder, "iban": host.iban, "bic": host.bic,
            **_mandate_for(charge),
        },
        attempt=charge.attempt,
        again_of=charge.again_of,
        due_on=charge.due_on,
    )  # fmt: skip


def _mandate_for(charge: Charge) -> dict[str, str]:
    """Return the mandate that a charge can be collected by, for the rails that ask for one."""
    if not rail(charge.rail).capabilities.by_mandate:
        return {}
    living = Mandate.objects.filter(subject=charge.subject, state=Mandate.State.ACTIVE)
    found = living.first()
    return {"mandate": found.reference, "account": found.mask} if found else {}


def charge_for(subject: str) -> Charge | None:
    """Return the newest charge for a subject."""
    return Charge.objects.filter(subject=subject).order_by("-id").first()


def charges_to_try(on: date) -> QuerySet[Charge]:
    """Return the charges that were declined and are to be tried again by a day, oldest first."""
    return Charge.objects.filter(again_on__lte=on).order_by("again_on", "id")


def paid_by_giver(subject: str, rail: str) -> Charge | None:
    """Return the newest charge of a subject that its giver paid themselves over a rail."""
    found = Charge.objects.filter(subject=subject, rail=rail, again_of=None)
    return found.exclude(arrived_on=None).order_by("-id").first()


def charge_by_reference(text: str) -> Charge | None:
    """Return the charge whose reference a bank statement shows."""
    digits = rules.read_reference(text)
    found = Charge.objects.filter(reference=digits).order_by("-id")
    return found.first() if digits else None


def unfinished_charges(*states: Charge.State) -> QuerySet[Charge]:
    """Return the charges that stand in one of these states, oldest first."""
    return Charge.objects.filter(state__in=states).order_by("id")


def unread_news(*, most: int | None = 100) -> QuerySet[InboxItem]:
    """Return news from rails that nobody acted on, in the order it came."""
    return InboxItem.objects.filter(read_at=None).order_by("id")[:most]


def unread_news_about(charge: Charge) -> QuerySet[InboxItem]:
    """Return the news about one charge that nobody acted on."""
    return unread_news(most=None).filter(rail=charge.rail, payload__key=str(charge.uuid))


def refused_charges() -> QuerySet[Charge]:
    """Return the charges that wait although their rail said at once that it will not do it."""
    return unfinished_charges(Charge.State.PENDING).filter(next_step__kind="failed")


def unexplained() -> list[Unexplained]:
    """Return the clearing accounts that hold other money than what is on its way through them."""
    accounts = Account.objects.filter(purpose__in=[Purpose.CHARGES, Purpose.PAYOUTS])
    held = ledger.balances(accounts.values_list("pk", flat=True))
    expected = {Purpose.CHARGES: _charges_in_clearing(), Purpose.PAYOUTS: _payouts_in_clearing()}
    found = []
    for account in accounts.order_by("pk"):
        way = (account.host_id, account.rail, account.currency)
        explained = Money(expected[Purpose(account.purpose)][way], account.currency)
        if held[account.pk] != explained:
            found.append(Unexplained(account.public_id, held[account.pk], explained))
    return found


type _Way = tuple[int | None, str, str]


def _charges_in_clearing() -> Counter[_Way]:
    states = [Charge.State.CAPTURED, Charge.State.REFUNDING]
    return _summed(
        (
            charge,
            rules.clearing(
                charge.state,
                amount=charge.amount_minor,
                refunded=charge.refunded_minor,
                returned=charge.returned_minor,
            ),
        )
        for charge in unfinished_charges(*states)
    )


def _payouts_in_clearing() -> Counter[_Way]:
    states = [Payout.State.HELD, Payout.State.SENT]
    return _summed((one, one.amount_minor) for one in Payout.objects.filter(state__in=states))


def _summed(amounts: Iterable[tuple[Charge | Payout, int]]) -> Counter[_Way]:
    sums: Counter[_Way] = Counter()
    for one, minor in amounts:
        sums[one.host_id, one.rail, one.currency] += minor
    return sums


def _can_charge(one: Rail, host: Host, currency: str) -> bool:
    can = one.capabilities
    reachable = bool(host.iban) or not (can.by_hand or can.by_mandate)
    reachable = reachable and (bool(host.creditor_id) or not can.by_mandate)
    return can.charges and reachable and (not can.currencies or currency in can.currencies)


@cache
def _load(path: str) -> Rail:
    made: Rail = import_string(path)()
    return made


def held_by(payout: Payout) -> UUID:
    """Return the key of the transaction that took a payout out of the pot."""
    return key("payout", payout.uuid, "hold")
