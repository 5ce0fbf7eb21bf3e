"""Statements: numbered pages, filters, and never a walk over history."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonweal.foundation.money import Money
from commonweal.ledger import actions, queries
from commonweal.ledger.models import Chart, Kind, PrivateFact, Purpose, Scope
from commonweal.ledger.queries import Filters
from ledger.conftest import BRUSSELS, GARDENS, HOST, contribution, open_accounts, payout

pytestmark = pytest.mark.django_db


def seqs(page: queries.Statement) -> list[int | None]:
    return [line.seq for line in page.lines]


@pytest.fixture
def seven(accounts, gives):
    """Give 1.00 to 6.00 on six days, and spend 3.50 after them."""
    for euros in range(1, 7):
        gives(100 * euros, on=date(2026, 1, euros), what=f"Gift number {euros}")
    actions.post(payout(accounts, 350, on=date(2026, 1, 7)))
    return accounts.funds


def test_pages_have_numbers_and_go_from_newest_to_oldest(seven):
    first, last = queries.statement(seven, size=3), queries.statement(seven, page=3, size=3)

    assert (seqs(first), seqs(last)) == ([7, 6, 5], [1])
    assert (first.count, first.page, first.pages, first.filtered) == (7, 1, 3, False)


@pytest.mark.parametrize(("asked", "shown"), [(-4, 1), (0, 1), (99, 3)])
def test_a_page_that_is_not_there_is_the_nearest_that_is(seven, asked, shown):
    assert queries.statement(seven, page=asked, size=3).page == shown


def test_an_account_where_nothing_moved_has_one_empty_page(accounts):
    page = queries.statement(accounts.funds)

    assert (page.lines, page.count, page.page, page.pages) == ([], 0, 1, 1)


def test_a_line_says_what_was_given_what_was_kept_and_what_is_left(accounts, gives):
    gives(2000, fee=100, rail_fee=55)

    [line] = queries.statement(accounts.funds).lines

    assert (line.amount, line.gross) == (Money(1845, "EUR"), Money(2000, "EUR"))
    assert line.fees == (
        (Kind.HOST_FEE, Money(100, "EUR")), (Kind.PROCESSOR_FEE, Money(55, "EUR")),
    )  # fmt: skip
    assert (line.balance_after, line.seq) == (Money(1845, "EUR"), 1)
    assert (line.description, line.counterparty, line.counterparty_id) == ("Gift", "Alice", 5)
    assert (line.kind, line.category, line.party_id) == (Kind.CONTRIBUTION, Chart.GIFTS, GARDENS)
    assert line.refs == {"contribution": "k3f9"}


def test_a_page_takes_five_questions_however_long(seven, django_assert_num_queries):
    with django_assert_num_queries(4):
        queries.statement(seven, size=20)


def test_pages_never_skip_nor_add_up(seven):
    with CaptureQueriesContext(connection) as asked:
        queries.statement(seven, page=2, size=2)
        queries.statement(seven, size=2, filters=Filters(direction="in"), before=5)

    told = " ".join(query["sql"].upper() for query in asked)
    assert "OFFSET" not in told
    assert "SUM(" not in told
    assert "COUNT(" not in told


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filters(kind=Kind.EXPENSE), [7]),
        (Filters(category=Chart.GIFTS), [6, 5, 4, 3, 2, 1]),
        (Filters(since=date(2026, 1, 6)), [7, 6]),
        (Filters(until=date(2026, 1, 2)), [2, 1]),
        (Filters(at_least=400), [6, 5, 4]),
        (Filters(at_most=200), [2, 1]),
        (Filters(at_least=300, at_most=400), [7, 4, 3]),
        (Filters(direction="in", at_most=400), [4, 3, 2, 1]),
        (Filters(direction="out"), [7]),
        (Filters(text="NUMBER 4"), [4]),
        (Filters(text="alice"), [6, 5, 4, 3, 2, 1]),
        (Filters(text="100%"), []),
        (Filters(text="number", since=date(2026, 1, 3), until=date(2026, 1, 4)), [4, 3]),
    ],
)
def test_filters_narrow_what_is_shown(seven, wanted, found):
    page = queries.statement(seven, filters=wanted)

    assert seqs(page) == found
    assert (page.filtered, page.count, page.page, page.pages) == (True, 7, 0, 0)


def test_filtered_pages_lead_to_older_ones_and_back(seven):
    gifts = Filters(direction="in")
    first = queries.statement(seven, size=2, filters=gifts)
    second = queries.statement(seven, size=2, filters=gifts, before=first.older)
    third = queries.statement(seven, size=2, filters=gifts, before=second.older)
    back = queries.statement(seven, size=2, filters=gifts, after=third.newer)
    start = queries.statement(seven, size=2, filters=gifts, after=back.newer)

    assert [seqs(one) for one in (first, second, third)] == [[6, 5], [4, 3], [2, 1]]
    assert (first.newer, third.older) == (None, None)
    assert seqs(back) == [4, 3]
    assert (seqs(start), start.newer) == ([6, 5], None)
    assert queries.statement(seven, filters=gifts, after=6).lines == []


def test_words_are_looked_up_in_an_index(seven):
    words = PrivateFact.objects.filter(value__icontains="number 4")

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert "ledger_privatefact_by_words" in words.explain()


def test_the_newest_lines_of_a_scope_come_first(accounts, gives):
    mine = gives(100)
    other = open_accounts(party=8)
    theirs = actions.post(contribution(other, 200))

    def latest(**scope: object) -> list[int]:
        return [line.transaction_id for line in queries.latest(**scope)]

    assert latest() == latest(scope=Scope.HOST, scope_id=HOST) == [theirs, mine]
    assert latest(scope=Scope.PLACE, scope_id=BRUSSELS) == [theirs, mine]
    assert latest(scope=Scope.COLLECTIVE, scope_id=8) == [theirs]
    assert latest(before=theirs) == [mine]
    assert latest(scope=Scope.HOST, scope_id=2) == []


def test_a_party_sees_its_pots_newest_first(accounts, gives):
    gives(100)
    newer = actions.open_account(purpose=Purpose.FUNDS, currency="EUR", party=GARDENS, host=2).pk

    assert queries.pots(GARDENS) == [
        queries.Pot(newer, 2, Money(0, "EUR"), 0),
        queries.Pot(accounts.funds, HOST, Money(100, "EUR"), 1),
    ]
