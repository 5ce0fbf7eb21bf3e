"""Paying: the money leaves the pot for clearing, then the bank account, once."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_noop as _

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import Refused
from commonweal.foundation.money import Money
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Hosting
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Chart, Kind
from commonweal.ledger.rules import Draft, Posting, Private
from commonweal.payments import actions as payments
from commonweal.people.models import Party
from commonweal.spending import queries, rules
from commonweal.spending.actions import granting, methods, steps
from commonweal.spending.models import Expense, Payment, PayRun, ReturnReason
from commonweal.spending.policies.refusals import NoHost

__all__ = ["NoHost"]

RAIL = "transfer"
_TOO_LITTLE = _(
    "There is not enough money in the pot for this: it holds %(pot)s, and this costs %(cost)s. "
    "Wait until more is given, or pay a smaller expense first."
)


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
    expense = steps.taken(expense, "pay", by)
    hosting_now = _hosting_of(expense.collective)
    if expense.payout_method is None:
        raise NoWhereToPay
    methods.refuse_unpayable(expense)
    expense.payout_attempt += 1
    expense.save(update_fields=["payout_attempt"])
    try:
        _hold(expense, hosting_now, by)
    except ledger.NotEnough as error:
        raise _too_little(expense) from error
    steps.moved(expense, "pay")
    steps.tell("expense.in_payment", expense, by)
    return expense


@transaction.atomic
def pass_on(*, expense: Expense, by: Party) -> Expense:
    """Move a grant from pot to pot within the books of one host; it is paid at once."""
    expense = steps.taken(expense, "pass_on", by)
    ours = _hosting_of(expense.collective)
    theirs = _hosting_of(granting.receiver(expense.collective, expense.payee))
    try:
        _move(expense, ours, theirs)
    except ledger.NotEnough as error:
        raise _too_little(expense) from error
    expense.paid_on = clock.today()
    expense.save(update_fields=["paid_on"])
    steps.moved(expense, "pass_on")
    steps.tell("expense.passed_on", expense, by)
    return expense


@transaction.atomic
def mark_paid(*, expense: Expense, on: date, reference: str, by: Party) -> Expense:
    """Record that the bank account has paid, on a day and with the bank's reference."""
    expense = steps.taken(expense, "mark_paid", by)
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

    What was not sent waits to be paid again; what came back has to be put right first. `reason` is
    for everybody; `code`, the bank's, is for the payee, who is told what to do.
    """
    step: rules.Step = "give_back" if code == ReturnReason.NOT_SENT else "return"
    expense = steps.taken(expense, step, by)
    _refuse_in_untaken_file(expense)
    give_back(expense=expense, on=on, by=by, step=step)
    _follow(expense, Payment.State.RETURNED, code)
    steps.tell("expense.returned", expense, by, note=reason)
    if step == "return":
        steps.tell("expense.bounced", expense, by, public=False, code=code)
    return expense


@transaction.atomic
def retry(*, expense: Expense, by: Party) -> Expense:
    """Let what came back be paid again as it is; who agreed has agreed."""
    expense = steps.moved(steps.taken(expense, "retry", by), "retry")
    steps.tell("expense.retried", expense, by)
    return expense


@transaction.atomic
def give_back(*, expense: Expense, on: date, by: Party, step: rules.Step = "give_back") -> Expense:
    """Reverse the payouts of an expense that is locked, and let it wait."""
    payouts = queries.payouts(expense)
    if not payouts:
        raise PaidElsewhere
    for payout in payouts:
        payments.return_payout(payout=payout, on=on, by=by, private=_told(expense))
    expense.paid_on = None
    expense.save(update_fields=["paid_on"])
    return steps.moved(expense, step)


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


@transaction.atomic
def _move(expense: Expense, ours: Hosting, theirs: Hosting) -> None:
    minor = expense.amount_minor
    legs = (
        Posting(hosting.funds_account(ours), -minor, Kind.TRANSFER),
        Posting(hosting.funds_account(theirs), minor, Kind.TRANSFER),
    )
    ledger.post(
        Draft(
            queries.passed_on(expense), Kind.TRANSFER, legs, clock.today(), host=ours.host_id,
            category=Chart.TRANSFERS_OUT, refs={"expense": str(expense.number)},
            private=_told_to_both(expense),
        )
    )  # fmt: skip


def _refs(expense: Expense) -> dict[str, str]:
    """Return what the ledger's transactions belong to, in public."""
    refs = {"expense": str(expense.number)}
    return refs | {"activity": str(expense.activity_id)} if expense.activity_id else refs


def _too_little(expense: Expense) -> ledger.NotEnough:
    cost, pot = Money(expense.amount_minor, expense.currency), queries.in_the_pot(expense)
    return ledger.NotEnough(_TOO_LITTLE, pot=pot, cost=cost)


def _hosting_of(collective: Collective) -> Hosting:
    found = hosting.current(collective)
    assert found is not None, "who may pay handles its host's money"
    return found


def _shares(expense: Expense) -> list[tuple[int, Money]]:
    items = expense.items.values_list("category", "amount_minor")
    return rules.by_category((one, Money(minor, expense.currency)) for one, minor in items)


def _told(expense: Expense) -> tuple[Private, ...]:
    return (
        Private("description", expense.title),
        Private("counterparty", expense.payee.name, party=expense.payee_id),
    )


def _told_to_both(expense: Expense) -> tuple[Private, ...]:
    """Say of a grant from pot to pot who gave and who got it, since both read the same words."""
    return (
        Private("description", expense.title),
        Private("counterparty", f"{expense.collective.name} → {expense.payee.name}"),
    )
