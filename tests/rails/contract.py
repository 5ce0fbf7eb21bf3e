"""What every rail must do: import these tests into a rail's own, with fixtures `rail` and `ask`.

`rail` is the rail; `ask` makes the request for a charge, always the same for the same number;
`paid`, where the rail can be paid by a program, does so and returns what the rail then sends.
"""

from __future__ import annotations

import dataclasses
from uuid import uuid4

import pytest

from commonweal.foundation.money import Money
from commonweal.payments.port import Capabilities, NextStep, NotUnderstood

pytestmark = pytest.mark.django_db

AMOUNTS = [Money(100, "EUR"), Money(2050, "EUR"), Money(99_999_999, "EUR")]


def test_it_has_a_name_people_and_addresses_can_read(rail):
    assert rail.name.isidentifier()
    assert rail.label()
    assert isinstance(rail.capabilities, Capabilities)


@pytest.mark.parametrize("amount", AMOUNTS, ids=str)
def test_its_fee_is_in_the_same_currency_and_never_negative(rail, amount):
    fee = rail.fee(amount)

    assert fee.currency == amount.currency
    assert fee.minor >= 0


def test_asking_again_with_the_same_key_is_the_same_charge(rail, ask):
    first, second = rail.start_charge(ask(1)), rail.start_charge(ask(1))

    assert isinstance(first, NextStep)
    assert first == second


def test_two_charges_are_told_apart(rail, ask):
    first, second = rail.start_charge(ask(1)), rail.start_charge(ask(2))

    assert (first.external_id, first.facts) != (second.external_id, second.facts)


def test_the_next_step_says_what_to_do(rail, ask):
    step = rail.start_charge(ask(1))

    assert {
        "show": bool(step.template),
        "redirect": bool(step.url),
        "failed": bool(step.failure),
        "done": True,
    }[step.kind]


def test_the_next_step_survives_being_stored(rail, ask):
    step = rail.start_charge(ask(1))

    kept = dataclasses.asdict(dataclasses.replace(step, news=()))
    assert kept.pop("news") == ()
    assert all(isinstance(value, str | dict) for value in kept.values())
    assert all(isinstance(value, str) for value in step.facts.values())


@pytest.mark.parametrize(
    "raw", [b"", b"null", b"[]", b"{}", b"\xff\xfe", b'{"key": 1}', b"x" * 10_000]
)
def test_what_it_did_not_send_is_not_understood(rail, raw):
    with pytest.raises(NotUnderstood):
        rail.read_events(raw, {})


def test_news_about_a_charge_nobody_made_is_not_understood(rail):
    with pytest.raises(NotUnderstood):
        rail.read_events(f'{{"key": "{uuid4()}", "card": "works"}}'.encode(), {})


def test_news_names_our_charge_and_stays_the_same_news(rail, ask, paid):
    if paid is None:
        pytest.skip("a person sees the money come")
    rail.start_charge(ask(1))
    raw = paid(ask(1))

    [first], [second] = rail.read_events(raw, {}), rail.read_events(raw, {})

    assert first == second
    assert (first.kind, first.key, first.amount) == ("captured", ask(1).key, ask(1).amount)
    assert first.fee == rail.fee(ask(1).amount)


def test_a_card_that_paid_once_is_charged_again_without_its_giver(rail, ask, paid):
    if rail.capabilities.repeats != "by us" or paid is None:
        pytest.skip("nobody is asked again by us")
    rail.start_charge(ask(1))
    rail.read_events(paid(ask(1)), {})
    again = dataclasses.replace(ask(2), again_of=ask(1).key)

    steps = [rail.start_charge(again) for _ in range(2)]

    assert [step.kind for step in steps] == ["done", "done"]
    [[first], [second]] = [step.news for step in steps]
    assert first == second
    assert (first.kind, first.key, first.amount) == ("captured", again.key, again.amount)


def test_giving_back_the_same_total_twice_is_giving_it_back_once(rail, ask, paid):
    if not rail.capabilities.refunds:
        pytest.skip("this rail gives nothing back")
    rail.start_charge(ask(1))
    if paid is not None:
        rail.read_events(paid(ask(1)), {})

    answers = {rail.refund(ask(1).key, Money(100, "EUR")) for _ in range(2)}

    assert len(answers) == 1
    assert answers <= {"done", "later"}
