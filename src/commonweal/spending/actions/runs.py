"""Pay runs: many expenses paid with one file. Each step is whole or not at all, and taken once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max

from commonweal.activity import actions as activity
from commonweal.foundation import clock, ids
from commonweal.foundation.banking_days import banking_day_from
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Host
from commonweal.ledger.actions import NotEnough
from commonweal.payments import actions as payments
from commonweal.payments import queries as payment_queries
from commonweal.payments.port import PayoutOrder, PayoutRequest
from commonweal.people.models import Party
from commonweal.spending import policies, queries, rules
from commonweal.spending.actions import methods, paying, steps
from commonweal.spending.models import Expense, Payment, PayRun, PayTerms
from commonweal.spending.policies.moves import is_inside
from commonweal.spending.queries import runs

MOST_PAYMENTS = 500
CURRENCY = "EUR"

# Why an expense stays behind at release, by what refused it; the more exact first.
_LEFT_OUT: tuple[tuple[type[Refused], str], ...] = (
    (NotEnough, "too little"),
    (methods.ReplacedAccount, "replaced"),
    (methods.AccountWaits, "waits"),
    (paying.NoWhereToPay, "no account"),
    (NotAllowed, "own"),
    (Refused, "moved on"),
)


class NothingChosen(Refused):
    """Choose at least one expense to pay."""

    status = 422


class TooMany(Refused):
    """One file holds 500 payments at most. Choose fewer, and pay the others after."""

    status = 422


class ChosenElsewhere(Refused):
    """Something you chose has moved on, or is in another pay run. Reload the page and look."""


class NoBankAccount(Refused):
    """We do not know from which bank account you pay. Add it under share, terms, account."""


class OwnInRun(NotAllowed):
    """Nobody pays their own expense: one of these is yours. Somebody else chooses it."""


class RunMovedOn(Refused):
    """This pay run has moved on. Reload the page to see where it stands."""


class SecondPerson(NotAllowed):
    """Two persons pay here: somebody else than who prepared it lets it go."""


class NothingFits(Refused):
    """Nothing of it can be paid now; the list says why. No money has moved."""


class FileClosed(Refused):
    """The bank has begun with this file, so it cannot be taken again: nobody is paid twice."""


@transaction.atomic
def set_pay_terms(
    *, host: Host, second_person: bool, second_lock: bool, file_kind: str, as_one: bool, by: Party
) -> PayTerms:
    """Say who lets money go at a host, and which file its bank takes."""
    if not policies.may_set_terms(by, host):
        raise NotAllowed
    terms, _ = PayTerms.objects.update_or_create(
        host=host,
        defaults={
            "second_person": second_person, "second_lock": second_lock,
            "file_kind": runs.file_kind(file_kind), "as_one": as_one,
        },
    )  # fmt: skip
    activity.record(
        "pay_terms.set", subject=f"host:{host.pk}", party=host.pk, by=by.pk, public=False,
        second_person=second_person, second_lock=second_lock,
    )  # fmt: skip
    return terms


@transaction.atomic
def prepare(
    *, host: Host, expenses: Collection[int], by: Party, execute_on: date | None = None
) -> PayRun:
    """Choose approved expenses to pay together. No money moves; each is in one run at a time."""
    if not policies.may_prepare(by, host):
        raise NotAllowed
    if not expenses:
        raise NothingChosen
    if len(set(expenses)) > MOST_PAYMENTS:
        raise TooMany
    Host.objects.select_for_update(of=("self",), no_key=True).get(pk=host.pk)
    chosen = _lock_expenses(expenses)
    _refuse_unchoosable(host, chosen, wanted=len(set(expenses)), by=by)
    highest = PayRun.objects.filter(host=host).aggregate(top=Max("number"))["top"]
    run = PayRun.objects.create(
        uuid=ids.uuid7(), host=host, number=(highest or 0) + 1, created_by=by,
        created_at=clock.now(), execute_on=_day(execute_on),
    )  # fmt: skip
    Payment.objects.bulk_create(
        Payment(
            run=run, expense=one, version=one.version, amount_minor=one.amount_minor,
            currency=one.currency,
        )
        for one in chosen
    )  # fmt: skip
    for one in chosen:
        steps.moved(one, "choose")
        steps.tell("expense.chosen", one, by)
    _tell("pay_run.prepared", run, by)
    return run


@transaction.atomic
def release(*, run: PayRun, by: Party) -> PayRun:
    """Take the money of a run out of the pots and write the file, all in one transaction.

    What does not fit any more stays behind, each with its reason; the rest is paid.
    """
    run = _locked(run, PayRun.Status.PREPARED)
    if not policies.may_prepare(by, run.host):
        raise NotAllowed
    if not policies.may_release(by, run):
        raise SecondPerson
    if not run.host.iban:
        raise NoBankAccount
    expenses = _lock_expenses(run.payments.values_list("expense", flat=True))
    chosen = {one.expense_id: one for one in run.payments.filter(state=Payment.State.CHOSEN)}
    held = [
        expense
        for expense in _by_pot(run.host, [one for one in expenses if one.pk in chosen])
        if _is_held(chosen[expense.pk], expense, by)
    ]
    if not held:
        raise NothingFits
    run.status, run.released_by, run.released_at = PayRun.Status.RELEASED, by, clock.now()
    run.execute_on = _day(run.execute_on)
    _write_file(run, sorted(held, key=lambda one: one.pk))
    run.save()
    _tell("pay_run.released", run, by)
    return run


@transaction.atomic
def take_file(*, run: PayRun, by: Party) -> tuple[str, bytes]:
    """Return the kind and the bytes of the file, the same each time; from then on it is sent.

    Each number in it was seen by whoever takes it, and its owner can read that.
    """
    run = _locked(run, PayRun.Status.RELEASED, PayRun.Status.SENT)
    if not policies.may_prepare(by, run.host):
        raise NotAllowed
    expenses = _lock_expenses(run.payments.values_list("expense", flat=True))
    paid = {one.expense_id: one for one in run.payments.exclude(state=Payment.State.LEFT_OUT)}
    if any(one.state != Payment.State.HELD for one in paid.values()):
        raise FileClosed
    for expense in expenses:
        if expense.pk in paid:
            methods.note_look(expense, by)
    if run.status == PayRun.Status.RELEASED:
        told = queries.payouts(*(one for one in expenses if one.pk in paid))
        payments.send_payouts(payouts=[one.pk for one in told], by=by)
        run.status, run.sent_at = PayRun.Status.SENT, clock.now()
        run.save(update_fields=["status", "sent_at"])
    _tell("pay_run.file_taken", run, by)
    return run.file_kind, run.file.encode()


@transaction.atomic
def cancel(*, run: PayRun, by: Party) -> PayRun:
    """Give up a run whose file nobody has: its money goes back to the pots, its expenses wait."""
    run = _locked(run, PayRun.Status.PREPARED, PayRun.Status.RELEASED)
    if not policies.may_prepare(by, run.host):
        raise NotAllowed
    expenses = _lock_expenses(run.payments.values_list("expense", flat=True))
    living = run.payments.filter(state__in=[Payment.State.CHOSEN, Payment.State.HELD])
    was = dict(living.values_list("expense", "state"))
    living.update(state=Payment.State.FREED)
    for expense in expenses:
        if expense.pk in was:
            _let_wait(expense, was[expense.pk], by)
    run.status = PayRun.Status.CANCELLED
    run.save(update_fields=["status"])
    _tell("pay_run.cancelled", run, by)
    return run


@transaction.atomic
def mark_run_paid(*, run: PayRun, on: date, reference: str, by: Party) -> PayRun:
    """Record that the bank paid all of a run that is still open, on a day and as one reference."""
    run = _locked(run, PayRun.Status.RELEASED, PayRun.Status.SENT)
    if not policies.may_prepare(by, run.host):
        raise NotAllowed
    held = run.payments.filter(state=Payment.State.HELD)
    expenses = _lock_expenses(held.values_list("expense", flat=True))
    if not expenses:
        raise RunMovedOn
    for expense in expenses:
        paying.mark_paid(expense=expense, on=on, reference=reference, by=by)
    _tell("pay_run.paid", run, by)
    return run


def _let_wait(expense: Expense, was: str, by: Party) -> None:
    """Let an expense of a run that is given up wait to be paid, with its money in the pot."""
    if was == Payment.State.HELD:
        paying.give_back(expense=expense, on=clock.today(), by=by)
    else:
        steps.moved(expense, "leave")
    steps.tell("expense.freed", expense, by)


def _locked(run: PayRun, *statuses: PayRun.Status) -> PayRun:
    """Return a run as it stands, locked until the transaction ends, if it is where it must be.

    Who locks a run locks its expenses after it, in order of their number.
    """
    found = (
        PayRun.objects.select_for_update(of=("self",)).select_related("host__party").get(pk=run.pk)
    )
    if found.status not in statuses:
        raise RunMovedOn
    return found


def _lock_expenses(numbers: Iterable[int]) -> list[Expense]:
    found = Expense.objects.select_for_update(of=("self",)).select_related(
        "collective", "author", "payee", "payout_method"
    )
    return list(found.filter(pk__in=list(numbers)).order_by("pk"))


def _refuse_unchoosable(host: Host, chosen: list[Expense], *, wanted: int, by: Party) -> None:
    taken = runs.taken(one.pk for one in chosen)
    here = runs.hosted_by(host, (one.collective_id for one in chosen))
    fit = [
        one
        for one in chosen
        if one.pk not in taken
        and one.collective_id in here
        and one.currency == CURRENCY
        and rules.may_follow("choose", one.status)
        and not is_inside(one)
    ]
    if len(fit) != wanted:
        raise ChosenElsewhere
    if any(policies.is_own(by, one) for one in fit):
        raise OwnInRun


def _by_pot(host: Host, expenses: list[Expense]) -> list[Expense]:
    """Return expenses in the order of their pots, so that two runs never wait for each other."""
    pots = runs.pot_accounts(host, {one.collective_id for one in expenses})
    return sorted(expenses, key=lambda one: (pots.get(one.collective_id, 0), one.pk))


def _is_held(payment: Payment, expense: Expense, by: Party) -> bool:
    """Take the money of one expense out of its pot, or write down why it stays behind."""
    try:
        if expense.version != payment.version or not _is_hosted(payment, expense):
            raise steps.NotNow
        paid = paying.pay(expense=expense, by=by)
    except Refused as refusal:
        if expense.status == Expense.Status.SCHEDULED:
            steps.moved(expense, "leave")
        payment.state = Payment.State.LEFT_OUT
        payment.reason = next(why for kind, why in _LEFT_OUT if isinstance(refusal, kind))
        payment.save(update_fields=["state", "reason"])
        return False
    payment.state, payment.reason = Payment.State.HELD, ""
    payment.attempt = paid.payout_attempt
    payment.save(update_fields=["state", "reason", "attempt"])
    return True


def _is_hosted(payment: Payment, expense: Expense) -> bool:
    hosting_now = hosting.current(expense.collective)
    return hosting_now is not None and hosting_now.host_id == payment.run.host_id


def _write_file(run: PayRun, expenses: list[Expense]) -> None:
    """Write the file while the transaction still can undo everything, and keep it encrypted."""
    terms = PayTerms.objects.filter(host=run.host_id).first()
    run.file_kind = runs.file_kind(terms.file_kind if terms else "")
    order = PayoutOrder(
        key=run.uuid, holder=run.host.account_holder, iban=run.host.iban, bic=run.host.bic,
        execute_on=run.execute_on, written_at=clock.now(),
        batch=[_request(one) for one in expenses], as_one=terms.as_one if terms else True,
    )  # fmt: skip
    run.file = payment_queries.payout_files()[run.file_kind].write(order).decode()


def _request(expense: Expense) -> PayoutRequest:
    assert expense.payout_method is not None
    expense.refresh_from_db(fields=["payout_attempt"])
    payouts = queries.payouts(expense)
    assert sum(one.amount_minor for one in payouts) == expense.amount_minor
    return PayoutRequest(
        key=payments.bundle_payouts(payouts=payouts, by=None),
        amount=Money(expense.amount_minor, expense.currency),
        name=expense.payout_method.holder,
        iban=expense.payout_method.iban,
        reference=expense.reference or expense.invoice_number,
        message=rules.message(
            collective=expense.collective.name, number=expense.number, title=expense.title,
            invoice_number=expense.invoice_number,
        ),
    )  # fmt: skip


def _day(wanted: date | None) -> date:
    """Return the banking day on which the bank is asked to pay, today or later."""
    today = clock.today()
    return banking_day_from(max(wanted or today, today))


def _tell(kind: str, run: PayRun, by: Party) -> None:
    activity.record(
        kind, subject=f"pay_run:{run.pk}", party=run.host_id, by=by.pk, public=False,
        number=run.number,
    )  # fmt: skip
