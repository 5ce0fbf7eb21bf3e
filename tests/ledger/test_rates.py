"""What money was worth in another currency, by the last rate of a day."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.ledger.models import Rate
from commonweal.ledger.queries import exchanges
from commonweal.ledger.rules import Exchange, Quote, exchange

DAY = date(2018, 1, 2)


def test_halves_are_rounded_away_from_zero() -> None:
    half = Exchange(1, 2, DAY)

    assert [half.of(minor) for minor in (3, 1, 0, -1, -3)] == [2, 1, 0, -1, -2]


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**9), st.integers(1, 10**6))
def test_what_comes_out_is_the_nearest_cent(minor: int, numerator: int, denominator: int) -> None:
    worth = Exchange(numerator, denominator, DAY).of(minor)

    assert abs(worth - Fraction(minor * numerator, denominator)) <= Fraction(1, 2)


def test_currencies_meet_by_way_of_the_euro_with_their_own_decimals() -> None:
    yen, dollar = Quote(150, 1, DAY), Quote(6, 5, DAY - timedelta(days=1))

    found = exchange(yen, dollar, decimals=(0, 2))

    assert found.of(15_000) == 120_00
    assert found.on == DAY - timedelta(days=1)


@pytest.mark.django_db
def test_the_last_rate_before_a_day_is_its_rate_unless_it_is_old(django_assert_num_queries) -> None:
    Rate.objects.bulk_create(
        Rate(currency=code, day=DAY, numerator=up, denominator=1)
        for code, up in (("USD", 2), ("CHF", 4))
    )
    days = [DAY + timedelta(days=number) for number in (-1, 0, 31, 32)]
    asked = {(code, day) for code in ("EUR", "USD", "ISK") for day in days}

    with django_assert_num_queries(1):
        in_euro = exchanges(asked, "EUR")
    in_francs = exchanges(asked, "CHF")

    assert {pair: one.of(100) for pair, one in in_euro.items()} == {
        ("USD", days[1]): 50, ("USD", days[2]): 50,
    }  # fmt: skip
    assert {pair: one.of(100) for pair, one in in_francs.items()} == {
        ("USD", days[1]): 200, ("USD", days[2]): 200, ("EUR", days[1]): 400, ("EUR", days[2]): 400,
    }  # fmt: skip
    assert in_euro["USD", days[2]].on == DAY
    with django_assert_num_queries(0):
        assert exchanges({("EUR", DAY)}, "EUR") == {}
