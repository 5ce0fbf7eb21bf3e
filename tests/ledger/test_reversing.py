"""Giving back: whole or in parts, never more than was given."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from commonweal.foundation import ids
from commonweal.foundation.money import Money
from commonweal.ledger import actions, queries
from commonweal.ledger.models import Entry, Kind, Transaction
from commonweal.ledger.queries import Scope
from ledger.conftest import GARDENS, contribution, payout

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture
def gift(accounts, gives) -> int:
    """Give 20.00, of which the host keeps 1.00 and the rail 0.55."""
    return gives(2000, fee=100, rail_fee=55)


def back(number: int, amount: int | None = None, **more) -> int:
    return actions.reverse(
        key=more.pop("key", ids.uuid7()),
        transaction_id=number,
        amount_minor=amount,
        effective_on=DAY,
        **more,
    )


def held(accounts) -> list[int]:
    asked = [accounts.clearing, accounts.funds, accounts.host_fees, accounts.processor]
    found = queries.balances(asked)
    return [found[one].minor for one in asked]


def test_a_whole_gift_goes_back_with_its_fees(accounts, gift):
    number = back(gift)

    assert held(accounts) == [0, 0, 0, 0]
    reversal = Transaction.objects.get(pk=number)
    assert (reversal.kind, reversal.reverses, reversal.refs) == (
        Kind.REFUND, gift, {"contribution": "k3f9"},
    )  # fmt: skip
    assert {entry.kind for entry in Entry.objects.filter(transaction=number)} == {1, 2, 3}


def test_parts_take_their_share_of_each_fee_and_end_at_zero(accounts, gift):
    back(gift, 700)
    assert held(accounts) == [-1300, 1199, 65, 36]

    back(gift, 1299)
    assert held(accounts) == [-1, 1, 0, 0]

    back(gift)
    assert held(accounts) == [0, 0, 0, 0]


@pytest.mark.parametrize("amount", [0, -5, 1301])
def test_never_more_than_is_left_of_it(accounts, gift, amount):
    back(gift, 700)

    with pytest.raises(actions.ReversedTooMuch):
        back(gift, amount)


def test_what_is_wholly_given_back_is_done_with(accounts, gift):
    back(gift)

    with pytest.raises(actions.ReversedTooMuch):
        back(gift)


def test_what_was_given_back_is_not_given_back_again(accounts, gift):
    number = back(gift)

    with pytest.raises(actions.NotReversible):
        back(number)


def test_money_already_spent_cannot_go_back(accounts, gift):
    actions.post(payout(accounts, 1845))

    with pytest.raises(actions.NotEnough), transaction.atomic():
        back(gift)


def test_the_same_key_gives_back_once(accounts, gift):
    key = ids.uuid7()

    assert back(gift, 700, key=key) == back(gift, 700, key=key) == back(gift, key=key)
    assert held(accounts)[0] == -1300


def test_a_key_is_never_another_reversal(accounts, gift, gives):
    key = ids.uuid7()
    back(gift, 700, key=key)

    with pytest.raises(actions.Conflict):
        back(gift, 701, key=key)
    with pytest.raises(actions.Conflict):
        back(gives(50), key=key)


def test_a_returned_expense_is_less_spent_and_a_refunded_gift_less_raised(accounts, gift):
    returned = actions.post(payout(accounts, 1000))
    actions.post(contribution(accounts, 300))
    back(returned, 400)
    back(gift, 500)
    actions.advance()

    totals = queries.totals(Scope.COLLECTIVE, GARDENS, "EUR")

    fees = 155 - (25 + 14)
    assert totals.raised == Money(2000 + 300 - 500, "EUR")
    assert totals.spent == Money(1000 - 400 + fees, "EUR")
    assert totals.balance == queries.balance(accounts.funds)
