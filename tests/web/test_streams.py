from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundation.money import Money
from commonweal.web import charts, streams

PARTS = st.lists(st.integers(1, 10**9), min_size=1, max_size=15)


def shares(amounts):
    named = [(f"part {n}", Money(amount, "EUR")) for n, amount in enumerate(amounts)]
    return charts.shares(named)


def drawn(comes, goes):
    words = {"rest": "The rest", "later": "Kept for later", "before": "From before"}
    return streams.draw(shares(comes), shares(goes), **words)


@given(PARTS, PARTS)
def test_both_sides_are_equally_much_and_stay_on_the_sheet(comes, goes):
    for flow in drawn(comes, goes):
        left = sum(band.amount.minor for band in flow.comes)
        right = sum(band.amount.minor for band in flow.goes)

        assert left == right
        for band in (*flow.comes, *flow.goes):
            assert -0.1 <= band.y <= band.y + band.height <= flow.height + 0.2


def test_what_was_kept_goes_right_and_what_was_there_before_comes_from_the_left():
    kept, _narrow = drawn([300], [100])
    used, _narrow = drawn([100], [300])

    assert kept.goes[-1].name == "Kept for later"
    assert used.comes[-1].name == "From before"


def test_small_parts_go_together():
    wide, _narrow = drawn(range(1, 13), [1])

    assert [band.name for band in wide.comes][-1] == "The rest"
    assert wide.comes[-1].amount == Money(1 + 2 + 3 + 4 + 5, "EUR")


def test_one_side_alone_is_not_drawn():
    assert drawn([5], []) is None
