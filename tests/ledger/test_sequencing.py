"""Every committed transaction gets one place in the order, and is added up once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction

from commonweal.foundation import ids
from commonweal.foundation.money import Money
from commonweal.ledger import actions, queries
from commonweal.ledger.models import (
    Chart,
    DaySum,
    Kind,
    MonthSum,
    Position,
    Purpose,
    Scope,
    Sequencer,
    Tally,
    Transaction,
)  # fmt: skip
from commonweal.ledger.rules import Draft, Posting
from ledger.conftest import BRUSSELS, GARDENS, HOST, contribution, open_accounts, payout

pytestmark = pytest.mark.django_db


def order() -> list[int]:
    return list(Position.objects.order_by("position").values_list("transaction_id", flat=True))


def test_transactions_are_placed_from_zero_without_a_gap(gives):
    numbers = [gives(100) for _ in range(5)]

    assert [actions.advance(most=2) for _ in range(4)] == [2, 2, 1, 0]

    assert order() == numbers
    assert list(Position.objects.values_list("position", flat=True).order_by("position")) == [
        0, 1, 2, 3, 4,
    ]  # fmt: skip


def test_what_was_rolled_back_leaves_no_gap(accounts, gives):
    first = gives(100)
    with pytest.raises(actions.NotEnough), transaction.atomic():
        actions.post(payout(accounts, 5000))
    second = gives(100)

    actions.advance()

    assert order() == [first, second]


def test_a_late_number_below_one_that_was_placed_is_still_found(accounts, gives):
    late, early = gives(100), gives(200)
    with connection.cursor() as cursor:  # as if its writer had not committed yet
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("INSERT INTO ledger_position VALUES (%s, 0)", [early])
        cursor.execute("UPDATE ledger_sequencer SET next_position = 1")
        cursor.execute("SELECT ledger_add_up(ARRAY[%s]::bigint[])", [early])
        cursor.execute("SET LOCAL session_replication_role = origin")

    actions.advance()

    assert order() == [early, late]


def test_the_window_closes_behind_what_is_placed(gives):
    gives(100)
    last = gives(100)

    for _ in range(3):
        actions.advance()

    assert Sequencer.objects.get().low_id == last


def test_what_comes_late_below_a_full_batch_is_found_when_the_batches_end(gives):
    early, *others = (gives(100) for _ in range(5))
    with connection.cursor() as cursor:  # as if `early` were committed only later
        cursor.execute("UPDATE ledger_sequencer SET resume_id = %s", [early])

    placed = [actions.advance(most=2) for _ in range(4)]

    assert placed == [2, 2, 1, 0]
    assert order() == [*others, early]
    assert Sequencer.objects.get().resume_id == 0


def test_tallies_are_added_up_once(accounts, gives):
    gives(2000, fee=100)
    before = queries.balance(accounts.host_fees)
    actions.advance()
    gives(1000, fee=50)

    assert before == Money(100, "EUR")
    assert Tally.objects.get(account=accounts.host_fees).balance == 100
    assert queries.balance(accounts.host_fees) == Money(150, "EUR")

    actions.advance()
    assert Tally.objects.get(account=accounts.host_fees).balance == 150
    assert queries.balance(accounts.host_fees) == Money(150, "EUR")
    assert not Tally.objects.filter(account=accounts.funds).exists()


def test_days_are_added_up_for_guarded_accounts(accounts, gives):
    gives(2000, fee=100, on=date(2026, 3, 31))
    gives(500, on=date(2026, 3, 31))
    actions.post(payout(accounts, 300, on=date(2026, 4, 1)))

    actions.advance()

    rows = DaySum.objects.values_list("account", "day", "kind", "incoming", "outgoing", "entries")
    assert sorted(rows) == [
        (accounts.funds, date(2026, 3, 31), Kind.CONTRIBUTION, 2400, 0, 2),
        (accounts.funds, date(2026, 4, 1), Kind.EXPENSE, 0, 300, 1),
    ]


def test_months_count_a_gift_in_full_and_its_fees_as_spent(accounts, gives):
    gives(2000, fee=100, rail_fee=55, on=date(2026, 3, 31))
    actions.post(payout(accounts, 300, on=date(2026, 4, 1)))

    actions.advance()

    rows = MonthSum.objects.filter(scope=Scope.COLLECTIVE).values_list(
        "scope_id", "month", "kind", "category", "incoming", "outgoing"
    )
    march, april = date(2026, 3, 1), date(2026, 4, 1)
    assert sorted(rows) == [
        (GARDENS, march, Kind.CONTRIBUTION, Chart.GIFTS, 2000, 0),
        (GARDENS, march, Kind.HOST_FEE, 0, 0, 100),
        (GARDENS, march, Kind.PROCESSOR_FEE, 0, 0, 55),
        (GARDENS, april, Kind.EXPENSE, Chart.VENUE, 0, 300),
    ]


@pytest.mark.parametrize(
    ("scope", "scope_id"), [(Scope.HOST, HOST), (Scope.PLACE, BRUSSELS), (Scope.PLATFORM, 0)]
)
def test_each_scope_adds_up_its_collectives(accounts, gives, scope, scope_id):
    gives(2000, fee=100)
    actions.post(contribution(open_accounts(party=8), 500))

    actions.advance()

    found = queries.totals(scope, scope_id, "EUR")
    assert (found.raised, found.spent) == (Money(2500, "EUR"), Money(100, "EUR"))
    assert (found.balance, found.transactions) == (Money(2400, "EUR"), 2)


def test_a_pot_without_a_place_counts_for_its_host(db):
    pot = actions.open_account(purpose=Purpose.FUNDS, currency="EUR", party=3, host=HOST).pk
    actions.post(contribution(replace(open_accounts(), funds=pot), 500))

    actions.advance()

    assert queries.totals(Scope.HOST, HOST, "EUR").raised == Money(500, "EUR")
    assert not MonthSum.objects.filter(scope=Scope.PLACE).exists()


def test_a_transfer_is_spent_by_one_and_raised_by_the_other_with_its_fee_once(accounts, gives):
    gives(2000)
    other = open_accounts(party=8).funds
    legs = [(accounts.funds, -1000, 7), (other, 950, 7), (accounts.host_fees, 50, 2)]
    postings = tuple(Posting(*leg) for leg in legs)
    actions.post(Draft(ids.key("transfer"), Kind.TRANSFER, postings, date(2026, 11, 21)))

    actions.advance()

    given = queries.totals(Scope.COLLECTIVE, GARDENS, "EUR")
    got = queries.totals(Scope.COLLECTIVE, 8, "EUR")
    assert (given.raised, given.spent) == (Money(2000, "EUR"), Money(1000, "EUR"))
    assert (got.raised, got.spent) == (Money(950, "EUR"), Money(0, "EUR"))
    assert given.balance == queries.balance(accounts.funds)


def test_late_news_counts_for_its_own_day(gives):
    gives(100, on=date(2026, 5, 5))
    actions.advance()
    gives(100, on=date(2025, 1, 1))
    actions.advance()

    days = DaySum.objects.order_by("day").values_list("day", flat=True)
    assert list(days) == [date(2025, 1, 1), date(2026, 5, 5)]
    assert Transaction.objects.count() == Position.objects.count() == 2
