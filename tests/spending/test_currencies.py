"""What was paid in another currency than the group's."""

from __future__ import annotations

from datetime import date

import pytest

from commonweal.collectives.models import Collective
from commonweal.foundation.money import Money
from commonweal.ledger.models import Chart
from commonweal.ledger.queries.rates import exchanges
from commonweal.people.models import Party
from commonweal.spending import actions
from commonweal.spending.rules import Item
from spending.conftest import item


def test_what_was_paid_in_another_currency_counts_at_the_rate_of_its_day(
    gardens: Collective, alice: Party
) -> None:
    day = date(2026, 1, 2)
    dollars = Item("Tickets", day, Chart.TRAVEL, Money(100_00, "USD"), vat=Money(10_00, "USD"))
    worth = exchanges([("USD", day)], "EUR")["USD", day].of(100_00)

    expense = actions.file(
        collective=gardens, kind="invoice", title="x", items=[dollars, item(100)], by=alice
    )

    line = expense.items.first()
    assert line is not None
    assert (expense.amount_minor, expense.currency) == (worth + 100, "EUR")
    assert (line.amount, line.spent) == (Money(worth, "EUR"), Money(100_00, "USD"))
    assert line.vat
    assert abs(line.vat.minor - worth // 10) <= 1


def test_currencies_without_a_rate_are_refused(gardens: Collective, alice: Party) -> None:
    francs = Item("x", date(2026, 1, 1), Chart.VENUE, Money(1, "XOF"))

    with pytest.raises(actions.OtherCurrency):
        actions.file(collective=gardens, kind="invoice", title="x", items=[francs], by=alice)
