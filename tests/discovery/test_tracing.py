"""What each gift paid for is kept behind the ledger, and is the same as if it were made anew."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from random import Random

import pytest
from django.db import transaction

from commonweal.discovery import queries
from commonweal.discovery.actions import trace, trace_anew
from commonweal.discovery.models import TracedPart, TracedPot, TracedRest
from commonweal.foundation import ids
from commonweal.hosting.models import Host
from commonweal.ledger import actions as ledger
from commonweal.ledger.actions import NotEnough, ReversedTooMuch
from commonweal.ledger.models import Kind, Purpose
from commonweal.ledger.rules import Draft, Posting

DAY = date(2026, 11, 20)


class Pots:
    """Two pots of one host, and the world outside."""

    def __init__(self, host: Host, *, floor: int | None = 0) -> None:
        opened = ledger.open_account
        self.pots = [
            opened(purpose=Purpose.FUNDS, currency="EUR", party=n, host=host.pk).pk for n in (1, 2)
        ]
        self.outside = opened(purpose=Purpose.BACKERS, currency="EUR", host=host.pk).pk
        if floor != 0:
            for pot in self.pots:
                ledger.let_fall_below(account=pot, floor=floor)

    def move(self, minor: int, *, pot: int = 0, to: int | None = None, mark: str = "") -> int:
        """Let money come in, go out, or over to the other pot; return the transaction."""
        other = self.outside if to is None else self.pots[to]
        return ledger.post(
            Draft(
                ids.uuid7(), Kind.CONTRIBUTION if minor > 0 else Kind.EXPENSE,
                (Posting(self.pots[pot], minor, 1), Posting(other, -minor, 1)), DAY,
                refs={"activity": mark} if mark else {},
            )
        )  # fmt: skip

    def back(self, transaction: int, minor: int | None = None) -> int:
        """Take a transaction back, or a part of it."""
        return ledger.reverse(
            key=ids.uuid7(), transaction_id=transaction, effective_on=DAY, amount_minor=minor
        )

    def parts(self, pot: int = 0) -> list[tuple[int, int, int]]:
        """Return (lot, use, amount) of a pot."""
        found = TracedPart.objects.filter(account_id=self.pots[pot]).order_by("use", "lot")
        return list(found.values_list("lot", "use", "amount"))


@pytest.fixture
def pots(commons: Host) -> Pots:
    return Pots(commons)


def caught_up(most: int = 5000) -> None:
    while ledger.advance():
        pass
    while trace(most=most):
        pass


def kept() -> list[list[tuple[int, ...]]]:
    return [
        sorted(model.objects.values_list(*[one.attname for one in model._meta.concrete_fields]))
        for model in (TracedPart, TracedRest, TracedPot)
    ]


def test_an_expense_uses_the_oldest_gift_and_that_of_its_purpose_first(pots: Pots) -> None:
    for minor, mark in ((10, ""), (10, "7"), (10, "")):
        pots.move(minor, mark=mark)
    pots.move(-15, mark="7")
    caught_up()

    assert pots.parts() == [(1, 4, 5), (2, 4, 10)]


def test_a_gift_given_back_after_it_was_spent_and_a_payment_returned(pots: Pots) -> None:
    first, _ = pots.move(10), pots.move(10)
    paid = pots.move(-10)
    caught_up()
    assert pots.parts() == [(1, 3, 10)]

    pots.back(first, 4)
    caught_up()
    assert pots.parts() == [(1, 3, 6), (2, 3, 4)]

    pots.back(paid)
    pots.move(-3)
    caught_up()
    assert pots.parts() == [(1, 6, 3)]


def test_money_passed_on_is_a_lot_of_the_other_pot(pots: Pots) -> None:
    pots.move(10)
    pots.move(-6, to=1)
    pots.move(-5, pot=1)
    caught_up()

    assert (pots.parts(), pots.parts(1)) == ([(1, 2, 6)], [(1, 2, 5)])


@pytest.mark.parametrize("seed", range(6))
def test_a_few_at_a_time_end_where_the_whole_does(commons: Host, seed: int) -> None:
    draw = Random(seed)
    pots = Pots(commons, floor=None if seed % 3 == 0 else 0)
    moved: list[int] = []
    for step in range(60):
        pot, mark = draw.randrange(2), draw.choice(["", "", "7", "8"])
        with suppress(NotEnough, ReversedTooMuch), transaction.atomic():
            match draw.choice(["in", "in", "out", "out", "over", "back", "part"]):
                case "in":
                    moved.append(pots.move(draw.randint(1, 90), pot=pot, mark=mark))
                case "out":
                    moved.append(pots.move(-draw.randint(1, 90), pot=pot, mark=mark))
                case "over":
                    moved.append(pots.move(-draw.randint(1, 40), pot=pot, to=1 - pot, mark=mark))
                case "back" if moved:
                    pots.back(draw.choice(moved))
                case "part" if moved:
                    pots.back(draw.choice(moved), draw.randint(1, 20))
        if step % draw.randint(1, 9) == 0:
            caught_up(most=draw.randint(1, 7))
            assert queries.untraced() == []
    caught_up()

    little_by_little = kept()
    number = trace_anew()

    assert kept() == little_by_little
    assert number == len(little_by_little[0])
    assert queries.untraced() == []


def test_the_books_say_when_what_was_kept_is_wrong(pots: Pots) -> None:
    pots.move(10)
    pots.move(-4)
    caught_up()

    TracedPart.objects.update(amount=3)

    assert len(queries.untraced()) == 2
    trace_anew()
