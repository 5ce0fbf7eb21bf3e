"""Scenes of an expense of two categories: handed in, agreed to, paid, come back."""

from __future__ import annotations

from typing import Any

import cast
from commonweal.collectives.models import Collective
from commonweal.conversations.models import Comment
from commonweal.foundation import clock
from commonweal.hosting import actions as hosting
from commonweal.ledger.models import Chart, Kind, Purpose, Transaction
from commonweal.payments.models import Payout
from commonweal.people import actions as people
from commonweal.people.models import Role
from commonweal.places.models import Place
from commonweal.spending import actions, queries
from commonweal.spending.models import Expense
from crash import city
from crash.city import books, carry_on, gardens, somebody
from spending.conftest import IBAN, item, photo, put_in_the_pot

__all__ = ["books"]

_TOLD = ["expense.held", "expense.changes_asked", "expense.passed_on"]
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


def found_compost() -> None:
    """Let there be another group of Commons House, and Elena run Gardens with Bob."""
    found()
    cleo, elena = cast.person("Cleo Mertens"), cast.person("Elena Rossi")
    people.grant(person=elena, party=gardens(), role=Role.ADMIN, by=somebody("bob"))
    compost = cast.start(cleo, Place.objects.get(slug="brussels"), "Compost")
    asked = hosting.apply(collective=compost, host=city.commons(), message="Hello", by=cleo)
    hosting.approve(application=asked, by=somebody("hana"))


def grant(run: str) -> None:
    """Let Elena file a grant to Compost and Bob agree to it, where that has not been done."""
    if _known(run) is None:
        given = actions.file_grant(
            collective=gardens(), payee=Collective.objects.get(slug="compost"), purpose="Wood",
            item=item(COST, Chart.TRANSFERS_OUT, run), by=somebody("elena"),
        )  # fmt: skip
        actions.approve(expense=given, by=somebody("bob"))


def pass_on(run: str) -> None:
    """Let Hana move it from pot to pot, where she has not."""
    expense = _expense(run)
    if expense.status == Status.APPROVED:
        actions.pass_on(expense=expense, by=somebody("hana"))


def hold(run: str) -> None:
    """Let Hana park an expense, with a word for those who pay, where she has not."""
    expense = _expense(run)
    if expense.status == Status.APPROVED:
        actions.hold(expense=expense, reason="Wait", private_note="Odd", by=somebody("hana"))


def ask(run: str) -> None:
    """Let Bob ask for a change, where nobody has."""
    expense = _expense(run)
    if expense.status == Status.SUBMITTED:
        actions.ask_for_changes(expense=expense, reason="When?", by=somebody("bob"))


def told(run: str) -> dict[str, Any]:
    """Return where an expense stands, how often that was told, and what its money did."""
    expense = _expense(run)
    refs = {"expense": str(expense.number)}
    return {
        "status": expense.status,
        "facts": queries.timeline(expense).filter(kind__in=_TOLD).count(),
        "words": Comment.objects.filter(subject=queries.subject(expense)).count(),
        "moved": Transaction.objects.filter(refs=refs, kind=Kind.TRANSFER).count(),
    }


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
