"""Paying: the money leaves the pot for clearing, then the bank account, once."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_noop as _

from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Hosting
from commonweal.ledger.actions import NotEnough
from commonweal.ledger.rules import Private
from commonweal.payments import actions as payments
from commonweal.people.models import Party
from commonweal.spending import policies, queries, rules
from commonweal.spending.actions import methods, steps
from commonweal.spending.models import Expense, Payment, PayRun, ReturnReason

RAIL = "transfer"
_TOO_LITTLE = _(
    "There is not enough money in the pot for this: it holds %(pot)s, and this costs %(cost)s. "
    "Wait until more is given, or pay a smaller expense first."
)


class NoHost(Refused):
    """Nobody holds money for this group, so nothing can be paid from it."""


class NoWhereToPay(Refused):
    """There is no bank account to pay to. Ask the payee to add one."""


class NotYet(Refused):
    """This day is still to come. Write the day that the bank statement shows."""

    status = 422


class InUntakenFile(Refused):
    """This is in a file that nobody has taken to the bank yet. Cancel its pay run instead."""


class PaidElsewhere(Refused):
    """This expense was paid before the group came here, so nothing can come back here."""


@transaction.atomic
def pay(*, expense: Expense, by: Party) -> Expense:
    """Take the money out of the pot, ready to be transferred; never more than is there.

    An expense of several categories becomes one payout for each, held and paid together, because
    a ledger transaction has one category.
    """
    expense = steps.locked(expense, "pay")
    hosting_now = _allowed(expense, by)
    if expense.payout_method is None:
        raise NoWhereToPay
    methods.refuse_unpayable(expense)
    expense.payout_attempt += 1
    expense.save(update_fields=["payout_attempt"])
    try:
        _hold(expense, hosting_now, by)
    except NotEnough as error:
        raise _too_little(expense) from error
    steps.moved(expense, "pay")
    steps.tell("expense.in_payment", expense, by)
    return expense


@transaction.atomic
def mark_paid(*, expense: Expense, on: date, reference: str, by: Party) -> Expense:
    """Record that the bank account has paid, on a day and with the bank's reference."""
    expense = steps.locked(expense, "mark_paid")
    _allowed(expense, by)
    if on > clock.today():
        raise NotYet
    return settle_payment(expense=expense, on=on, reference=reference, by=by)


@transaction.atomic
def settle_payment(*, expense: Expense, on: date, reference: str, by: Party | None) -> Expense:
    """Let an expense be paid, because the bank's statement shows it or a person says so."""
    expense = steps.locked(expense, "mark_paid")
    for payout in queries.payouts(expense):
        payments.confirm_payout(payout=payout, on=on, reference=reference, by=by)
    expense.paid_on = on
    expense.save(update_fields=["paid_on"])
    steps.moved(expense, "mark_paid")
    _follow(expense, Payment.State.PAID)
    steps.tell("expense.paid", expense, by)
    return expense


@transaction.atomic
def unsettle_payment(*, expense: Expense, by: Party | None) -> Expense:
    """Let an expense wait for its payment again: what was taken for it was something else."""
    expense = steps.locked(expense, "unpay")
    expense.paid_on = None
    expense.save(update_fields=["paid_on"])
    steps.moved(expense, "unpay")
    Payment.objects.filter(
        expense=expense, attempt=expense.payout_attempt, state=Payment.State.PAID
    ).update(state=Payment.State.HELD)
    steps.tell("expense.unpaid", expense, by)
    return expense


@transaction.atomic
def return_payment(
    *, expense: Expense, on: date, reason: str, by: Party, code: str = ""
) -> Expense:
    """Put the money back into the pot, because it was not sent or came back.

    `reason` is for everybody; `code`, the bank's, is for the payee, who is told what to do.
    """
    expense = steps.locked(expense, "return")
    _allowed(expense, by)
    _refuse_in_untaken_file(expense)
    give_back(expense=expense, on=on, by=by)
    _follow(expense, Payment.State.RETURNED, code)
    steps.tell("expense.returned", expense, by, note=reason)
    if code != ReturnReason.NOT_SENT:
        steps.tell("expense.bounced", expense, by, public=False, code=code)
    return expense


@transaction.atomic
def give_back(*, expense: Expense, on: date, by: Party) -> Expense:
    """Reverse the payouts of an expense that is locked, and let it wait to be paid again."""
    payouts = queries.payouts(expense)
    if not payouts:
        raise PaidElsewhere
    for payout in payouts:
        payments.return_payout(payout=payout, on=on, by=by, private=_told(expense))
    expense.paid_on = None
    expense.save(update_fields=["paid_on"])
    return steps.moved(expense, "return")


def _refuse_in_untaken_file(expense: Expense) -> None:
    """Refuse to take one payment out of a file that waits to be given to the bank whole."""
    waiting = Payment.objects.filter(
        expense=expense, attempt=expense.payout_attempt, state=Payment.State.HELD,
        run__status=PayRun.Status.RELEASED,
    )  # fmt: skip
    if waiting.exists():
        raise InUntakenFile


def _follow(expense: Expense, state: Payment.State, code: str = "") -> None:
    """Let the pay run of an expense, if there is one, show what became of it."""
    Payment.objects.filter(
        expense=expense, attempt=expense.payout_attempt,
        state__in=[Payment.State.HELD, Payment.State.PAID],
    ).update(state=state, reason=code)  # fmt: skip


@transaction.atomic
def _hold(expense: Expense, hosting_now: Hosting, by: Party) -> None:
    for category, amount in _shares(expense):
        payments.hold_payout(
            subject=f"{queries.subject(expense)}:{category}",
            attempt=expense.payout_attempt,
            host=hosting_now.host,
            rail=RAIL,
            funds_account=hosting.funds_account(hosting_now),
            amount=amount,
            category=category,
            private=_told(expense),
            refs=_refs(expense),
            by=by,
        )


def _refs(expense: Expense) -> dict[str, str]:
    """Return what the ledger's transactions belong to, in public."""
    refs = {"expense": str(expense.number)}
    return refs | {"activity": str(expense.activity_id)} if expense.activity_id else refs


def _too_little(expense: Expense) -> NotEnough:
    cost, pot = Money(expense.amount_minor, expense.currency), queries.in_the_pot(expense)
    return NotEnough(_TOO_LITTLE, pot=pot, cost=cost)


def _allowed(expense: Expense, by: Party) -> Hosting:
    hosting_now = hosting.current(expense.collective)
    if hosting_now is None:
        raise NoHost
    if not policies.may_pay(by, expense):
        raise steps.OwnExpense if policies.is_own(by, expense) else NotAllowed
    return hosting_now


def _shares(expense: Expense) -> list[tuple[int, Money]]:
    items = expense.items.values_list("category", "amount_minor")
    return rules.by_category((one, Money(minor, expense.currency)) for one, minor in items)


def _told(expense: Expense) -> tuple[Private, ...]:
    return (
        Private("description", expense.title),
        Private("counterparty", expense.payee.name, party=expense.payee_id),
    )
