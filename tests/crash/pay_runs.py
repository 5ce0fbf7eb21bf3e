"""Scenes of a pay run of two expenses, one of two categories: chosen, let go, taken, paid, back."""

from __future__ import annotations

from typing import Any

from commonweal.foundation import clock
from commonweal.ledger.models import Chart
from commonweal.payments.models import Payout
from commonweal.spending import actions
from commonweal.spending.models import Expense, Payment, PayRun
from crash import city
from crash.city import books, carry_on, gardens, somebody
from crash.expenses import found, left
from spending.conftest import item, photo

__all__ = ["books", "found", "left"]

Status = PayRun.Status


def agree(run: str) -> None:
    """Let two expenses be agreed to, where that has not been done."""
    alice, bob = somebody("alice"), somebody("bob")
    if Expense.objects.filter(title=run).exists():
        return
    for items in ([item(1000, Chart.VENUE), item(500, Chart.TRAVEL)], [item(700)]):
        expense = actions.file(
            collective=gardens(), kind="reimbursement", title=run, by=alice, items=items,
            payout_method=alice.payout_methods.get(),
        )  # fmt: skip
        actions.attach_receipt(expense=expense, content=photo(), name="slip.jpg", by=alice)
        actions.submit(expense=expense, by=alice)
        actions.approve(expense=expense, by=bob)


def prepare(run: str) -> None:
    """Let Hana choose both, where she has not."""
    agree(run)
    chosen = [one.pk for one in Expense.objects.filter(title=run)]
    if _run(run) is None:
        actions.prepare(host=city.commons(), expenses=chosen, by=somebody("hana"))


def release(run: str) -> None:
    """Let the money go, where it has not."""
    prepare(run)
    _step(run, Status.PREPARED, actions.release)


def take_file(run: str) -> None:
    """Take the file; where it was taken, take it again."""
    release(run)
    actions.take_file(run=_known(run), by=somebody("hana"))


def settle(run: str) -> None:
    """Let the bank have paid all of it, where nobody has said so."""
    found = _known(run)
    if found.payments.filter(state=Payment.State.HELD).exists():
        actions.mark_run_paid(run=found, on=clock.today(), reference="S-1", by=somebody("hana"))


def bring_back(run: str) -> None:
    """Let the bank send one of them back, where it has not."""
    expense = Expense.objects.filter(title=run).order_by("pk")[0]
    if expense.status != Expense.Status.RETURNED:
        actions.return_payment(
            expense=expense, on=clock.today(), reason="", code="AC04", by=somebody("hana")
        )


def give_up(run: str) -> None:
    """Give a released run up, where nobody has."""
    _step(run, Status.RELEASED, actions.cancel)


def look(run: str) -> dict[str, Any]:
    """Carry on as the server does by itself, and say how things stand."""
    wrong = books()["wrong"]
    carry_on()
    return {"wrong": wrong, **state(run)}


def state(run: str) -> dict[str, Any]:
    """Return where a run and its expenses stand, and how their money does."""
    found = _run(run)
    expenses = Expense.objects.filter(title=run).order_by("pk")
    refs = [{"expense": str(one.number)} for one in expenses]
    return {
        "run": found.status if found else None,
        "file": bool(found and found.file),
        "expenses": [one.status for one in expenses],
        "payments": [one.state for one in found.payments.order_by("pk")] if found else [],
        "payouts": [one.state for one in Payout.objects.filter(refs__in=refs).order_by("pk")],
    }


def _run(run: str) -> PayRun | None:
    return PayRun.objects.filter(payments__expense__title=run).distinct().first()


def _known(run: str) -> PayRun:
    found = _run(run)
    assert found is not None
    return found


def _step(run: str, status: Status, act: Any) -> None:
    found = _known(run)
    if found.status == status:
        act(run=found, by=somebody("hana"))
