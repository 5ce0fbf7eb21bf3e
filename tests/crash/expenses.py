"""Scenes of an expense of two categories: handed in, agreed to, paid, come back."""

from __future__ import annotations

from typing import Any

from commonweal.foundation import clock
from commonweal.ledger.models import Chart, Kind, Purpose, Transaction
from commonweal.payments.models import Payout
from commonweal.spending import actions
from commonweal.spending.models import Expense
from crash import city
from crash.city import books, carry_on, gardens, somebody
from spending.conftest import IBAN, item, photo, put_in_the_pot

__all__ = ["books"]

POT = 1_000_000
COST = 1500
Status = Expense.Status


def found() -> None:
    """Let Gardens be hosted and have money, and Alice an account to be paid on."""
    city.found()
    put_in_the_pot(gardens(), POT)
    alice = somebody("alice")
    actions.add_payout_method(party=alice, holder=alice.name, iban=IBAN, by=alice)


def hand_in(run: str) -> None:
    """File, add the receipt, hand in; each only where it has not been done."""
    alice = somebody("alice")
    expense = _known(run) or actions.file(
        collective=gardens(), kind="reimbursement", title=run, by=alice,
        items=[item(1000, Chart.VENUE), item(500, Chart.TRAVEL)],
        payout_method=alice.payout_methods.get(),
    )  # fmt: skip
    if expense.status == Status.DRAFT:
        actions.attach_receipt(expense=expense, content=photo(), name="receipt.jpg", by=alice)
        actions.submit(expense=expense, by=alice)


def agree(run: str) -> None:
    """Let Bob agree, where nobody has."""
    hand_in(run)
    expense = _expense(run)
    if expense.status == Status.SUBMITTED:
        actions.approve(expense=expense, by=somebody("bob"), version=expense.version)


def pay(run: str) -> None:
    """Let Hana take the money out of the pot, where she has not."""
    agree(run)
    expense = _expense(run)
    if expense.status == Status.RETURNED:
        expense = actions.retry(expense=expense, by=somebody("hana"))
    if expense.status == Status.APPROVED:
        actions.pay(expense=expense, by=somebody("hana"))


def mark_paid(run: str) -> None:
    """Let Hana confirm what the bank did, where she has not."""
    pay(run)
    expense = _expense(run)
    if expense.status == Status.IN_PAYMENT:
        actions.mark_paid(expense=expense, on=clock.today(), reference="S-1", by=somebody("hana"))


def bring_back(run: str) -> None:
    """Let the bank send a payment back."""
    expense = _expense(run)
    if expense.status != Status.RETURNED:
        actions.return_payment(
            expense=expense, on=clock.today(), reason="Account closed", by=somebody("hana")
        )


def look(run: str) -> dict[str, Any]:
    """Carry on as the server does by itself, and say how things stand."""
    wrong = books()["wrong"]
    carry_on()
    return {"wrong": wrong, **state(run)}


def _known(run: str) -> Expense | None:
    return Expense.objects.filter(title=run).first()


def _expense(run: str) -> Expense:
    return Expense.objects.get(title=run)


def state(run: str) -> dict[str, Any]:
    """Return where an expense stands, and how often its money moved."""
    expense = _known(run)
    if expense is None:
        return {"status": None}
    posted = list(
        Transaction.objects.filter(refs={"expense": str(expense.number)}).values_list(
            "kind", flat=True
        )
    )
    payouts = Payout.objects.filter(refs={"expense": str(expense.number)})
    return {
        "status": expense.status,
        "approvals": expense.approvals.count(),
        "receipts": expense.receipts.count(),
        "payouts": sorted(payouts.values_list("state", flat=True)),
        **{kind.name: posted.count(kind) for kind in Kind if kind in posted},
    }


def left() -> dict[str, int]:
    """Return what the pot, clearing and the bank hold, in cents."""
    held = books()["held"]
    return {name: held.get(name, 0) for name in (Purpose.FUNDS.name, "PAYOUTS", "BANK")}
