"""Sixteen at once, where commits are real: nothing is lost, nothing counts twice, nobody waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from random import Random
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connection, transaction

from commonweal.foundation import ids
from commonweal.foundation.errors import Refused
from commonweal.ledger import actions, queries
from commonweal.ledger.models import Account, Kind, Position, Transaction
from commonweal.ledger.rules import Draft, Posting
from ledger.conftest import Accounts, contribution, open_accounts, payout

AT_ONCE = 16
OTHERS = 3  # connections beside theirs: the test's own, and two sequencers
TODAY = date(2026, 11, 22)


@pytest.fixture
def books(committed: str, monkeypatch: pytest.MonkeyPatch) -> Accounts:
    """Return accounts that everybody can write to at once."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"]["pool"], "max_size", AT_ONCE + OTHERS)
    return open_accounts()


def at_once[Result](act: Callable[[int], Result]) -> list[Result | str]:
    """Let sixteen act at the same moment; a refusal counts as its name."""
    barrier = Barrier(AT_ONCE, timeout=30)

    def one(number: int) -> Result | str:
        try:
            connection.ensure_connection()
            barrier.wait()
            return act(number)
        except Refused as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_exactly_the_payouts_that_can_be_afforded_succeed(books: Accounts) -> None:
    actions.post(contribution(books, 2000))

    ended = at_once(lambda _: actions.post(payout(books, 300)))

    assert Counter(type(one) for one in ended) == {int: 6, str: 10}
    account = Account.objects.get(pk=books.funds)
    assert (account.balance, account.seq) == (200, 7)


def test_no_gift_is_lost_when_all_give_at_once(books: Accounts) -> None:
    at_once(lambda number: actions.post(contribution(books, 100 + number, fee=5)))

    account = Account.objects.get(pk=books.funds)
    assert (account.balance, account.seq) == (sum(range(95, 95 + AT_ONCE)), AT_ONCE)


def test_the_same_key_moves_money_once(books: Accounts) -> None:
    draft = contribution(books, 2000)

    numbers = at_once(lambda _: actions.post(draft))

    assert len(set(numbers)) == 1
    assert Transaction.objects.count() == 1
    assert queries.balance(books.funds).minor == 2000


def test_a_key_that_means_two_things_is_refused_to_all_but_the_first(books: Accounts) -> None:
    key = ids.uuid7()

    ended = at_once(lambda number: actions.post(contribution(books, 100 + number, key=key)))

    assert Counter(map(str, ended))["Conflict"] == AT_ONCE - 1
    assert Transaction.objects.count() == 1


def transfer(here: int, there: int, amount: int) -> Draft:
    """Return the draft of money that one collective hands to another."""
    return Draft(
        key=ids.uuid7(), kind=Kind.TRANSFER, effective_on=TODAY,
        postings=(Posting(here, -amount, Kind.TRANSFER), Posting(there, amount, Kind.TRANSFER)),
    )  # fmt: skip


def test_money_that_goes_both_ways_meets_no_deadlock(books: Accounts) -> None:
    other = open_accounts(party=8)
    pots = [books.funds, other.funds]
    actions.post_batch([contribution(books, 5000), contribution(other, 5000)])

    def back_and_forth(number: int) -> int:
        for amount in range(1, 13):
            here, there = pots if (number + amount) % 2 else reversed(pots)
            actions.post(transfer(here, there, amount))
        return number

    assert at_once(back_and_forth) == list(range(AT_ONCE))
    assert sum(held.minor for held in queries.balances(pots).values()) == 10_000
    assert Transaction.objects.count() == 2 + 12 * AT_ONCE


def test_the_sequencer_misses_nobody_who_commits_late(books: Accounts) -> None:
    ended = Event()

    def sequence() -> None:
        try:
            while not ended.is_set():
                actions.advance(most=5)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        sequencers = [pool.submit(sequence), pool.submit(sequence)]
        try:
            kept = sum(int(one) for one in at_once(partial(slow_writer, books)))
        finally:
            ended.set()
        for sequencer in sequencers:
            sequencer.result()
    while actions.advance():
        pass

    assert Transaction.objects.count() == kept
    placed = Position.objects.order_by("position").values_list("position", flat=True)
    assert list(placed) == list(range(kept))
    assert queries.balance(books.clearing).minor == -100 * kept


def slow_writer(books: Accounts, number: int) -> int:
    """Post gifts in transactions that take their time; return how many were kept."""
    draw, kept = Random(number), 0
    for _ in range(12):
        with transaction.atomic():
            actions.post(contribution(books, 100))
            sleep(draw.random() * 0.02)  # others with later ids commit meanwhile
            if draw.random() < 0.2:
                transaction.set_rollback(True)
            else:
                kept += 1
    return kept


def test_books_are_right_after_everybody_did_everything(books: Accounts) -> None:
    every = [books, open_accounts(party=8), open_accounts(party=9)]
    for one in every:
        actions.post(contribution(one, 1000))

    def live(number: int) -> Counter[int]:
        draw, moved = Random(number), Counter[int]()
        for _ in range(15):
            add_up(moved, something(draw, every))
        return moved

    moved = Counter[int]()
    for one in at_once(live):
        assert isinstance(one, Counter)
        moved.update(one)

    for one in every:
        assert queries.balance(one.funds).minor == 1000 + moved[one.funds]


def something(draw: Random, every: Sequence[Accounts]) -> int | None:
    """Give, pay, hand on, give back or add up; return which transaction came of it."""
    one, other = draw.sample(every, 2)
    try:
        match draw.randint(0, 4):
            case 0:
                return actions.post(contribution(one, draw.randint(100, 900), fee=7, rail_fee=3))
            case 1:
                return actions.post(payout(one, draw.randint(1, 800)))
            case 2:
                return actions.post(transfer(one.funds, other.funds, draw.randint(1, 500)))
            case 3:
                return give_back(draw)
    except Refused:
        return None
    actions.advance(most=3)
    return None


def give_back(draw: Random) -> int:
    """Give back a part of the newest gift, which others may be giving back too."""
    gift = Transaction.objects.filter(kind=Kind.CONTRIBUTION).latest("id")
    return actions.reverse(
        key=ids.uuid7(), transaction_id=gift.pk, amount_minor=draw.randint(1, 400),
        effective_on=TODAY,
    )  # fmt: skip


def add_up(moved: Counter[int], number: int | None) -> None:
    """Note what a transaction did to each account, as its entries say."""
    if number is not None:
        for entry in Transaction.objects.get(pk=number).entries.all():
            moved[entry.account_id] += entry.amount
