"""One transaction, whole, and what tables call themselves."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from commonweal.foundation import ids
from commonweal.foundation.money import Money
from commonweal.ledger import actions, queries
from commonweal.ledger.models import (
    Account,
    Category,
    Chart,
    Currency,
    DaySum,
    Entry,
    Kind,
    MonthSum,
    Position,
    PrivateFact,
    Purpose,
    Sequencer,
    Tally,
    Transaction,
)  # fmt: skip
from ledger.conftest import GARDENS, HOST

pytestmark = pytest.mark.django_db


def key_of(number: int):
    return Transaction.objects.get(pk=number).key


def test_a_transaction_shows_each_of_its_entries(gives):
    key = key_of(gives(2000, fee=100))

    found = queries.one_transaction(key)

    shown = [(one.n, one.purpose, one.kind, one.amount.minor, one.seq) for one in found.entries]
    assert shown == [
        (1, Purpose.CHARGES, Kind.CONTRIBUTION, -2000, None),
        (2, Purpose.FUNDS, Kind.CONTRIBUTION, 1900, 1),
        (3, Purpose.HOST_FEES, Kind.HOST_FEE, 100, None),
    ]
    funds = found.entries[1]
    assert (funds.account, funds.party_id, funds.host_id) == ("funds:7:1:EUR", GARDENS, HOST)
    assert (funds.balance_after, found.entries[0].balance_after) == (Money(1900, "EUR"), None)
    assert (found.kind, found.category, found.host_id) == (Kind.CONTRIBUTION, Chart.GIFTS, HOST)
    assert (found.description, found.counterparty, found.counterparty_id) == ("Gift", "Alice", 5)
    assert (found.refs, found.reverses, found.reversed_by) == ({"contribution": "k3f9"}, None, [])


def test_its_place_in_the_order_comes_with_the_sequencer(gives):
    key = key_of(gives(2000))
    before = queries.one_transaction(key).position

    actions.advance()

    assert (before, queries.one_transaction(key).position) == (None, 0)


def test_a_gift_and_what_was_given_back_of_it_know_each_other(gives):
    gift = gives(2000)
    backs = [
        actions.reverse(key=ids.uuid7(), transaction_id=gift, amount_minor=amount,
                        effective_on=date(2026, 11, 30))
        for amount in (100, 200)
    ]  # fmt: skip

    found = queries.one_transaction(key_of(gift))
    back = queries.one_transaction(key_of(backs[0]))

    assert found.reversed_by == [key_of(one) for one in backs]
    assert (back.reverses, back.reversed_by) == (found.key, [])
    assert (back.description, back.counterparty) == ("", "")


def test_an_unknown_key_is_nothing():
    assert queries.one_transaction(ids.uuid7()) is None


def test_the_chart_is_there_and_speaks_the_readers_language():
    venue = Category.objects.get(pk=Chart.VENUE)

    assert (venue.slug, venue.incoming) == ("venue", False)
    assert Category.objects.get(slug="monthly-backers").incoming
    assert Category.objects.count() == len(Chart)
    with translation.override("en"):
        assert str(venue) == "Venue"


def test_currencies_know_their_smallest_unit():
    found = {one.code: one.exponent for one in Currency.objects.all()}

    assert (found["EUR"], found["JPY"], found["KWD"], found["CLF"]) == (2, 0, 3, 4)


def test_rows_name_themselves_without_telling_anything_private(accounts, gives):
    number = gives(2000)
    actions.advance()

    assert str(Currency.objects.get(pk="EUR")) == "EUR"
    assert str(Account.objects.get(pk=accounts.funds)) == "funds:7:1:EUR"
    assert str(Transaction.objects.get()) == str(key_of(number))
    assert str(Entry.objects.get(n=2)) == f"{number}/2: 2000 EUR"
    assert str(PrivateFact.objects.get(field="counterparty")) == f"{number}: counterparty"
    assert str(Position.objects.get()) == f"0: transaction {number}"
    assert str(Sequencer.objects.get()) == "before position 1"
    assert str(Tally.objects.get()) == f"{accounts.clearing}: -2000"
    assert str(DaySum.objects.get()) == f"{accounts.funds} on 2026-11-21"
    assert str(MonthSum.objects.get(scope=4)) == "4 0 in 2026-11"
