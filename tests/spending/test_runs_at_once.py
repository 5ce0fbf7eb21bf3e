"""Two accountants, two tabs, double clicks on pay runs: each expense is paid once."""

from __future__ import annotations

from collections import Counter

from commonweal.foundation import clock
from commonweal.ledger.models import Kind
from commonweal.payments import queries as payments
from commonweal.payments.models import Payout
from commonweal.spending import actions
from commonweal.spending.models import Expense, Payment, PayRun
from crash import city
from spending.test_concurrency import (  # noqa: F401 - a fixture
    AT_ONCE,
    COST,
    all_at_once,
    in_the_pot,
    posted,
    ready,
)


def prepared(expenses):
    chosen = [one.pk for one in expenses]
    return actions.prepare(host=city.commons(), expenses=chosen, by=city.somebody("hana"))


def test_sixteen_who_choose_the_same_choose_it_once(ready):  # noqa: F811
    expenses = ready(3, pot=100 * COST)

    outcomes = all_at_once(lambda _: prepared(expenses))

    assert outcomes == {"done": 1, "ChosenElsewhere": AT_ONCE - 1}
    assert (PayRun.objects.count(), Payment.objects.count()) == (1, 3)


def test_sixteen_who_let_one_run_go_pay_it_once(ready):  # noqa: F811
    run, hana = prepared(ready(3, pot=100 * COST)), city.somebody("hana")

    outcomes = all_at_once(lambda _: actions.release(run=run, by=hana))

    assert outcomes == {"done": 1, "RunMovedOn": AT_ONCE - 1}
    assert (in_the_pot(), posted(Kind.EXPENSE), Payout.objects.count()) == (97 * COST, 3, 3)


def test_runs_that_share_a_pot_pay_what_it_holds_and_no_more(ready):  # noqa: F811
    expenses = ready(AT_ONCE, pot=5 * COST + COST - 1)
    runs, hana = [prepared([one]) for one in expenses], city.somebody("hana")

    outcomes = all_at_once(lambda number: actions.release(run=runs[number], by=hana))

    assert outcomes == {"done": 5, "NothingFits": AT_ONCE - 5}
    assert in_the_pot() == COST - 1
    assert Payout.objects.count() == 5


def test_a_run_and_those_who_pay_singly_pay_each_expense_once(ready):  # noqa: F811
    expenses, hana = ready(AT_ONCE - 1, pot=100 * COST), city.somebody("hana")
    run = prepared(expenses)

    def act(number: int) -> object:
        if number == AT_ONCE - 1:
            return actions.release(run=run, by=hana)
        return actions.pay(expense=expenses[number], by=hana)

    all_at_once(act)

    assert posted(Kind.EXPENSE) == AT_ONCE - 1
    assert in_the_pot() == (100 - AT_ONCE + 1) * COST
    assert Counter(Expense.objects.values_list("status", flat=True)) == {"in payment": AT_ONCE - 1}
    assert not payments.unexplained()


def test_giving_up_and_taking_the_file_at_once_is_one_of_the_two(ready):  # noqa: F811
    run = prepared(ready(2, pot=100 * COST))
    hana = city.somebody("hana")
    actions.release(run=run, by=hana)

    def act(number: int) -> object:
        return actions.cancel(run=run, by=hana) if number % 2 else actions.take_file(
            run=run, by=hana
        )  # fmt: skip

    all_at_once(act)

    run.refresh_from_db()
    if run.status == "cancelled":
        assert in_the_pot() == 100 * COST
        assert set(Payout.objects.values_list("state", flat=True)) == {"returned"}
    else:
        assert (run.status, in_the_pot()) == ("sent", 98 * COST)
    assert not payments.unexplained()


def test_marking_all_and_bringing_one_back_at_once_loses_no_cent(ready):  # noqa: F811
    expenses, hana = ready(2, pot=100 * COST), city.somebody("hana")
    run = prepared(expenses)
    actions.take_file(run=actions.release(run=run, by=hana), by=hana)

    def act(number: int) -> object:
        if number % 2:
            return actions.mark_run_paid(run=run, on=clock.today(), reference="S", by=hana)
        return actions.return_payment(
            expense=expenses[0], on=clock.today(), reason="", code="AC04", by=hana
        )

    all_at_once(act)

    first, second = Expense.objects.order_by("pk")
    assert second.status == "paid"
    assert first.status == "returned"  # paid and brought back, or never paid
    assert in_the_pot() == 99 * COST
    assert not payments.unexplained()
