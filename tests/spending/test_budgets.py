"""Plan beside actual, and the warning where an expense goes beyond a plan."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Activity, Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.money import Money
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Chart
from commonweal.people.models import Party
from commonweal.spending import actions
from commonweal.spending.models import Expense
from commonweal.spending.queries import budgets
from commonweal.spending.queries.checks import checked
from commonweal.spending.rules.budgeting import Line
from spending.conftest import filed, item, put_in_the_pot

EUR = partial(Money.parse, currency="EUR")
TOOLS, FOOD = Chart.TOOLS_PARTS, Chart.FOOD_DRINK


@pytest.fixture
def event(gardens: Collective, bob: Party) -> Activity:
    """Return a swap for which 20.00 of tools are planned."""
    day = clock.today()
    found = collectives.plan_activity(
        collective=gardens, kind="event", name="Swap", starts_on=day, ends_on=day, by=bob
    )
    actions.plan_activity_costs(activity=found, costs={TOOLS: EUR("20")}, by=bob)
    return found


def spent(gardens: Collective, by: Party, agrees: Party, pays: Party, *items: Any) -> Expense:
    """Return an expense that was paid today, in the sums too."""
    expense = actions.submit(expense=filed(gardens, by, *items), by=by)
    expense = actions.pay(expense=actions.approve(expense=expense, by=agrees), by=pays)
    paid = actions.mark_paid(expense=expense, on=clock.today(), reference="", by=pays)
    while ledger.advance():
        pass
    return paid


def test_a_year_shows_planned_spent_asked_and_left(
    gardens: Collective, alice: Party, bob: Party, carol: Party
) -> None:
    put_in_the_pot(gardens, 100_00)
    collectives.plan_costs(collective=gardens, costs={TOOLS: EUR("50"), FOOD: EUR("30")}, by=bob)
    spent(gardens, alice, bob, carol, item(20_00), item(5_00, Chart.VENUE))
    filed(gardens, alice, item(900_00))  # a draft counts nowhere
    actions.submit(expense=filed(gardens, alice, item(10_00)), by=alice)

    lines = budgets.of_year(gardens)

    assert lines == [Line(TOOLS, 50_00, 20_00, 10_00), Line(FOOD, 30_00)]
    assert [line.left for line in lines] == [20_00, 30_00]


def test_an_expense_that_goes_beyond_the_year_is_warned_of_and_may_be_paid_all_the_same(
    gardens: Collective, alice: Party, bob: Party, carol: Party
) -> None:
    put_in_the_pot(gardens, 100_00)
    collectives.plan_costs(collective=gardens, costs={TOOLS: EUR("50")}, by=bob)
    draft = filed(gardens, alice, item(60_00))

    def beyond(expense: Expense) -> list[tuple[int, Money]]:
        return [(one.category, one.by) for one in budgets.over_many([expense]).get(expense.pk, [])]

    assert beyond(draft) == [(TOOLS, EUR("10"))]
    sent = actions.submit(expense=draft, by=alice)
    assert beyond(sent) == [(TOOLS, EUR("10"))]
    agreed = actions.approve(expense=sent, by=bob)
    (row,) = checked([agreed], carol_host(gardens), by=carol)
    assert "over plan" in row.found
    assert not row.stops
    assert beyond(actions.mark_paid(
        expense=actions.pay(expense=agreed, by=carol), on=clock.today(), reference="", by=carol
    )) == []  # fmt: skip


def carol_host(gardens: Collective) -> Any:
    return gardens.hostings.get().host


def test_an_activity_has_a_plan_of_its_own(
    gardens: Collective, event: Activity, alice: Party, bob: Party, dan: Party
) -> None:
    expense = filed(gardens, alice, item(25_00))
    expense = actions.edit(
        expense=expense, title="x", items=[item(25_00)], by=alice,
        payout_method=expense.payout_method, activity=event,
    )  # fmt: skip

    (over,) = budgets.over_many([expense])[expense.pk]

    assert (over.activity, over.planned, over.by) == (event, EUR("20"), EUR("5"))
    actions.submit(expense=expense, by=alice)
    assert budgets.of_activity(event) == [Line(TOOLS, 20_00, 0, 25_00)]
    with pytest.raises(NotAllowed):
        actions.plan_activity_costs(activity=event, costs={}, by=dan)
    with pytest.raises(actions.OtherCurrency):
        actions.plan_activity_costs(activity=event, costs={TOOLS: Money(1, "USD")}, by=bob)
    actions.plan_activity_costs(activity=event, costs={}, by=bob)
    assert budgets.of_activity(event) == []


def test_many_expenses_are_compared_in_as_many_queries_as_one(
    gardens: Collective, event: Activity, alice: Party, bob: Party,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    collectives.plan_costs(collective=gardens, costs={TOOLS: EUR("50")}, by=bob)
    many = [
        actions.file(
            collective=gardens, kind="reimbursement", title="x", items=[item(n, TOOLS)],
            activity=event, by=alice,
        )
        for n in range(1, 9)
    ]  # fmt: skip

    with django_assert_max_num_queries(8):
        assert len(budgets.over_many(many)) == len(many)
