"""Totals, months and categories, read from what the sequencer keeps."""

from __future__ import annotations

from datetime import date

import pytest

from commonweal.foundation import ids
from commonweal.foundation.money import Money
from commonweal.ledger import actions, queries
from commonweal.ledger.models import Chart, Kind, Purpose, Scope
from commonweal.ledger.queries import CategorySum, MonthTotal
from ledger.conftest import GARDENS, HOST, payout

pytestmark = pytest.mark.django_db


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.fixture
def year(accounts, gives):
    """Give in March and May, spend in May, and give part of March's gift back in May."""
    march = gives(2000, fee=100, on=date(2026, 3, 9))
    gives(1000, on=date(2026, 5, 1))
    spent = actions.post(payout(accounts, 700, on=date(2026, 5, 20)))
    for number, amount in [(march, 500), (spent, 200)]:
        actions.reverse(
            key=ids.uuid7(), transaction_id=number, amount_minor=amount,
            effective_on=date(2026, 5, 30),
        )  # fmt: skip
    actions.advance()


def test_months_tell_what_was_raised_and_spent(year):
    months = queries.by_month(Scope.COLLECTIVE, GARDENS, "EUR", since=date(2026, 1, 15))

    assert months == [
        MonthTotal(date(2026, 3, 1), eur(2000), eur(100), gifts=1),
        MonthTotal(date(2026, 5, 1), eur(500), eur(475), gifts=1, expenses=1),
    ]
    assert queries.by_month(Scope.COLLECTIVE, GARDENS, "EUR", since=date(2026, 5, 31)) == months[1:]


def test_categories_are_net_of_what_came_back(year):
    expected = [
        CategorySum(Kind.CONTRIBUTION, Chart.GIFTS, eur(3000)),
        CategorySum(Kind.REFUND, Chart.GIFTS, eur(-500)),
        CategorySum(Kind.EXPENSE, Chart.VENUE, eur(-500)),
        CategorySum(Kind.HOST_FEE, 0, eur(-75)),
    ]

    found = queries.by_category(Scope.HOST, HOST, "EUR")

    assert sorted(found, key=lambda one: one.kind) == sorted(expected, key=lambda one: one.kind)
    assert [abs(one.amount.minor) for one in found] == [3000, 500, 500, 75]


def test_categories_can_be_of_a_time(year):
    found = queries.by_category(Scope.PLATFORM, 0, "EUR", since=date(2026, 5, 2))

    assert CategorySum(Kind.CONTRIBUTION, Chart.GIFTS, eur(1000)) in found


def test_a_budget_is_months_and_categories_at_once(year, django_assert_num_queries):
    since = date(2026, 1, 1)

    with django_assert_num_queries(1):
        budget = queries.budget(Scope.COLLECTIVE, GARDENS, "EUR", since=since)

    assert budget.months == queries.by_month(Scope.COLLECTIVE, GARDENS, "EUR", since=since)
    assert sorted(budget.categories, key=str) == sorted(
        queries.by_category(Scope.COLLECTIVE, GARDENS, "EUR", since=since), key=str
    )


def test_totals_of_many_come_in_one_question(year, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.many_totals(Scope.COLLECTIVE, [GARDENS, 404], "EUR")

    assert (found[GARDENS].raised, found[GARDENS].spent) == (eur(2500), eur(575))
    assert found[GARDENS].transactions == 5
    assert (found[404].balance, found[404].transactions) == (eur(0), 0)


def test_another_currency_is_another_sum(year):
    assert queries.totals(Scope.PLATFORM, 0, "USD").raised == Money(0, "USD")


def test_all_that_a_host_holds_is_read_at_one_instant(accounts, gives, django_assert_num_queries):
    gives(2000, fee=100)
    actions.advance()
    gives(1000, fee=50)

    with django_assert_num_queries(1):
        found = queries.held_at(HOST)

    assert found["EUR", Purpose.FUNDS] == eur(2850)
    assert found["EUR", Purpose.HOST_FEES] == eur(150)
    assert found["EUR", Purpose.CHARGES] == eur(-3000)
    assert found["EUR", Purpose.BANK] == eur(0)


def test_balances_of_many_come_in_one_question(accounts, gives, django_assert_num_queries):
    gives(2000, fee=100)

    with django_assert_num_queries(1):
        found = queries.balances([accounts.funds, accounts.host_fees, accounts.bank])

    assert found == {accounts.funds: eur(1900), accounts.host_fees: eur(100), accounts.bank: eur(0)}


def test_an_account_is_found_by_what_it_is_for(accounts):
    found = queries.account_of(Purpose.FUNDS, currency="EUR", party=GARDENS, host=HOST)

    assert found == accounts.funds
