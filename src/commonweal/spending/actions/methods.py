"""Where people are paid."""

from __future__ import annotations

from django.db import transaction
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from commonweal.activity import actions as activity
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.people import policies as people
from commonweal.people.models import Party
from commonweal.spending import policies, rules
from commonweal.spending.actions import steps
from commonweal.spending.models import Expense, PayoutMethod


class NotAnIban(Refused):
    """This is not a valid account number. It looks like BE71 0961 2345 6769; check each digit."""

    status = 422


class ReplacedAccount(Refused):
    """The payee has a newer bank account. Ask the author to put it on this expense."""


@transaction.atomic
def add_payout_method(*, party: Party, holder: str, iban: str, by: Party) -> PayoutMethod:
    """Remember a bank account; the one used before is retired. Only its mask is ever shown."""
    if not people.may_edit(by, party):
        raise NotAllowed
    try:
        number = str(IBAN(iban, validate_bban=True))
    except SchwiftyException as error:
        raise NotAnIban from error
    current = PayoutMethod.objects.filter(party=party.pk, retired_at=None)
    for method in current:
        if (method.iban, method.holder) == (number, holder):
            return method
    current.update(retired_at=clock.now())
    method = PayoutMethod.objects.create(
        party_id=party.pk, holder=holder, iban=number, mask=rules.mask(number),
        created_at=clock.now(),
    )  # fmt: skip
    activity.record(
        "payout_method.added", subject=f"party:{party.pk}", party=party.pk, by=by.pk, public=False
    )
    return method


@transaction.atomic
def look_at_account(*, expense: Expense, by: Party) -> PayoutMethod | None:
    """Return the full account to pay an expense to, and write down who looked."""
    expense = Expense.objects.select_related("collective", "payee", "payout_method").get(
        pk=expense.pk
    )
    if not policies.may_pay(by, expense):
        raise NotAllowed
    if expense.status not in {Expense.Status.APPROVED, Expense.Status.IN_PAYMENT}:
        raise steps.NotNow
    if expense.status == Expense.Status.APPROVED:
        refuse_replaced(expense)
    if expense.payout_method is not None:
        steps.tell("payout_method.seen", expense, by, public=False)
    return expense.payout_method


def refuse_replaced(expense: Expense) -> None:
    """Refuse to pay to an account that the payee has replaced since it was put on the expense."""
    method = expense.payout_method
    if method is None or method.retired_at is None:
        return
    if PayoutMethod.objects.filter(party=method.party_id, retired_at=None).exists():
        raise ReplacedAccount
