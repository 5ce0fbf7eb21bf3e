"""Account numbers, shares of gifts, and what a host's books must come to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundation.money import Money
from commonweal.hosting import rules
from commonweal.hosting.rules import Custody


@pytest.mark.parametrize("typed", ["BE71 0961 2345 6769", "be71096123456769", "BE71096123456769 "])
def test_an_account_number_is_kept_without_spaces(typed: str) -> None:
    assert rules.proper_iban(typed) == "BE71096123456769"


@pytest.mark.parametrize("typed", ["", "BE71096123456768", "BE7109612345676", "0961234567", "x"])
def test_a_wrong_account_number_is_refused(typed: str) -> None:
    with pytest.raises(rules.NotAnIban):
        rules.proper_iban(typed)


def test_a_banks_code_may_be_left_out_and_is_checked_where_it_is_not() -> None:
    assert rules.proper_bic("  ") == ""
    assert rules.proper_bic("GKCCBEBB") == "GKCCBEBB"
    with pytest.raises(rules.NotABic):
        rules.proper_bic("GKCC")


@pytest.mark.parametrize("ppm", [0, 50_000, rules.HIGHEST_FEE_PPM])
def test_a_share_within_reason_is_kept(ppm: int) -> None:
    assert rules.proper_fee(ppm) == ppm


@pytest.mark.parametrize("ppm", [-1, rules.HIGHEST_FEE_PPM + 1])
def test_a_share_beyond_reason_is_refused(ppm: int) -> None:
    with pytest.raises(rules.NotAFee):
        rules.proper_fee(ppm)


@pytest.mark.parametrize(
    ("typed", "ppm"),
    [("5", 50_000), ("4,5", 45_000), ("4.5 %", 45_000), (" 0\u00a0% ", 0), ("30", 300_000)],
)
def test_a_share_is_read_as_people_type_it(typed: str, ppm: int) -> None:
    assert rules.fee_from_percent(typed) == ppm


@pytest.mark.parametrize(
    "typed", ["", "five", "31", "-1", "NaN", "Infinity", "0.00001", "1e9", "%"]
)
def test_what_is_no_share_is_refused(typed: str) -> None:
    with pytest.raises(rules.NotAFee):
        rules.fee_from_percent(typed)


@given(st.integers(0, rules.HIGHEST_FEE_PPM))
def test_a_share_that_is_written_is_read_as_it_was(ppm: int) -> None:
    assert rules.fee_from_percent(rules.percent(ppm)) == ppm


def test_a_share_is_written_without_needless_zeros() -> None:
    assert [rules.percent(ppm) for ppm in (0, 45_000, 100_000)] == ["0", "4.5", "10"]


_cents = st.integers(-(10**12), 10**12).map(lambda cents: Money(cents, "EUR"))


@given(_cents, _cents, _cents, _cents)
def test_a_host_holds_what_it_owes_what_waits_and_its_own(
    owed: Money, waiting_in: Money, waiting_out: Money, own: Money
) -> None:
    bank = owed + waiting_in + waiting_out + own
    custody = Custody(bank, owed, waiting_in, waiting_out, own, Money(0, "EUR"))

    assert custody.adds_up
    assert not replace(custody, bank=bank + Money(1, "EUR")).adds_up
