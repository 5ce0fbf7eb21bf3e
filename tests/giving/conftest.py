"""Gifts to Gardens at every point of their way."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions, queries, tasks
from commonweal.hosting.models import Hosting
from commonweal.ledger.models import Purpose
from commonweal.ledger.queries import account_of, balance
from commonweal.people import actions as people
from commonweal.rails.manual.rail import BankTransfer
from giving.living import fresh, on


class SingleTransfer(BankTransfer):
    """A rail that nobody repeats."""

    capabilities = replace(BankTransfer.capabilities, repeats="never")


EUR = partial(Money.parse, currency="EUR")


@pytest.fixture
def promised(gardens, alice):
    """Promise a gift of Alice's to Gardens."""

    def promise(amount="20.00", rail="transfer", contributor=None, by=None, **more):
        contributor, by = contributor or alice, by or alice
        return actions.pledge(
            collective=gardens, amount=EUR(amount), rail=rail,
            contributor=contributor, given_by=by, by=by, **more,
        )  # fmt: skip

    return promise


@pytest.fixture
def arrived(promised, carol):
    """Promise a gift by bank transfer, and let Carol see it come."""

    def arrive(amount="20.00", **more):
        contribution = promised(amount, **more)
        return actions.confirm_transfer(
            contribution=contribution, amount=EUR(amount), arrived_on=clock.today(), by=carol
        )

    return arrive


@pytest.fixture
def paid_by_card(promised):
    """Promise a gift, and pay it with the pretend card that works."""

    def pay(amount="20.00", card="works", **more):
        contribution = promised(amount, rail="sandbox", **more)
        tasks.begin(contribution)
        tasks.answer(contribution, {"card": card})
        return queries.contribution(contribution.secret)

    return pay


@pytest.fixture
def guest(db):
    """A neighbour who only leaves an address."""
    return people.ensure_guest(email="neighbour@example.org", name="Nour")


@pytest.fixture
def holds(commons):
    """Answer what an account of Commons House holds."""

    def balance_of(purpose, *, party=None, rail=""):
        party = party.pk if party else None
        account = account_of(
            Purpose[purpose], currency="EUR", party=party, host=commons.pk, rail=rail
        )
        return balance(account)

    return balance_of


@pytest.fixture
def hosted_for_long(gardens):
    """Let Gardens be hosted before any of the days that tests live through."""
    Hosting.objects.update(since=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def monthly(promised, hosted_for_long):
    """Promise a gift each month; with a card, pay the first one."""

    def give(card="works", amount="10.00", interval="month", **more):
        gift = promised(amount, rail="sandbox", interval=interval, **more)
        tasks.begin(gift)
        tasks.answer(gift, {"card": card})
        return fresh(gift)

    return give


@pytest.fixture
def standing_order(promised, hosted_for_long):
    """Promise a gift each month by standing order."""

    def give(amount="10.00", interval="month", **more):
        gift = promised(amount, rail="transfer", interval=interval, **more)
        tasks.begin(gift)
        return fresh(gift)

    return give


@pytest.fixture
def arrives(carol):
    """Let Carol see the money of a standing order on a day."""

    def arrive(gift, day, amount="10.00"):
        with on(day):
            return actions.confirm_transfer(
                contribution=gift, amount=EUR(amount), arrived_on=clock.today(), by=carol
            )

    return arrive
