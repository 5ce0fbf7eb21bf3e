from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundation.money import PPM, Money
from commonweal.giving import rules

EUR = partial(Money.parse, currency="EUR")


@given(gross=st.integers(1, 10**9), fee=st.integers(0, 1000), ppm=st.integers(0, 300_000))
def test_sharing_out_loses_nothing_and_leaves_nobody_below_zero(gross, fee, ppm):
    try:
        shares = rules.share_out(Money(gross, "EUR"), rail_fee=Money(fee, "EUR"), host_fee_ppm=ppm)
    except rules.EatenByFees:
        assert fee + (2 * gross * ppm + PPM) // (2 * PPM) > gross
        return

    assert shares.rail_fee + shares.host_fee + shares.collective == Money(gross, "EUR")
    assert shares.collective >= Money(0, "EUR")


@pytest.mark.parametrize(
    ("gross", "ppm", "host_fee"),
    [
        ("10.00", 50_000, "0.50"),
        ("0.10", 50_000, "0.01"),  # half a cent goes up
        ("0.09", 50_000, "0.00"),
        ("10.00", 0, "0.00"),
        ("10.00", 1_000_000, "10.00"),
    ],
)
def test_the_host_fee_is_rounded_half_up(gross, ppm, host_fee):
    shares = rules.share_out(EUR(gross), rail_fee=EUR("0"), host_fee_ppm=ppm)

    assert shares.host_fee == EUR(host_fee)
    assert shares.collective == EUR(gross) - EUR(host_fee)


def test_fees_larger_than_the_gift_are_refused():
    with pytest.raises(rules.EatenByFees):
        rules.share_out(EUR("0.20"), rail_fee=EUR("0.25"), host_fee_ppm=0)


@pytest.mark.parametrize("amount", ["0", "-5", "0.99", "1000000.01"])
def test_amounts_that_make_no_sense_are_refused(amount):
    with pytest.raises(rules.WrongAmount):
        rules.check_amount(EUR(amount))


@pytest.mark.parametrize("amount", ["1.00", "1000000.00"])
def test_the_smallest_and_the_largest_gift_are_taken(amount):
    rules.check_amount(EUR(amount))


def test_a_currency_without_cents_has_its_own_smallest_gift():
    assert rules.smallest("JPY") == Money(1, "JPY")
    assert rules.smallest("KWD") == Money(1000, "KWD")


@pytest.mark.parametrize(
    ("amount", "flexible", "fits"),
    [("10", False, True), ("12", False, False), ("12", True, True), ("9", True, False)],
)
def test_a_tier_asks_for_its_amount_or_at_least_for_it(amount, flexible, fits):
    assert rules.fits_tier(EUR(amount), tier_amount=EUR("10"), flexible=flexible) is fits


@pytest.mark.parametrize(
    ("kind", "tier", "interval", "category"),
    [
        ("person", "", "once", rules.GIFTS),
        ("person", "donation", "month", rules.MONTHLY_BACKERS),
        ("organization", "", "once", rules.COMPANIES),
        ("organization", "ticket", "once", rules.SALES),
        ("collective", "", "once", rules.FROM_GROUPS),
    ],
)
def test_a_gift_counts_in_the_line_of_the_chart_it_belongs_to(kind, tier, interval, category):
    found = rules.category(contributor_kind=kind, tier_kind=tier, interval=interval)

    assert found == category


@pytest.mark.parametrize(
    ("legal_form", "category"),
    [("", 3), ("company", 3), ("association", 1), ("foundation", 4), ("public body", 4)],
)
def test_what_an_organization_gives_counts_by_what_it_is(legal_form, category):
    found = rules.category(
        contributor_kind="organization", tier_kind="", interval="once", legal_form=legal_form
    )

    assert found == category
