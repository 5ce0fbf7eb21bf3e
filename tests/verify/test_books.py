"""Books that do not follow are found at the first leaf that shows it."""

import json

import pytest

from commonweal_verify.books import Books, Total
from commonweal_verify.leaves import Leaf, Line
from commonweal_verify.problems import Wrong

FUNDS, CLEARING, FEES = "funds:7:1:EUR", "charges:1:card:EUR", "host_fees:1:EUR"


def leaf(*lines: Line, kind: int = 1) -> Leaf:
    return Leaf("0" * 36, kind, "", "2026-01-01", 1, "", "", {}, {}, lines)


def gift(
    seq: int, balance: int, amount: int = 100, *, other: str = CLEARING, owed: int = 0
) -> Leaf:
    mine = Line(FUNDS, 1, amount, seq, balance)
    return leaf(mine, Line(other, 1, -amount + owed, None, None))


def found(*leaves: Leaf) -> Wrong | None:
    books = Books()
    try:
        for index, one in enumerate(leaves):
            books.add(index, one)
        books.finish()
    except Wrong as wrong:
        return wrong
    return None


def test_right_books_follow_in_whatever_order_their_lines_come():
    assert found(gift(1, 100), gift(2, 200), gift(3, 150, -50)) is None
    assert found(gift(2, 200), gift(3, 150, -50), gift(1, 100)) is None


@pytest.mark.parametrize(
    ("what", "index", "leaves"),
    [
        ("sum", 1, [gift(1, 100), gift(2, 200, owed=1)]),
        ("sum", 0, [leaf(Line(FUNDS, 1, 0, 1, 0), Line(CLEARING, 1, 0, None, None))]),
        ("lines", 0, [leaf(Line(FUNDS, 1, 0, 1, 0))]),
        ("lines", 0, [leaf(Line(CLEARING, 1, 5, None, None), Line(CLEARING, 1, -5, None, None))]),
        ("twice", 1, [gift(1, 100), gift(1, 100)]),
        ("twice", 1, [gift(2, 100), gift(2, 100)]),
        ("balance", 1, [gift(1, 100), gift(2, 250)]),
        ("balance", 0, [gift(2, 250), gift(1, 100)]),
        ("gap", 1, [gift(1, 100), gift(3, 300)]),
        ("overdrawn", 1, [gift(1, 100), gift(2, -50, -150)]),
    ],
)
def test_what_does_not_follow_is_named(what, index, leaves):
    wrong = found(*leaves)

    assert wrong is not None
    assert (wrong.what, wrong.index) == (what, index)
    assert f"Leaf {index}:" in str(wrong)


def test_a_history_from_elsewhere_may_have_been_below_zero_and_nothing_after_it():
    brought = gift(1, -500, -500, other="payees:1:EUR")

    assert found(brought, gift(2, -400)) is None
    assert found(brought, gift(2, -400), gift(3, -480, -80)) is None
    assert found(brought, gift(2, -600, -100)).what == "overdrawn"


def test_totals_count_a_gift_whole_and_what_came_back_as_less():
    books = Books()
    books.add(0, leaf(
        Line(CLEARING, 1, -2000, None, None), Line(FUNDS, 1, 1900, 1, 1900),
        Line(FEES, 2, 100, None, None),
    ))  # fmt: skip
    books.add(1, leaf(
        Line(FUNDS, 6, -950, 2, 950), Line(CLEARING, 6, 1000, None, None),
        Line(FEES, 2, -50, None, None), kind=6,
    ))  # fmt: skip

    assert books.groups["7:EUR"] == books.platform["EUR"] == Total(raised=1000, spent=50)
    again = Books.from_json(json.loads(json.dumps(books.to_json())))
    assert again == books


def test_what_moves_between_groups_counts_for_them_and_not_for_the_whole():
    books, other = Books(), "funds:8:1:EUR"
    books.add(0, gift(1, 2000, 2000))
    books.add(1, leaf(Line(FUNDS, 7, -500, 2, 1500), Line(other, 7, 500, 1, 500), kind=7))
    books.add(2, leaf(
        Line(FUNDS, 7, -500, 3, 1000), Line(other, 7, 450, 2, 950), Line(FEES, 2, 50, None, None),
        kind=7,
    ))  # fmt: skip

    assert books.groups["7:EUR"] == Total(raised=2000, spent=1000)
    assert books.groups["8:EUR"] == Total(raised=950, spent=0)
    assert books.platform["EUR"] == Total(raised=2000, spent=50)
