"""Where people are paid: the number is looked at, changed and checked in the open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from commonweal.activity import actions as activity
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.people.models import Party
from commonweal.spending import policies, queries, rules
from commonweal.spending.actions import steps
from commonweal.spending.models import Expense, PayoutMethod

_UNTIL = _(
    "The payee changed the bank account lately. It can be paid to from %(when)s. To pay before, "
    "call the payee and say that the number is right."
)


class NotAnIban(Refused):
    """This is not a valid account number. It looks like BE71 0961 2345 6769; check each digit."""

    status = 422


class ReplacedAccount(Refused):
    """The payee has a newer bank account. Ask the author to put it on this expense."""


class AccountWaits(Refused):
    """The payee changed the bank account lately. Wait three days, or call and check the number."""


class NothingToCheck(Refused):
    """This account does not wait to be checked. Reload the page to see where it stands."""


@transaction.atomic
def add_payout_method(*, party: Party, holder: str, iban: str, by: Party) -> PayoutMethod:
    """Remember a bank account; the one used before is retired. Only its mask is ever shown.

    Another number than before waits; the same number under another holder waits no longer than it
    did.
    """
    if not policies.may_say_where_paid(by, party):
        raise NotAllowed
    number = proper_iban(iban)
    Party.objects.select_for_update(no_key=True).get(pk=party.pk)
    current = queries.payout_methods(party).first()
    if current is not None and (current.iban, current.holder) == (number, holder):
        return current
    same = current if current is not None and current.iban == number else None
    PayoutMethod.objects.filter(party=party.pk, retired_at=None).update(retired_at=clock.now())
    method = PayoutMethod.objects.create(
        party_id=party.pk, holder=holder, iban=number, mask=rules.mask(number),
        created_at=clock.now(),
        payable_from=same.payable_from if same else _payable_from(party),
        verified_at=same.verified_at if same else None,
        verified_by=same.verified_by if same else None,
    )  # fmt: skip
    changed = current is not None and same is None
    _tell("payout_method.changed" if changed else "payout_method.added", method, by)
    return method


@transaction.atomic
def look_at_account(*, expense: Expense, by: Party) -> PayoutMethod | None:
    """Return the full account to pay an expense to, and write down who looked."""
    expense = Expense.objects.select_related("collective", "payee", "payout_method").get(
        pk=expense.pk
    )
    if not policies.may_pay(by, expense):
        raise NotAllowed
    if not rules.may_follow("pay", expense.status) and not rules.may_follow(
        "mark_paid", expense.status
    ):
        raise steps.NotNow
    if rules.may_follow("pay", expense.status):
        refuse_replaced(expense)
    if expense.payout_method is not None:
        note_look(expense, by)
    return expense.payout_method


@transaction.atomic
def verify_account(*, expense: Expense, by: Party) -> PayoutMethod:
    """Say that the host asked the payee, who knows the number; it can be paid to at once."""
    expense = Expense.objects.select_related("collective", "payee").get(pk=expense.pk)
    if not policies.may_pay(by, expense):
        raise NotAllowed
    method = (
        PayoutMethod.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=expense.payout_method_id or 0, retired_at=None)
        .first()
    )
    if method is None or not is_waiting(method):
        raise NothingToCheck
    method.verified_at, method.verified_by = clock.now(), by
    method.save(update_fields=["verified_at", "verified_by"])
    _tell("payout_method.verified", method, by)
    return method


def proper_iban(typed: str) -> str:
    """Return an account number as we keep it, or refuse what is none."""
    try:
        return str(IBAN(typed, validate_bban=True))
    except SchwiftyException as error:
        raise NotAnIban from error


def note_look(expense: Expense, by: Party) -> None:
    """Write down for the payee who saw the whole number, and for which expense."""
    assert expense.payout_method is not None
    _tell("payout_method.seen", expense.payout_method, by, expense=expense)


def refuse_unpayable(expense: Expense) -> None:
    """Refuse to pay to an account that was replaced or changed too lately."""
    refuse_replaced(expense)
    method = expense.payout_method
    if method is not None and is_waiting(method):
        raise AccountWaits(_UNTIL, when=f"{method.payable_from:%Y-%m-%d %H:%M} UTC")


def refuse_replaced(expense: Expense) -> None:
    """Refuse to pay to an account that the payee has replaced since it was put on the expense."""
    method = expense.payout_method
    if method is None or method.retired_at is None:
        return
    if PayoutMethod.objects.filter(party=method.party_id, retired_at=None).exists():
        raise ReplacedAccount


def is_waiting(method: PayoutMethod) -> bool:
    """Whether an account may not be paid to yet."""
    return rules.waits(
        clock.now(), payable_from=method.payable_from, verified_at=method.verified_at
    )


def _payable_from(party: Party) -> datetime | None:
    """Return from when a new number may be paid to: at once where none was known before."""
    if not PayoutMethod.objects.filter(party=party.pk).exists():
        return None
    return clock.now() + rules.WAIT_AFTER_CHANGE


def _tell(kind: str, method: PayoutMethod, by: Party, *, expense: Expense | None = None) -> None:
    data: dict[str, Any] = {"expense": expense.pk} if expense else {}
    activity.record(
        kind, subject=queries.account_subject(method), party=method.party_id, by=by.pk,
        public=False, **data,
    )  # fmt: skip
