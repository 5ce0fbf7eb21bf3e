"""Many at once: double clicks, two accountants, repeated news. Each counts once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from commonweal.foundation import clock
from commonweal.foundation.errors import Refused
from commonweal.foundation.money import Money
from commonweal.giving import actions, queries, tasks
from commonweal.giving.models import Contribution, Support
from commonweal.ledger.models import Kind, Transaction
from commonweal.payments import actions as payments
from commonweal.payments import queries as payment_queries
from commonweal.payments.port import RailEvent
from crash import city, gifts

AT_ONCE = 6


def all_at_once(act: Callable[[int], object]) -> list[object]:
    """Let several threads act at the same moment; return what each got, refusals included."""
    barrier = Barrier(AT_ONCE)

    def one(number: int) -> object:
        try:
            barrier.wait()
            return act(number)
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


@pytest.fixture
def gift(committed: str) -> Callable[[str], Contribution]:
    """Promise a gift over a rail, in a city where commits are real."""
    city.found()

    def promise(rail: str) -> Contribution:
        contribution = gifts._pledge("together", rail)
        tasks.begin(contribution)
        return contribution

    return promise


def posted(kind: Kind) -> int:
    return Transaction.objects.filter(kind=kind).count()


def test_a_transfer_confirmed_by_many_at_once_is_settled_once(gift):
    contribution, hana = gift("transfer"), city.somebody("hana")

    all_at_once(
        lambda _: actions.confirm_transfer(
            contribution=contribution, amount=gifts.GIFT, arrived_on=clock.today(), by=hana
        )
    )

    assert (posted(Kind.ARRIVAL), posted(Kind.CONTRIBUTION)) == (1, 1)
    assert Support.objects.get().times == 1


def test_accountants_who_disagree_leave_one_amount_in_the_books(gift):
    contribution, hana = gift("transfer"), city.somebody("hana")

    outcomes = all_at_once(
        lambda number: actions.confirm_transfer(
            contribution=contribution, amount=Money(1000 + number, "EUR"),
            arrived_on=clock.today(), by=hana,
        )
    )  # fmt: skip

    refused = [one for one in outcomes if isinstance(one, payments.AlreadyArrived)]
    assert len(refused) == AT_ONCE - 1
    assert posted(Kind.CONTRIBUTION) == 1


def test_the_same_news_many_times_at_once_settles_once(gift):
    contribution = gift("sandbox")
    charge = queries.charge_of(contribution)
    news = RailEvent("captured", charge.uuid, "ch_1", gifts.GIFT, Money(53, "EUR"), clock.today())

    def hear(_: int) -> None:
        payments.receive(rail="sandbox", news=[news], by=None)
        for item in payment_queries.unread_news():
            tasks.hear(item)

    all_at_once(hear)

    assert (posted(Kind.ARRIVAL), posted(Kind.CONTRIBUTION)) == (1, 1)
    assert not payment_queries.unread_news().exists()


def test_paying_a_card_with_many_clicks_pays_once(gift):
    contribution = gift("sandbox")

    all_at_once(lambda _: tasks.answer(contribution, {"card": "works"}))

    assert (posted(Kind.ARRIVAL), posted(Kind.CONTRIBUTION)) == (1, 1)


def test_a_refund_asked_by_many_at_once_gives_back_no_more_than_was_given(gift):
    contribution, hana = gift("sandbox"), city.somebody("hana")
    tasks.answer(contribution, {"card": "works"})

    all_at_once(
        lambda _: actions.refund(contribution=contribution, amount=Money(900, "EUR"), by=hana)
    )
    all_at_once(lambda _: tasks.give_back(contribution))

    contribution.refresh_from_db()
    assert contribution.received_minor == 200
    assert posted(Kind.REFUND) == 2


def test_cancelling_while_the_money_comes_loses_nothing(gift):
    contribution, hana, alice = gift("transfer"), city.somebody("hana"), city.somebody("alice")

    def act(number: int) -> object:
        if number % 2:
            return actions.cancel(contribution=contribution, by=alice)
        return actions.confirm_transfer(
            contribution=contribution, amount=gifts.GIFT, arrived_on=clock.today(), by=hana
        )

    all_at_once(act)

    contribution.refresh_from_db()
    assert contribution.status == Contribution.Status.SETTLED
    assert posted(Kind.CONTRIBUTION) == 1
