"""Many at once: two accountants, two tabs, double clicks. Everybody is paid once, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from commonweal.foundation import clock
from commonweal.foundation.errors import Refused
from commonweal.hosting import queries as hosting
from commonweal.ledger import queries as ledger
from commonweal.ledger.actions import NotEnough
from commonweal.ledger.models import Kind, Transaction
from commonweal.payments.models import Payout
from commonweal.spending import actions
from commonweal.spending.models import Approval, Expense
from crash import city
from spending.conftest import filed, item, put_in_the_pot

AT_ONCE = 16
COST = 1250

Act = Callable[[int], object]


def all_at_once(act: Act) -> Counter[str]:
    """Let sixteen act at the same moment; count what they got: "done", or a refusal's name.

    Each holds a connection of its own before any begins, so none waits for another's.
    """
    barrier = Barrier(AT_ONCE, timeout=30)

    def one(number: int) -> str:
        try:
            connection.ensure_connection()
            barrier.wait()
            act(number)
        except Refused as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(one, range(AT_ONCE)))


@pytest.fixture
def ready(committed: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Expense]]:
    """File expenses of Alice's that Bob agreed to, in a city where commits are real."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"]["pool"], "max_size", AT_ONCE + 1)
    city.found()

    def file_some(number: int, *, pot: int) -> list[Expense]:
        alice, bob, gardens = city.somebody("alice"), city.somebody("bob"), city.gardens()
        put_in_the_pot(gardens, pot)
        found = [filed(gardens, alice, item(COST), title=f"Thing {n}") for n in range(number)]
        for expense in found:
            actions.submit(expense=expense, by=alice)
        return [actions.approve(expense=expense, by=bob) for expense in found]

    return file_some


def in_the_pot() -> int:
    hosting_now = hosting.current(city.gardens())
    assert hosting_now is not None
    return ledger.balance(hosting.funds_account(hosting_now)).minor


def posted(kind: Kind) -> int:
    return Transaction.objects.filter(kind=kind).count()


def test_sixteen_who_pay_one_expense_pay_it_once(ready):
    (expense,), hana = ready(1, pot=100 * COST), city.somebody("hana")

    outcomes = all_at_once(lambda _: actions.pay(expense=expense, by=hana))

    assert outcomes == {"done": 1, "NotNow": AT_ONCE - 1}
    assert in_the_pot() == 99 * COST
    assert (posted(Kind.EXPENSE), Payout.objects.count()) == (1, 1)


def test_sixteen_who_confirm_one_payment_confirm_it_once(ready):
    (expense,), hana = ready(1, pot=COST), city.somebody("hana")
    actions.pay(expense=expense, by=hana)

    outcomes = all_at_once(
        lambda number: actions.mark_paid(
            expense=expense, on=clock.today(), reference=f"S-{number}", by=hana
        )
    )

    assert outcomes == {"done": 1, "NotNow": AT_ONCE - 1}
    assert posted(Kind.PAYOUT) == 1


def test_of_sixteen_expenses_exactly_those_are_paid_that_the_pot_can_pay(ready):
    affordable = 5
    expenses, hana = ready(AT_ONCE, pot=affordable * COST + COST - 1), city.somebody("hana")

    outcomes = all_at_once(lambda number: actions.pay(expense=expenses[number], by=hana))

    assert outcomes == {"done": affordable, NotEnough.__name__: AT_ONCE - affordable}
    assert in_the_pot() == COST - 1
    statuses = Counter(Expense.objects.values_list("status", flat=True))
    assert statuses == {"in payment": affordable, "approved": AT_ONCE - affordable}
    assert Payout.objects.count() == affordable


def test_a_payment_that_is_confirmed_and_taken_back_at_once_is_one_of_the_two(ready):
    (expense,), hana = ready(1, pot=COST), city.somebody("hana")
    actions.pay(expense=expense, by=hana)

    def act(number: int) -> object:
        if number % 2:
            return actions.mark_paid(expense=expense, on=clock.today(), reference="", by=hana)
        return actions.return_payment(expense=expense, on=clock.today(), reason="Closed", by=hana)

    all_at_once(act)

    expense.refresh_from_db()
    assert expense.status == "returned"  # paid and brought back, or never sent
    assert Payout.objects.get().state == "returned"
    assert in_the_pot() == COST


def test_paying_while_the_author_changes_it_pays_only_what_was_agreed_to(ready):
    (expense,) = ready(1, pot=100 * COST)
    alice, hana = city.somebody("alice"), city.somebody("hana")

    def act(number: int) -> object:
        if number % 2:
            return actions.pay(expense=expense, by=hana)
        return actions.edit(
            expense=expense, title="Gold", items=[item(50 * COST)], by=alice,
            payout_method=expense.payout_method,
        )  # fmt: skip

    all_at_once(act)

    expense.refresh_from_db()
    if expense.status == "in payment":
        assert in_the_pot() == 99 * COST
    else:
        assert (expense.status, in_the_pot()) == ("submitted", 100 * COST)
        assert not Approval.objects.filter(expense=expense, version=expense.version).exists()


def test_sixteen_who_file_at_once_get_numbers_without_a_gap(ready):
    ready(0, pot=1)
    alice, gardens = city.somebody("alice"), city.gardens()

    outcomes = all_at_once(
        lambda number: actions.file(
            collective=gardens, kind="reimbursement", title=f"Thing {number}",
            items=[item(COST)], by=alice,
        )
    )  # fmt: skip

    assert outcomes == {"done": AT_ONCE}
    numbers = Expense.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, AT_ONCE + 1))
