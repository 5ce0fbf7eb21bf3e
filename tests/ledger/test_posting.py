"""Posting is exact, happens once, and refuses what would break the books."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from commonweal.foundation import ids
from commonweal.foundation.money import Money
from commonweal.ledger import actions, queries
from commonweal.ledger.models import Account, Entry, Kind, PrivateFact, Purpose
from commonweal.ledger.rules import Draft, Posting
from ledger.conftest import Accounts, contribution, payout

pytestmark = pytest.mark.django_db


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def test_a_gift_reaches_the_collective_less_its_fees(
    accounts: Accounts, gives: Callable[..., int]
) -> None:
    gives(2000, fee=100, rail_fee=55)

    assert queries.balance(accounts.funds) == eur(1845)
    assert queries.balance(accounts.host_fees) == eur(100)
    assert queries.balance(accounts.processor) == eur(55)
    assert queries.balance(accounts.clearing) == eur(-2000)


def test_posting_twice_moves_money_once(accounts: Accounts) -> None:
    draft = contribution(accounts, 2000)

    assert actions.post(draft) == actions.post(draft)

    assert queries.balance(accounts.funds) == eur(2000)


def test_a_key_never_means_two_things(accounts: Accounts) -> None:
    draft = contribution(accounts, 2000)
    actions.post(draft)

    with pytest.raises(actions.Conflict), transaction.atomic():
        actions.post(contribution(accounts, 2001, key=draft.key))

    assert queries.balance(accounts.funds) == eur(2000)


def test_nobody_spends_what_is_not_there(accounts: Accounts, gives: Callable[..., int]) -> None:
    gives(2000)

    with pytest.raises(actions.NotEnough, match="not enough money"), transaction.atomic():
        actions.post(payout(accounts, 2001))
    actions.post(payout(accounts, 2000))

    assert queries.balance(accounts.funds) == eur(0)


@pytest.mark.parametrize(
    ("legs", "error"),
    [
        ([("funds", 100), ("clearing", -99)], actions.Unbalanced),
        ([("funds", 100)], actions.Unbalanced),
        ([("funds", 50), ("funds", 50), ("clearing", -100)], actions.UnknownAccount),
        ([("bank", 50), ("bank", 50), ("clearing", -100)], actions.UnknownAccount),
    ],
)
def test_what_does_not_add_up_is_refused(
    accounts: Accounts, legs: list[tuple[str, int]], error: type[Exception]
) -> None:
    postings = tuple(
        Posting(getattr(accounts, name), amount, Kind.TRANSFER) for name, amount in legs
    )
    draft = Draft(ids.uuid7(), Kind.TRANSFER, postings, date(2026, 1, 1))

    for write in (actions.post, lambda one: actions.post_batch([one])):
        with pytest.raises(error), transaction.atomic():
            write(draft)
    assert not Entry.objects.exists()


def test_an_unknown_account_is_refused(accounts: Accounts) -> None:
    draft = contribution(accounts, 100)
    lost = replace(draft, postings=(*draft.postings[:1], Posting(10**9, 100, Kind.CONTRIBUTION)))

    with pytest.raises(actions.Unbalanced), transaction.atomic():
        actions.post(lost)
    with pytest.raises(actions.UnknownAccount), transaction.atomic():
        actions.post(replace(draft, postings=(*draft.postings, replace(lost.postings[1]))))


@pytest.mark.parametrize("amount", [0, 10**15 + 1])
def test_amounts_are_never_zero_nor_too_large(accounts: Accounts, amount: int) -> None:
    postings = (
        Posting(accounts.clearing, -amount, Kind.TRANSFER),
        Posting(accounts.bank, amount, Kind.TRANSFER),
    )
    draft = Draft(ids.uuid7(), Kind.TRANSFER, postings, date(2026, 1, 1))

    with pytest.raises(IntegrityError, match="amount_in_range"), transaction.atomic():
        actions.post(draft)


def test_two_currencies_each_add_up(accounts: Accounts) -> None:
    def opened(purpose: Purpose, currency: str) -> int:
        return actions.open_account(purpose=purpose, currency=currency, host=1).pk

    dollars = opened(Purpose.TRADING, "USD")
    legs = [
        (accounts.bank, -92), (opened(Purpose.TRADING, "EUR"), 92),
        (dollars, -100), (opened(Purpose.BANK, "USD"), 100),
    ]  # fmt: skip
    postings = tuple(Posting(account, amount, Kind.CONVERSION) for account, amount in legs)

    actions.post(Draft(ids.uuid7(), Kind.CONVERSION, postings, date(2026, 1, 1)))

    assert queries.balance(dollars) == Money(-100, "USD")


def test_a_frozen_account_stands_still(accounts: Accounts, gives: Callable[..., int]) -> None:
    gives(2000)
    actions.freeze(account=accounts.funds, frozen=True)

    with pytest.raises(actions.Frozen), transaction.atomic():
        actions.post(payout(accounts, 1))

    actions.freeze(account=accounts.funds, frozen=False)
    actions.post(payout(accounts, 1))


def test_history_may_have_been_below_zero_where_that_is_let(accounts: Accounts) -> None:
    actions.let_fall_below(account=accounts.funds, floor=None)
    actions.post(payout(accounts, 500))
    actions.post(contribution(accounts, 800))

    actions.let_fall_below(account=accounts.funds, floor=0)

    assert queries.balance(accounts.funds) == eur(300)
    with pytest.raises(actions.NotEnough), transaction.atomic():
        actions.post(payout(accounts, 301))


def test_an_account_opens_once(accounts: Accounts) -> None:
    again = actions.open_account(purpose=Purpose.FUNDS, currency="EUR", party=7, host=1, place=99)

    assert again.pk == accounts.funds
    assert again.public_id == "funds:7:1:EUR"


def test_a_batch_is_like_posting_one_by_one(accounts: Accounts) -> None:
    drafts = [contribution(accounts, 1000 + n, fee=n) for n in range(1, 6)]
    drafts.insert(3, payout(accounts, 1500))

    numbers = actions.post_batch(drafts)

    assert numbers == actions.post_batch(drafts)
    lines = queries.statement(accounts.funds).lines
    assert [line.seq for line in lines] == [6, 5, 4, 3, 2, 1]
    assert [line.balance_after.minor for line in lines if line.balance_after] == [
        3500, 2500, 1500, 3000, 2000, 1000,
    ]  # fmt: skip


def test_a_batch_never_falls_below_zero_on_the_way(accounts: Accounts) -> None:
    drafts = [payout(accounts, 500), contribution(accounts, 800)]

    with pytest.raises(actions.NotEnough), transaction.atomic():
        actions.post_batch(drafts)

    assert not Entry.objects.exists()


def test_a_batch_with_a_reused_key_is_refused_whole(accounts: Accounts) -> None:
    first = contribution(accounts, 100)
    actions.post(first)

    with pytest.raises(actions.Conflict), transaction.atomic():
        actions.post_batch([contribution(accounts, 7), contribution(accounts, 8, key=first.key)])

    assert queries.balance(accounts.funds) == eur(100)


def test_a_frozen_account_refuses_a_batch(accounts: Accounts) -> None:
    actions.freeze(account=accounts.funds, frozen=True)
    with pytest.raises(actions.Frozen), transaction.atomic():
        actions.post_batch([contribution(accounts, 100)])


def test_names_can_be_forgotten_and_history_stays(
    accounts: Accounts, gives: Callable[..., int]
) -> None:
    gives(2000, who="Alice")

    assert actions.forget(party=5) == 1

    line = queries.statement(accounts.funds).lines[0]
    assert (line.counterparty, line.description, line.amount) == ("", "Gift", eur(2000))


def test_each_private_fact_has_a_salt_of_its_own(
    accounts: Accounts, gives: Callable[..., int]
) -> None:
    gives(100)
    gives(100)

    salts = {bytes(fact.salt) for fact in PrivateFact.objects.all()}
    assert len(salts) == PrivateFact.objects.count() == 4
    assert {len(salt) for salt in salts} == {32}


CHANGES = [
    "UPDATE ledger_transaction SET kind = 5",
    "DELETE FROM ledger_transaction",
    "TRUNCATE ledger_transaction",
    "UPDATE ledger_entry SET amount = 1",
    "DELETE FROM ledger_entry",
    "TRUNCATE ledger_entry",
    "UPDATE ledger_position SET position = 8",
    "DELETE FROM ledger_position",
    "TRUNCATE ledger_position",
    "UPDATE ledger_account SET balance = 1",
    "UPDATE ledger_account SET seq = 9",
    "DELETE FROM ledger_account",
    "INSERT INTO ledger_entry VALUES (1, 9, 1, 1, 'EUR', 5, NULL, NULL)",
    "TRUNCATE ledger_account",
    "UPDATE ledger_privatefact SET value = 'Bob'",
    "UPDATE ledger_currency SET exponent = 3 WHERE code = 'EUR'",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_history_cannot_be_changed_by_its_owner(gives: Callable[..., int], statement: str) -> None:
    gives(2000)
    actions.advance()

    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert getattr(error.value.__cause__, "sqlstate", "") == "LG405"


def test_even_with_the_key_in_hand_entries_must_balance(
    accounts: Accounts, gives: Callable[..., int]
) -> None:
    values = f"({gives(2000)}, 9, {accounts.bank}, 1, 'EUR', 5, NULL, NULL)"
    statement = f"SET LOCAL commonweal.posting = 'on'; INSERT INTO ledger_entry VALUES {values}"

    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert getattr(error.value.__cause__, "sqlstate", "") == "LG001"
    assert Account.objects.get(pk=accounts.funds).seq == 1


def test_a_transaction_is_never_continued(accounts: Accounts, gives: Callable[..., int]) -> None:
    number = gives(2000)
    values = (
        f"({number}, 8, {accounts.bank}, 1, 'EUR', 5, NULL, NULL),"
        f"({number}, 9, {accounts.host_fees}, 1, 'EUR', -5, NULL, NULL)"
    )
    statement = f"SET LOCAL commonweal.posting = 'on'; INSERT INTO ledger_entry VALUES {values}"

    with (
        pytest.raises(DatabaseError, match="written whole"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_batch_of_nothing_is_nothing() -> None:
    assert actions.post_batch([]) == []


def test_a_database_in_trouble_is_not_mistaken_for_a_refusal(accounts: Accounts) -> None:
    draft = replace(contribution(accounts, 100), kind=10**6)

    with pytest.raises(DatabaseError, match="out of range"), transaction.atomic():
        actions.post(draft)


def test_a_forgotten_person_leaves_history_and_sums_as_they_were(
    accounts: Accounts, gives: Callable[..., int]
) -> None:
    gives(2000)

    assert actions.forget(party=5) == 1

    [line] = queries.statement(accounts.funds).lines
    assert (line.counterparty, line.counterparty_id, line.description) == ("", None, "Gift")
    assert queries.balance(accounts.funds) == eur(2000)
