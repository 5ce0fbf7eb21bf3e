import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.payments import rules
from commonweal.payments.models import Charge, Payout


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_each_charge_has_its_own_reference(one, other):
    assert (rules.reference(one) == rules.reference(other)) is (one == other)
    assert len(rules.reference(one)) == rules.REFERENCE_DIGITS


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("+++090/9337/55493+++", "0909337554"),
        ("***090/9337/55493***", "0909337554"),
        ("RF56 5390 0754 70", "5390075470"),
        ("rf565390075470", "5390075470"),
        (" 0909337554 ", "0909337554"),
        ("thank you", ""),
        ("٠٩٠٩٣٣٧٥٥٤", ""),
        ("", ""),
    ],
)
def test_references_are_read_as_banks_print_them(text, digits):
    assert rules.read_reference(text) == digits


@pytest.mark.parametrize(
    ("steps", "states"), [(rules.CHARGE_STEPS, Charge.State), (rules.PAYOUT_STEPS, Payout.State)]
)
def test_each_state_knows_what_may_follow(steps, states):
    assert set(steps) == set(states.values)
    assert {state for following in steps.values() for state in following} <= set(states.values)


@pytest.mark.parametrize(
    ("state", "minor"), [("created", 0), ("captured", 100), ("settled", 0), ("refunding", 30)]
)
def test_clearing_holds_what_came_or_goes_back(state, minor):
    assert rules.clearing(state, amount=100, refunded=70, returned=40) == minor
