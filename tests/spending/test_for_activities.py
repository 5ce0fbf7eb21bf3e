"""Expenses for something that a group does, or did."""

from __future__ import annotations

from datetime import date

import pytest

from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Collective
from commonweal.people.models import Party
from commonweal.spending import actions
from commonweal.spending.models import Expense
from spending.conftest import item


def test_an_expense_is_not_filed_for_what_another_group_does_or_what_is_closed(
    gardens: Collective, seedlings: Collective, alice: Party, bob: Party
) -> None:
    day = date(2026, 3, 14)
    others, closed = (
        collectives.plan_activity(
            collective=group, kind=Party.Kind.EVENT, name="Swap", starts_on=day, ends_on=day, by=bob
        )
        for group in (seedlings, gardens)
    )
    collectives.close_activity(activity=closed, attendance=12, by=bob)

    for other in (others, closed):
        with pytest.raises(actions.OtherActivity):
            actions.file(
                collective=gardens, kind=Expense.Kind.REIMBURSEMENT, title="Soil",
                items=[item(1250)], by=alice, activity=other,
            )  # fmt: skip
    assert not Expense.objects.exists()


def test_what_is_closed_later_stays_with_an_expense_that_is_edited(
    gardens: Collective, alice: Party, bob: Party
) -> None:
    day = date(2026, 3, 14)
    swap = collectives.plan_activity(
        collective=gardens, kind=Party.Kind.EVENT, name="Swap", starts_on=day, ends_on=day, by=bob
    )
    expense = actions.file(
        collective=gardens, kind=Expense.Kind.REIMBURSEMENT, title="Soil", items=[item(1250)],
        by=alice, activity=swap,
    )  # fmt: skip
    collectives.close_activity(activity=swap, attendance=12, by=bob)

    edited = actions.edit(
        expense=expense, title="Soil", items=[item(900)], by=alice, payout_method=None,
        activity=swap,
    )  # fmt: skip

    assert edited.activity == swap
