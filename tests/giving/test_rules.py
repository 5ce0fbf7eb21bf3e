from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundation.money import PPM, Money
from commonweal.giving import rules
from commonweal.giving.rules import sharing

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


@given(
    wished=st.integers(1, 10**6),
    ppm=st.integers(0, 300_000),
    rail_ppm=st.integers(0, 50_000),
    fixed=st.integers(0, 60),
    host_bears=st.booleans(),
)
def test_covering_the_fees_takes_the_smallest_amount_of_which_enough_is_left(
    wished, ppm, rail_ppm, fixed, host_bears
):
    def fee_of(amount):
        return amount.share(rail_ppm) + Money(fixed, "EUR")

    def net(minor):
        gross = Money(minor, "EUR")
        fee = Money(0, "EUR") if host_bears else fee_of(gross)
        return (gross - fee - gross.share(ppm)).minor

    amount = sharing.covering(
        Money(wished, "EUR"), fee_of=fee_of, host_fee_ppm=ppm, host_bears=host_bears
    )

    assert net(amount.minor) >= wished
    assert all(net(less) < wished for less in range(max(wished, amount.minor - 50), amount.minor))


def test_without_fees_there_is_nothing_to_cover():
    covered = sharing.covering(EUR("1.00"), fee_of=lambda _: EUR("0"), host_fee_ppm=0)

    assert covered == EUR("1.00")


def test_a_small_gift_is_covered_although_the_fee_is_larger_than_it():
    covered = sharing.covering(EUR("0.10"), fee_of=lambda _: EUR("0.25"), host_fee_ppm=0)

    assert covered == EUR("0.35")


def test_fees_that_would_take_more_than_can_be_given_cannot_be_covered():
    with pytest.raises(rules.EatenByFees):
        sharing.covering(EUR("9"), fee_of=lambda amount: amount, host_fee_ppm=0)


@pytest.mark.parametrize(
    ("available", "host_bears", "covered"),
    [("20", False, "0"), ("5", False, "14"), ("-3", False, "19"), ("100", True, "19")],
)
def test_the_host_bears_what_the_pot_cannot_or_all_of_it(available, host_bears, covered):
    found = sharing.cover(EUR("19"), available=EUR(available), host_bears=host_bears)

    assert found == EUR(covered)


@given(whole=st.integers(0, 10**6), of=st.integers(1, 10**6), data=st.data())
def test_parts_of_parts_end_at_the_whole(whole, of, data):
    left, rest = whole, of
    while rest:
        part = data.draw(st.integers(max(1, rest // 3), rest))
        taken = sharing.part_of(left, part=part, of=rest)
        assert 0 <= taken <= left
        left, rest = left - taken, rest - part
    assert left == 0


@pytest.mark.parametrize(("gross", "fee", "ppm"), [("1.00", "1.00", 0), ("1.00", "0.90", 200_000)])
def test_fees_larger_than_a_gift_in_another_currency_are_refused(gross, fee, ppm):
    with pytest.raises(rules.EatenByFees):
        sharing.share_abroad(
            EUR(gross), rail_fee=EUR(fee), host_fee_ppm=ppm, host_bears=False, worth=lambda one: one
        )
