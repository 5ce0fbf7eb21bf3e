"""The pretend card: the shared contract, what each card does, and that it stays in demos."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from commonweal.foundation.money import Money
from commonweal.payments import queries
from commonweal.payments.apps import pretend_money_stays_in_demos
from commonweal.payments.port import ChargeRequest
from commonweal.rails.sandbox.models import PretendPayment
from commonweal.rails.sandbox.rail import SandboxCard
from rails.contract import *  # noqa: F403 - the contract's tests become this rail's

pytestmark = pytest.mark.django_db


@pytest.fixture
def rail():
    return SandboxCard()


@pytest.fixture
def ask():
    def ask(number):
        return ChargeRequest(
            key=UUID(int=number), amount=Money(2000, "EUR"), description="Gift", reference="1"
        )

    return ask


@pytest.fixture
def paid():
    return lambda request: choice(request, "works")


def choice(request, card):
    return json.dumps({"key": str(request.key), "card": card}).encode()


@pytest.mark.parametrize(
    ("amount", "fee"), [("20.00", "0.53"), ("1.00", "0.26"), ("25.00", "0.60"), ("1000", "14.25")]
)
def test_its_fee_is_rounded_to_the_cent(rail, amount, fee):
    assert rail.fee(Money.parse(amount, "EUR")) == Money.parse(fee, "EUR")


@pytest.mark.parametrize(
    ("choices", "kinds", "step"),
    [
        (["works"], ["captured"], "done"),
        (["declined"], ["failed"], "failed"),
        (["asks"], [], "redirect"),
        (["asks", "yes"], ["captured"], "done"),
        (["asks", "no"], ["failed"], "failed"),
        (["nonsense"], [], "show"),
        (["yes"], [], "show"),
        (["works", "declined"], ["captured"], "done"),
        (["declined", "works"], ["failed"], "failed"),
    ],
)
def test_each_card_does_what_it_says(rail, ask, choices, kinds, step):
    rail.start_charge(ask(1))

    for card in choices:
        news = rail.read_events(choice(ask(1), card), {})

    assert [event.kind for event in news] == kinds
    assert rail.start_charge(ask(1)).kind == step


@pytest.mark.parametrize(
    ("card", "kinds"),
    [("works", ["done", "done"]), ("slow", ["failed", "done"]), ("once", ["failed", "failed"])],
)
def test_a_known_card_is_charged_again_as_its_name_says(rail, ask, card, kinds):
    rail.start_charge(ask(1))
    rail.read_events(choice(ask(1), card), {})

    steps = [
        rail.start_charge(replace(ask(2), again_of=ask(1).key, attempt=attempt))
        for attempt in (1, 2)
    ]

    assert [step.kind for step in steps] == kinds


def test_a_card_that_was_declined_again_may_be_replaced_by_its_giver(rail, ask):
    rail.start_charge(ask(1))
    rail.read_events(choice(ask(1), "once"), {})
    rail.start_charge(replace(ask(2), again_of=ask(1).key))

    assert rail.start_charge(replace(ask(2), attempt=2)).kind == "show"
    [event] = rail.read_events(choice(ask(2), "works"), {})

    assert event.kind == "captured"


def test_a_card_that_nobody_knows_is_declined(rail, ask):
    assert rail.start_charge(replace(ask(2), again_of=ask(1).key)).kind == "failed"


def test_it_never_gives_back_twice(rail, ask, paid):
    rail.start_charge(ask(1))
    rail.read_events(paid(ask(1)), {})

    for total in (500, 1200, 1200):
        rail.refund(ask(1).key, Money(total, "EUR"))

    assert PretendPayment.objects.get(key=ask(1).key).refunded_minor == 1200


def test_outside_a_demo_the_server_refuses_to_start_with_it(settings):
    settings.DEMO = False

    assert "commonweal.payments" in {
        check.__module__.rpartition(".")[0] for check in checks.registry.registry.get_checks()
    }
    [error] = pretend_money_stays_in_demos()
    assert error.level >= checks.ERROR
    assert "take it out of PAYMENT_RAILS" in error.msg


def test_outside_a_demo_it_cannot_be_used_by_any_way(settings):
    settings.DEMO = False

    with pytest.raises(ImproperlyConfigured):
        queries.rail("sandbox")


def test_in_a_demo_nothing_is_wrong(settings):
    assert settings.DEMO
    assert pretend_money_stays_in_demos() == []
