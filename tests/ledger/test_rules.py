"""Splitting loses nothing, whatever the amounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundation import ids
from commonweal.ledger.models import Kind
from commonweal.ledger.rules import Draft, Posting, Private, imbalance, reversal, reversal_across


def test_what_adds_up_has_no_imbalance():
    amounts = [("EUR", 5), ("EUR", -5), ("USD", 7), ("USD", -7)]

    assert imbalance(amounts) == {}
    assert imbalance([*amounts, ("USD", 1)]) == {"USD": 1}


@st.composite
def transactions(draw: st.DrawFn) -> list[int]:
    """Draw the legs of a transaction: one gives, or one gains, and the others share."""
    shares = draw(st.lists(st.integers(1, 10**9), min_size=1, max_size=6))
    sign = draw(st.sampled_from([1, -1]))
    return [-sign * sum(shares), *(sign * share for share in shares)]


@given(transactions(), st.data())
def test_reversals_end_exactly_where_they_began_and_never_turn_a_leg_around(legs, data):
    remaining = legs
    while any(remaining):
        whole = sum(amount for amount in remaining if amount > 0)
        part = data.draw(st.integers(max(1, whole // 3), whole))
        back = reversal(remaining, part)

        assert sum(back) == 0
        assert sum(amount for amount in back if amount > 0) == part
        after = [amount + taken for amount, taken in zip(remaining, back, strict=True)]
        for was, now in zip(remaining, after, strict=True):
            assert min(was, 0) <= now <= max(was, 0)
        remaining = after


@given(transactions(), st.data())
def test_a_share_is_within_one_unit_of_its_part(legs, data):
    whole = sum(amount for amount in legs if amount > 0)
    part = data.draw(st.integers(1, whole))

    for leg, back in zip(legs, reversal(legs, part), strict=True):
        assert abs(abs(back) * whole - abs(leg) * part) < whole


@pytest.mark.parametrize("part", [0, -1, 2001])
def test_nothing_beyond_the_whole_is_taken_back(part):
    with pytest.raises(ValueError, match="between 1 and 2000"):
        reversal([-2000, 1900, 100], part)


def test_one_cent_over_three_legs_goes_to_the_first_of_the_largest():
    assert reversal([-6, 2, 2, 2], 1) == [1, -1, 0, 0]


@given(
    st.integers(1, 5000), st.integers(0, 400), st.integers(1, 5000),
    st.lists(st.integers(1, 5000), max_size=5),
)  # fmt: skip
def test_parts_of_a_gift_in_two_currencies_end_where_the_whole_would(paid, fee, worth, parts):
    legs = [("USD", -paid - fee), ("USD", fee), ("USD", paid), ("EUR", -worth), ("EUR", worth)]
    whole, left = reversal_across(legs), paid + fee
    given_back = [0] * len(legs)
    for wanted in [*parts, left]:
        part = min(wanted, left)
        if not part:
            break
        back = reversal_across(legs, part)
        assert imbalance([(code, one) for (code, _), one in zip(legs, back, strict=True)]) == {}
        legs = [(code, was + one) for (code, was), one in zip(legs, back, strict=True)]
        given_back = [so_far + one for so_far, one in zip(given_back, back, strict=True)]
        left -= part

    assert given_back == whole
    assert not any(amount for _, amount in legs)


def draft(**change: object) -> Draft:
    plain = Draft(
        key=ids.key("a draft"),
        kind=Kind.CONTRIBUTION,
        postings=(Posting(1, -5, Kind.CONTRIBUTION), Posting(2, 5, Kind.CONTRIBUTION)),
        effective_on=date(2026, 11, 21),
        refs={"contribution": "k3f9"},
        private=(Private("counterparty", "Alice"),),
    )
    return replace(plain, **change)


def test_a_request_is_the_same_whoever_it_is_about():
    assert draft().request_hash == draft(private=()).request_hash


@pytest.mark.parametrize(
    "change",
    [
        {"kind": Kind.EXPENSE},
        {"postings": (Posting(1, -6, Kind.CONTRIBUTION), Posting(2, 6, Kind.CONTRIBUTION))},
        {"effective_on": date(2026, 11, 22)},
        {"host": 3},
        {"category": 20},
        {"refs": {}},
        {"reverses": 9},
    ],
)
def test_a_request_is_another_one_if_anything_else_differs(change):
    assert draft().request_hash != draft(**change).request_hash


def test_too_little_of_one_currency_to_be_a_cent_of_the_other_leaves_the_other_alone():
    legs = [("USD", 100), ("USD", -100), ("EUR", 1), ("EUR", -1)]

    assert reversal_across(legs, 1) == [-1, 1, 0, 0]
