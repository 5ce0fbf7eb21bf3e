from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundation.money import Money
from commonweal.web import charts

CENTS = st.integers(0, 10**12)


def EUR(minor):
    return Money(minor, "EUR")


def months(amounts):
    return [
        charts.Month(date(2026, 1 + n % 12, 1), EUR(raised), EUR(spent))
        for n, (raised, spent) in enumerate(amounts)
    ]


@given(st.lists(st.tuples(CENTS, CENTS), min_size=1, max_size=12))
def test_every_bar_stays_on_the_chart(amounts):
    chart = charts.months(months(amounts))

    if chart is None:
        assert not any(raised or spent for raised, spent in amounts)
        return
    for bar in chart.bars:
        assert 0 <= bar.left <= bar.left + bar.width <= 100
        assert bar.up[0] >= 27
        assert bar.down[0] + bar.down[1] <= 331
    assert len(chart.grid) <= 6


def test_balances_are_counted_back_from_the_last_one():
    chart = charts.months(months([(100, 30), (0, 20)]), balance=EUR(50))

    assert [bar.balance for bar in chart.bars] == [EUR(70), EUR(50)]


@given(st.integers(1, 10**12))
def test_lines_across_stand_at_round_amounts_and_are_few(largest):
    step = charts.nice_step(largest)

    assert largest / step <= 3
    assert str(step).strip("0") in {"1", "2", "5"}


def test_parts_are_sorted_and_empty_ones_left_out():
    shares = charts.shares([("a", EUR(1)), ("b", EUR(5)), ("c", EUR(0)), ("d", EUR(-3))])

    assert [share.name for share in shares] == ["b", "a"]


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=5))
def test_segments_fill_the_whole_bar(parts):
    drawn = charts.segments([("x", EUR(part), 2) for part in parts])

    assert drawn[0].left == 0
    assert abs(drawn[-1].left + drawn[-1].width - 100) < 0.1


def test_a_pot_below_zero_has_no_column():
    drawn = charts.columns([(date(2026, 1, 1), EUR(-5)), (date(2026, 2, 1), EUR(10))])

    assert [column.height for column in drawn] == [0, 64]
