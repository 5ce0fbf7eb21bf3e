"""Money is exact, and says no to what it cannot hold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundation.money import EXPONENTS, LARGEST_MINOR, Money, NotAnAmount

amounts = st.integers(-LARGEST_MINOR, LARGEST_MINOR)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("20", 2000),
        ("20.5", 2050),
        ("20,50", 2050),
        ("1 234,50", 123450),
        ("1.234,50", 123450),
        ("1,234.50", 123450),
        ("1\u202f234,50", 123450),
        (".50", 50),
        ("-3", -300),
        ("\u22123", -300),
        ("0", 0),
    ],
)
def test_typed_amounts_are_read(text: str, minor: int) -> None:
    assert Money.parse(text, "EUR") == Money(minor, "EUR")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ten",
        "1.234",
        "1,234",
        "0.001",
        "1e3",
        "12..5",
        "1,2,3",
        "€5",
        "٣",
        "--1",
        "NaN",
        "9" * 20,
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        Money.parse(text, "EUR")


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "1E+999999", "1E-999999"])
def test_a_number_that_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        Money.from_decimal(Decimal(text), "EUR")


def test_a_currency_without_decimals_takes_none() -> None:
    assert Money.parse("500", "JPY") == Money(500, "JPY")
    with pytest.raises(NotAnAmount):
        Money.parse("500.5", "JPY")


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(NotAnAmount):
        Money(1, "XXX")


@pytest.mark.parametrize("minor", [1.0, True, "1"])
def test_minor_units_are_whole_numbers(minor: object) -> None:
    with pytest.raises(TypeError):
        Money(minor, "EUR")  # type: ignore[arg-type]


def test_money_never_meets_a_bare_number_or_another_currency() -> None:
    one = Money(100, "EUR")
    assert one != 100
    with pytest.raises(TypeError):
        _ = one + 1  # type: ignore[operator]
    with pytest.raises(TypeError):
        _ = one < Money(100, "USD")


def test_money_adds_subtracts_and_turns_round() -> None:
    one, two = Money(100, "EUR"), Money(250, "EUR")
    assert one + two == Money(350, "EUR")
    assert one - two == -Money(150, "EUR")
    assert one < two
    assert bool(one)
    assert not Money(0, "EUR")


def test_it_prints_plainly() -> None:
    assert str(Money(123450, "EUR")) == "1234.50 EUR"
    assert str(Money(-5, "KWD")) == "-0.005 KWD"


@given(minor=amounts, currency=st.sampled_from(sorted(EXPONENTS)))
def test_what_is_printed_can_be_read_back(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.from_decimal(money.decimal, currency) == money


@pytest.mark.parametrize(
    ("minor", "ppm", "share"),
    [(2000, 50_000, 100), (10, 50_000, 1), (9, 50_000, 0), (-10, 50_000, -1), (1, 1_000_000, 1)],
)
def test_a_share_rounds_halves_up(minor: int, ppm: int, share: int) -> None:
    assert Money(minor, "EUR").share(ppm) == Money(share, "EUR")


def test_the_earlier_part_gets_the_odd_cent() -> None:
    parts = Money(100, "EUR").allocate([1, 1, 1])
    assert [part.minor for part in parts] == [34, 33, 33]


@given(minor=amounts, weights=st.lists(st.integers(0, 10**9), min_size=1).filter(any))
def test_allocating_loses_nothing_and_is_within_a_cent(minor: int, weights: list[int]) -> None:
    parts = Money(minor, "EUR").allocate(weights)

    assert sum(part.minor for part in parts) == minor
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor * sum(weights) - minor * weight) < sum(weights)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_weights_that_mean_nothing_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        Money(100, "EUR").allocate(weights)
