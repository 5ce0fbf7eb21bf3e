"""Filing, agreeing to and paying expenses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from commonweal.activity import queries as activity
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.hosting.models import Host
from commonweal.ledger.actions import NotEnough
from commonweal.ledger.models import Chart
from commonweal.people import actions as people
from commonweal.people.models import Party, Role
from commonweal.spending import actions, queries
from commonweal.spending.models import Expense, PayoutMethod
from spending.conftest import IBAN, filed, item, photo, put_in_the_pot


def test_an_expense_goes_from_receipt_to_paid(
    approved: Expense, carol: Party, in_the_pot: Callable[[], int]
) -> None:
    paying = actions.pay(expense=approved, by=carol)
    assert in_the_pot() == 750
    paid = actions.mark_paid(expense=paying, on=date(2026, 11, 23), reference="S-1", by=carol)

    assert paid.status == Expense.Status.PAID
    assert [fact.kind for fact in queries.timeline(paid)] == [
        "expense.submitted", "expense.approved", "expense.in_payment", "expense.paid",
    ]  # fmt: skip


def test_nobody_agrees_to_their_own(gardens: Collective, bob: Party) -> None:
    expense = actions.submit(expense=filed(gardens, bob), by=bob)

    with pytest.raises(NotAllowed, match="their own expense"):
        actions.approve(expense=expense, by=bob)


def test_nobody_pays_their_own(gardens: Collective, bob: Party, carol: Party) -> None:
    put_in_the_pot(gardens, 2000)
    expense = actions.submit(expense=filed(gardens, carol), by=carol)
    actions.approve(expense=expense, by=bob)

    with pytest.raises(NotAllowed, match="their own expense"):
        actions.pay(expense=expense, by=carol)


def test_no_more_is_paid_than_is_there(
    submitted: Expense, bob: Party, carol: Party, in_the_pot: Callable[[], int]
) -> None:
    put_in_the_pot(submitted.collective, 1249)
    actions.approve(expense=submitted, by=bob)

    with pytest.raises(NotEnough):
        actions.pay(expense=submitted, by=carol)

    submitted.refresh_from_db()
    assert submitted.status == Expense.Status.APPROVED
    assert in_the_pot() == 1249


def test_paying_twice_is_refused_and_moves_money_once(
    approved: Expense, carol: Party, in_the_pot: Callable[[], int]
) -> None:
    actions.pay(expense=approved, by=carol)

    with pytest.raises(actions.NotNow):
        actions.pay(expense=approved, by=carol)

    assert in_the_pot() == 750


def test_each_category_is_in_the_ledger(
    gardens: Collective, alice: Party, bob: Party, carol: Party, in_the_pot: Callable[[], int]
) -> None:
    put_in_the_pot(gardens, 5000)
    two = [item(1000, Chart.VENUE), item(300, Chart.TRAVEL), item(200, Chart.VENUE)]
    expense = actions.submit(expense=filed(gardens, alice, *two), by=alice)
    actions.approve(expense=expense, by=bob)

    expense = actions.pay(expense=expense, by=carol)
    actions.mark_paid(expense=expense, on=date(2026, 11, 23), reference="", by=carol)

    assert in_the_pot() == 3500
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT category_id, sum(amount) FROM ledger_entry JOIN ledger_transaction t"
            " ON t.id = transaction_id WHERE t.kind = 5 AND seq IS NOT NULL GROUP BY 1 ORDER BY 1"
        )
        assert cursor.fetchall() == [(Chart.VENUE, -1200), (Chart.TRAVEL, -300)]


def test_a_payment_that_comes_back_can_be_made_again(
    approved: Expense, carol: Party, in_the_pot: Callable[[], int]
) -> None:
    expense = actions.pay(expense=approved, by=carol)
    expense = actions.mark_paid(expense=expense, on=date(2026, 11, 20), reference="", by=carol)

    expense = actions.return_payment(
        expense=expense, on=date(2026, 11, 22), reason="Account closed", by=carol
    )
    assert (expense.status, in_the_pot()) == ("returned", 2000)
    with pytest.raises(actions.NotNow):
        actions.pay(expense=expense, by=carol)
    expense = actions.pay(expense=actions.retry(expense=expense, by=carol), by=carol)
    actions.mark_paid(expense=expense, on=date(2026, 11, 23), reference="", by=carol)

    assert in_the_pot() == 750


def test_changing_an_agreed_expense_asks_for_agreement_again(
    approved: Expense, alice: Party, bob: Party, carol: Party
) -> None:
    changed = actions.edit(
        expense=approved, title="More seeds", items=[item(1900)], by=alice,
        payout_method=approved.payout_method,
    )  # fmt: skip

    assert (changed.status, changed.version) == (Expense.Status.SUBMITTED, 2)
    with pytest.raises(actions.NotNow):
        actions.pay(expense=changed, by=carol)
    with pytest.raises(actions.NotNow):
        actions.approve(expense=changed, by=bob, version=1)


def test_declining_says_why(submitted: Expense, bob: Party) -> None:
    with pytest.raises(Refused, match="Say why"):
        actions.decline(expense=submitted, reason=" ", by=bob)

    actions.decline(expense=submitted, reason="We have seeds.", by=bob)

    facts = activity.timeline(queries.subject(submitted))
    assert facts.last().note == "We have seeds."  # type: ignore[union-attr]


def test_numbers_have_no_gap(gardens: Collective, alice: Party) -> None:
    numbers = [filed(gardens, alice, title=f"Thing {n}").number for n in range(3)]

    assert numbers == [1, 2, 3]


def test_a_receipt_is_needed(gardens: Collective, alice: Party) -> None:
    method = actions.add_payout_method(party=alice, holder="Alice", iban=IBAN, by=alice)
    expense = actions.file(
        collective=gardens, kind="reimbursement", title="Soil", items=[item(500)], by=alice,
        payout_method=method,
    )  # fmt: skip

    with pytest.raises(Refused, match="receipt"):
        actions.submit(expense=expense, by=alice)


@pytest.mark.parametrize("amounts", [[], [0], [-5], [100, 0]])
def test_an_expense_costs_something(gardens: Collective, alice: Party, amounts: list[int]) -> None:
    items = [item(amount) for amount in amounts]

    with pytest.raises(actions.NothingToPay):
        actions.file(collective=gardens, kind="reimbursement", title="x", items=items, by=alice)


def test_money_goes_to_an_account_of_the_payee(
    gardens: Collective, alice: Party, dan: Party
) -> None:
    mine = actions.add_payout_method(party=dan, holder="Dan", iban=IBAN, by=dan)

    with pytest.raises(NotAllowed):
        actions.file(
            collective=gardens, kind="reimbursement", title="x", items=[item(5)], by=alice,
            payout_method=mine,
        )  # fmt: skip


def test_an_organization_can_be_paid_by_whoever_speaks_for_it(
    gardens: Collective, alice: Party, dan: Party
) -> None:
    shop = people.create_organization(name="Seed Shop", by=alice)

    expense = actions.file(
        collective=gardens, kind="invoice", title="x", items=[item(5)], by=alice, payee=shop
    )

    assert expense.payee_id == shop.pk
    with pytest.raises(NotAllowed):
        actions.file(
            collective=gardens, kind="invoice", title="x", items=[item(5)], by=dan, payee=shop
        )


@pytest.mark.parametrize("iban", ["", "BE00 0000 0000 0000", "hello", "BE68 5390 0754 7035"])
def test_a_wrong_account_number_is_pointed_out(alice: Party, iban: str) -> None:
    with pytest.raises(actions.NotAnIban, match="check each digit"):
        actions.add_payout_method(party=alice, holder="Alice", iban=iban, by=alice)


def test_account_numbers_stand_encrypted_and_masked(alice: Party) -> None:
    method = actions.add_payout_method(
        party=alice, holder="Alice", iban="BE68 5390 0754 7034", by=alice
    )

    assert method.mask == "BE•• •••• 7034"
    with connection.cursor() as cursor:
        cursor.execute("SELECT iban, holder FROM spending_payoutmethod")
        stored = " ".join(cursor.fetchone())
    assert "7034" not in stored
    assert "Alice" not in stored
    assert PayoutMethod.objects.get().iban == IBAN


def test_whoever_looks_at_an_account_is_written_down(
    approved: Expense, carol: Party, dan: Party
) -> None:
    method = actions.look_at_account(expense=approved, by=carol)

    assert method is not None
    assert method.iban == IBAN
    with pytest.raises(NotAllowed):
        actions.look_at_account(expense=approved, by=dan)
    (look,) = queries.looks(approved.payee)
    assert (look.by, look.mask, look.expense) == (carol, "BE•• •••• 7034", approved)


def test_the_host_sees_what_to_pay_and_what_is_missing(
    approved: Expense, commons: Host, gardens: Collective, alice: Party, bob: Party
) -> None:
    dear = actions.submit(expense=filed(gardens, alice, item(9000), title="Roof"), by=alice)
    actions.approve(expense=dear, by=bob)

    payables = queries.waiting_for_payment(commons)

    assert [(one.expense.title, one.is_covered) for one in payables] == [
        ("Seeds and soil", True), ("Roof", False),
    ]  # fmt: skip


def test_private_comments_are_for_those_concerned(
    submitted: Expense, bob: Party, dan: Party
) -> None:
    said = actions.comment(expense=submitted, body="Is this your IBAN?", by=bob, public=False)

    assert not said.public
    with pytest.raises(NotAllowed):
        actions.comment(expense=submitted, body="Hello", by=dan, public=False)


def test_the_same_photo_is_kept_once(gardens: Collective, alice: Party) -> None:
    expense = filed(gardens, alice)

    for name in ("once.jpg", "again.jpg"):
        actions.attach_receipt(expense=expense, content=photo(), name=name, by=alice)
    actions.attach_receipt(expense=expense, content=photo("red"), name="other.jpg", by=alice)

    assert expense.receipts.count() == 3


def test_a_second_admin_can_agree(gardens: Collective, alice: Party, bob: Party) -> None:
    people.grant(person=alice, party=gardens, role=Role.ADMIN, by=bob)
    expense = actions.submit(expense=filed(gardens, bob), by=bob)

    assert actions.approve(expense=expense, by=alice).status == Expense.Status.APPROVED


def test_a_refusal_to_pay_says_what_the_pot_holds(
    submitted: Expense, bob: Party, carol: Party
) -> None:
    put_in_the_pot(submitted.collective, 1249)
    actions.approve(expense=submitted, by=bob)

    with pytest.raises(NotEnough, match=r"holds 12\.49 EUR, and this costs 12\.50 EUR\. Wait"):
        actions.pay(expense=submitted, by=carol)

    submitted.refresh_from_db()
    assert submitted.payout_attempt == 0


def test_money_does_not_go_to_an_account_that_was_replaced(
    approved: Expense, alice: Party, bob: Party, carol: Party, in_the_pot: Callable[[], int]
) -> None:
    newer = actions.add_payout_method(
        party=alice, holder="Alice", iban="BE71096123456769", by=alice
    )

    with pytest.raises(Refused, match="newer bank account"):
        actions.look_at_account(expense=approved, by=carol)
    with pytest.raises(Refused, match="newer bank account"):
        actions.pay(expense=approved, by=carol)
    assert in_the_pot() == 2000

    changed = actions.edit(
        expense=approved, title="Seeds", items=[item(1250)], by=alice, payout_method=newer
    )
    agreed = actions.approve(expense=changed, by=bob)
    with clock.moved_to(clock.now() + timedelta(hours=73)):
        assert actions.pay(expense=agreed, by=carol).status == Expense.Status.IN_PAYMENT


def test_an_account_is_shown_only_while_there_is_something_to_pay(
    submitted: Expense, carol: Party
) -> None:
    with pytest.raises(actions.NotNow):
        actions.look_at_account(expense=submitted, by=carol)


def test_nothing_was_paid_on_a_day_to_come(approved: Expense, carol: Party) -> None:
    paying = actions.pay(expense=approved, by=carol)

    with pytest.raises(Refused, match="still to come"):
        actions.mark_paid(expense=paying, on=date(2999, 1, 1), reference="", by=carol)


def test_taking_a_receipt_off_asks_for_agreement_again(
    approved: Expense, alice: Party, django_capture_on_commit_callbacks: Any
) -> None:
    first = approved.receipts.get()
    stored = first.file.name
    with pytest.raises(Refused, match="Add the better one first"):
        actions.remove_receipt(receipt=first, by=alice)
    actions.attach_receipt(expense=approved, content=photo("red"), name="better.jpg", by=alice)

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_receipt(receipt=first, by=alice)

    approved.refresh_from_db()
    assert (approved.status, approved.version) == (Expense.Status.SUBMITTED, 2)
    assert approved.receipts.get().name == "better.jpg"
    assert not default_storage.exists(stored)
