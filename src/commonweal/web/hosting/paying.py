"""Pay runs in words: what to look at, where each payment stands, what remains."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonweal.foundation.money import Money
from commonweal.hosting.models import Host
from commonweal.people.models import Party
from commonweal.spending import policies, rules
from commonweal.spending.models import Payment, PayRun, ReturnReason
from commonweal.spending.queries import runs
from commonweal.spending.queries.checks import Checked, Left, checked, remains
from commonweal.spending.rules.checks import STOPS
from commonweal.web.spending.telling import Badge

# What each check says to the accountant.
CHECKS: dict[str, str | Promise] = {
    "own": _("You asked for it or are paid by it. Somebody else pays it."),
    "no account": _("There is no account to pay to. Ask the payee to add one."),
    "replaced": _("The payee has a newer account. The author has to put it on the expense."),
    "waits": _("The account was changed less than three days ago. Wait, or call the payee."),
    "too little": _("There is not enough in the pot."),
    "other currency": _("Bank files are in euros only. Pay it by hand."),
    "no receipt": _("There is no receipt."),
    "over plan": _("With it the group spends more than it planned."),
    "same receipt": _("The same receipt stands on another expense."),
    "receipt alike": _("A receipt that looks nearly the same stands on another expense."),
    "same invoice": _("This payee has asked for an invoice of this number and amount before."),
    "not for all": _("The pot is not enough for all that its group asks for here."),
    "first": _("This is the first payment to this payee."),
    "changed lately": _("The account was changed within the last month."),
    "shared": _("Another payee uses the same account."),
    "other name": _("The account is in another name than the payee's."),
    "unusual": _("Much more than this group usually pays for such things."),
    "approver": _("Somebody who agreed to it speaks for the payee or is paid on its account."),
}
# Why an expense stayed behind.
_BEHIND: dict[str, str | Promise] = CHECKS | {
    "moved on": _("It changed after it was chosen. Look at it again.")
}
_STATES = {
    Payment.State.CHOSEN: Badge("", "check", _("Chosen")),
    Payment.State.HELD: Badge("todo", "clock", _("On its way")),
    Payment.State.PAID: Badge("good", "check", _("Paid")),
    Payment.State.RETURNED: Badge("bad", "arrow-left", _("Came back")),
    Payment.State.LEFT_OUT: Badge("bad", "x", _("Stayed behind")),
    Payment.State.FREED: Badge("", "x", _("Given up")),
}
_RUNS = {
    PayRun.Status.PREPARED: Badge("todo", "clock", _("To let go")),
    PayRun.Status.RELEASED: Badge("todo", "download", _("Take the file")),
    PayRun.Status.SENT: Badge("todo", "clock", _("At the bank")),
    PayRun.Status.CANCELLED: Badge("", "x", _("Given up")),
}
_DONE = Badge("good", "check", _("Done"))
_STEPS = (_("Chosen"), _("Out of the pots"), _("At the bank"), _("Done"))


@dataclass(frozen=True)
class Row:
    """A line of the list one chooses from, or of what a run is about to pay."""

    checked: Checked
    words: list[tuple[bool, str | Promise]]
    ticked: bool = False


@dataclass(frozen=True)
class PaymentRow:
    """A line of a run: what was paid, what became of it, and why."""

    payment: Payment
    amount: Money
    badge: Badge
    why: str | Promise
    may_return: bool


def choices(host: Host, person: Party, ticked: Collection[int] | None = None) -> list[Row]:
    """Return what may be chosen; at first, what there is nothing to think about is ticked."""
    found = checked(runs.payable(host), host, by=person)
    return [
        _row(one, one.is_plain if ticked is None else one.expense.pk in ticked) for one in found
    ]


def sum_of(rows: Iterable[Row]) -> Money:
    """Return what the ticked lines come to."""
    return rules.total_of((row.checked.amount for row in rows if row.ticked), "EUR")


def overview(found: Iterable[PayRun]) -> list[dict[str, Any]]:
    """Return runs as lines of a list."""
    return [
        {"run": run, "amount": Money(run.total_minor or 0, "EUR"),  # type: ignore[attr-defined]
         "badge": _badge(run, is_open=bool(run.open_count))}  # type: ignore[attr-defined]
        for run in found
    ]  # fmt: skip


def about(run: PayRun, person: Party) -> dict[str, Any]:
    """Return what the page of a run shows, and what its reader may do with it."""
    payments = list(runs.payments_of(run))
    paid = [one for one in payments if one.state != Payment.State.LEFT_OUT]
    held = [one for one in payments if one.state == Payment.State.HELD]
    status = PayRun.Status(run.status)
    prepared = status == PayRun.Status.PREPARED
    released = status in {PayRun.Status.RELEASED, PayRun.Status.SENT}
    return {
        "run": run,
        "badge": _badge(run, is_open=prepared or bool(held)),
        "steps": _steps(run, is_open=prepared or bool(held)),
        "count": len(paid),
        "total": rules.total_of((Money(one.amount_minor, "EUR") for one in paid), "EUR"),
        "rows": [_payment(one, run) for one in payments],
        "may_release": prepared and policies.may_release(person, run),
        "may_cancel": prepared or status == PayRun.Status.RELEASED,
        "may_take": released and bool(held) and len(held) == len(paid),
        "may_mark": released and bool(held),
        "is_over": not prepared and not held,
        "wants_other": prepared and not policies.may_release(person, run),
    }


def before_release(run: PayRun, person: Party) -> tuple[list[Row], list[Left]]:
    """Return what a run is about to pay with what to look at, and what remains in each pot."""
    chosen = [one.expense for one in runs.payments_of(run) if one.state == Payment.State.CHOSEN]
    found = checked(chosen, run.host, by=person)
    fit = [one.expense for one in found if not one.stops and "not for all" not in one.found]
    return [_row(one, ticked=True) for one in found], remains(run.host, fit)


def _row(one: Checked, ticked: bool) -> Row:  # noqa: FBT001 - named where it is unclear
    words = [(check in STOPS, CHECKS[check]) for check in one.found]
    return Row(one, words, ticked=ticked and not one.stops)


def _payment(one: Payment, run: PayRun) -> PaymentRow:
    state = Payment.State(one.state)
    why = _BEHIND.get(one.reason, "") if state == Payment.State.LEFT_OUT else ""
    if state == Payment.State.RETURNED and one.reason in ReturnReason.values:
        why = ReturnReason(one.reason).label
    taken = run.status == PayRun.Status.SENT
    return PaymentRow(
        payment=one, amount=Money(one.amount_minor, one.currency), badge=_STATES[state], why=why,
        may_return=(state == Payment.State.HELD and taken) or state == Payment.State.PAID,
    )  # fmt: skip


def _badge(run: PayRun, *, is_open: bool) -> Badge:
    status = PayRun.Status(run.status)
    released = status in {PayRun.Status.RELEASED, PayRun.Status.SENT}
    return _DONE if released and not is_open else _RUNS[status]


def _steps(run: PayRun, *, is_open: bool) -> list[tuple[str | Promise, str]]:
    """Return the four steps, each done, current or still to come; none for a run given up."""
    if run.status == PayRun.Status.CANCELLED:
        return []
    reached = {"prepared": 0, "released": 1, "sent": 2}[run.status] if is_open else len(_STEPS)
    return [
        (name, "done" if n < reached else "now" if n == reached else "")
        for n, name in enumerate(_STEPS)
    ]
