"""Reading an export: what is taken, what is refused, and what its rows mean."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from commonweal.importing.rules import cells, export
from commonweal.importing.rules.export import read
from commonweal.importing.rules.movements import At, What, movements, named_in
from commonweal.importing.rules.problems import MOST_SHOWN, Problem, WrongFile
from importing.exports import BILL, GIFT, TODAY, header, histories, write

TWENTY = [replace(GIFT, amount=1000 + 10 * day, minute=day * 700) for day in range(20)]


def refusal(data):
    with pytest.raises(WrongFile) as caught:
        read(data, today=TODAY)
    return caught.value


def money(data):
    return [(*row.content[1:], row.net, row.balance) for row in read(data, today=TODAY).rows]


@given(histories())
def test_every_balance_of_a_whole_history_is_read_to_the_cent(lines):
    rows = read(write(lines), today=TODAY).rows

    assert [row.net for row in rows] == [line.net for line in lines]
    assert [row.balance for row in rows] == [
        sum(line.net for line in lines[: count + 1]) for count in range(len(lines))
    ]


@given(histories())
def test_a_file_sorted_oldest_first_is_read_the_same(lines):
    assert money(write(lines, newest_first=False)) == money(write(lines))


@given(histories(longest=6), st.data())
def test_a_damaged_byte_is_refused_or_changes_no_money(lines, data):
    whole = write(lines)
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255))
    damaged = whole[:place] + bytes([byte]) + whole[place + 1 :]

    try:
        found = read(damaged, today=TODAY).rows
    except WrongFile:
        return
    kept = read(whole, today=TODAY).rows
    assert [(row.net, row.balance) for row in found] == [(row.net, row.balance) for row in kept]


@given(histories(), st.data())
def test_a_file_cut_off_anywhere_is_refused_or_lost_nothing_that_counts(lines, data):
    assume(all(line.net for line in lines))
    whole = write(lines)
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]

    try:
        found = money(cut)
    except WrongFile:
        return
    assert found == money(whole)


@given(st.randoms(use_true_random=False))
def test_rows_in_another_order_are_refused_with_their_lines(shuffling: random.Random):
    head, *rows = write(TWENTY).splitlines(keepends=True)
    mixed = shuffling.sample(rows, len(rows))
    assume(mixed not in (rows, rows[::-1]))

    wrong = refusal(head + b"".join(mixed))

    assert "another order" in wrong.problems[0].sentence
    assert all(2 <= problem.line <= 21 for problem in wrong.problems)


@pytest.mark.parametrize("gone", range(1, 20))
def test_a_missing_row_is_refused_at_the_row_above_it(gone):
    rows = write(TWENTY).splitlines(keepends=True)
    del rows[gone + 1]

    wrong = refusal(b"".join(rows))

    assert [problem.line for problem in wrong.problems] == [gone + 1]


def test_a_doubled_row_is_refused():
    rows = write(TWENTY).splitlines(keepends=True)
    wrong = refusal(b"".join([*rows[:5], rows[4], *rows[5:]]))
    assert [problem.line for problem in wrong.problems] == [5]


def test_a_history_that_begins_earlier_is_refused_at_its_oldest_row():
    whole = write(TWENTY).splitlines(keepends=True)

    wrong = refusal(b"".join(whole[:-3]))

    assert wrong.problems[0].line == 18
    assert "oldest row" in wrong.problems[0].sentence
    assert str(wrong).endswith("Nothing was stored.")


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("Transaction Amount", "20.01", "make 17.13 USD, but the net amount says 17.12 USD"),
        ("Transaction Amount", "twenty", "“twenty”, which is not an amount"),
        ("Transaction Amount", "NaN", "not an amount"),
        ("Transaction Amount", "=1+1", "not an amount"),
        ("Transaction Amount", "2e99", "too large"),
        ("Transaction Amount", "9" * 500, "not an amount"),
        ("Transaction Amount", "20.004", "no whole number of cents"),
        ("Net Amount (USD)", "17.1", "the net amount says 17.10 USD"),
        ("Running Balance", "17.13", "the running balance says 17.13 USD"),
        ("Running Balance", "17.1201", "no whole number of cents"),
        ("Transaction Date", "2021-02-30 10:00:00", "not a date and time"),
        ("Transaction Date", "30/12/2021", "not a date and time"),
        ("Transaction Date", "2031-03-01 10:00:00", "in the future"),
        ("Transaction Date", "2001-03-01 10:00:00", "lies before 2010-01-01"),
        ("Transaction Date", "2021-02-01 10:00:00", "by the running balance it came later"),
        ("Order Date", "yesterday", "not a date and time"),
        ("Host Currency", "EUR", "this file is in USD"),
        ("Collective Currency", "XXX", "this file is in USD"),
        ("Subscription Interval", "week", "“month” or “year” was expected"),
        ("User Profile", "javascript:alert(1)", "not the address of a profile"),
        ("User Profile", "//x", "not the address of a profile"),
        ("Transaction Description", "x" * 2001, "longer than 2000 characters"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(column, cell, says):
    records = list(csv.reader(io.StringIO(write([GIFT, GIFT]).decode(), newline="")))
    records[1][header().index(column)] = cell
    out = io.StringIO(newline="")
    csv.writer(out).writerows(records)

    wrong = refusal(out.getvalue().encode())

    assert wrong.problems[0].line == 2
    assert says in str(wrong)


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", 1, "The file is empty"),
        (b"\r\n\r\n", 1, "not a transactions export"),
        (b"a,b\r\n1,2\r\n", 1, "2 columns instead of 16"),
        (write([GIFT]).replace(b",", b";"), 1, "1 columns instead of 16"),
        (write([GIFT]).replace(b"User Name", b"Users"), 1, "column 2 is “Users”, not “User Name”"),
        (write([GIFT]).replace(b"Host Fee (USD)", b"Host Fee (EUR)"), 1, "EUR, USD"),
        (write([GIFT], currency="XYZ"), 1, "one currency known here"),
        (write([]), 2, "no row"),
        (write([GIFT])[:-1].replace(b"Nora", b'"Nora'), 2, "cut off or damaged"),
        (write([GIFT]).replace(b"Nora", b"No\xffra"), 2, "not UTF-8"),
        (write([GIFT]).replace(b"Nora", b"No\0ra"), 2, "zero byte"),
        (write([GIFT]).decode().encode("utf-16"), 1, "UTF-16"),
        (write([GIFT]).replace(b",USD,", b",", 1), 2, "15 columns instead of 16"),
        (write([GIFT, GIFT]).replace(b"\r\n", b"\r\n\r\n", 2), 2, "0 columns instead of 16"),
    ],
)
def test_what_is_no_export_is_refused(data, line, says):
    wrong = refusal(data)
    assert wrong.problems[0].line == line
    assert says in str(wrong)


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(export, "LARGEST_BYTES", 1024 * 1024)
    assert "larger than 1 MB" in str(refusal(b"x" * 1024 * 1025))

    monkeypatch.setattr(export, "MOST_ROWS", 10)
    assert "more than 10 rows" in str(refusal(write(TWENTY)))


@pytest.mark.parametrize(
    "dressed",
    [
        b"\xef\xbb\xbf" + write(TWENTY),
        write(TWENTY).replace(b"\r\n", b"\n"),
        write(TWENTY).replace(b"\r\n", b"\r"),
        write(TWENTY) + b"\r\n\r\n",
        write(TWENTY).rstrip(),
    ],
    ids=["byte order mark", "LF", "CR", "empty lines at the end", "no last line end"],
)
def test_how_lines_end_does_not_matter(dressed):
    assert money(dressed) == money(write(TWENTY))


def test_a_line_break_in_a_cell_keeps_the_line_numbers_true():
    broken = replace(GIFT, description="one\ntwo", minute=3)
    rows = read(write([GIFT, broken]), today=TODAY).rows
    assert [(row.line, row.description) for row in rows] == [
        (4, "Financial contribution to Gardens"),
        (2, "one two"),
    ]


def test_only_the_first_problems_are_told_and_the_others_counted():
    wrong = WrongFile([Problem(line, "It is wrong.") for line in range(2, 40)])
    assert str(wrong).count("Line") == MOST_SHOWN
    assert "… and 18 more." in str(wrong)


def test_float_noise_is_forgiven_and_nothing_else():
    assert cells.amount("125953.210000001", "USD") == 12_595_321
    assert cells.amount("-5.684341886080802e-14", "USD") == 0
    assert cells.amount("1200.0", "JPY") == 1200
    with pytest.raises(cells.WrongCell):
        cells.amount("125953.2101", "USD")


def test_the_address_of_a_profile_is_the_same_however_it_is_written():
    written = ["http://opencollective.com/Nora", " https://www.opencollective.com/nora/ "]
    assert {cells.profile(cell) for cell in written} == {"opencollective.com/nora"}
    assert cells.profile("") == ""


def test_hidden_characters_leave_a_text():
    assert cells.text('  "Good\u202e\tday"" ') == "Good day"


def meanings(*lines):
    return movements(read(write(lines), today=TODAY).rows)


def test_a_contribution_brings_each_fee_as_a_leg_of_its_own():
    (gift,) = meanings(GIFT)

    assert gift.what is What.CONTRIBUTION
    assert dict(gift.legs) == {
        At.FUNDS: 1712,
        At.BACKERS: -2000,
        At.HOST_FEES: 100,
        At.PLATFORM_FEES: 100,
        At.PROCESSOR_FEES: 88,
    }


def test_an_expense_leaves_to_the_payee_and_costs_its_fee():
    (bill,) = meanings(BILL)

    assert (bill.what, bill.category) == (What.EXPENSE, "materials")
    assert dict(bill.legs) == {At.FUNDS: -1262, At.PAYEES: 1250, At.PROCESSOR_FEES: 12}


def test_a_refund_finds_the_contribution_it_gives_back():
    back = replace(
        GIFT, amount=-2000, host_fee=100, platform_fee=100, processor_fee=0,
        description=f'Refund of {GIFT.description}""', minute=9,
    )  # fmt: skip
    other = replace(GIFT, profile="http://opencollective.com/ada", minute=5)

    gift, _, refund = meanings(GIFT, other, back)

    assert (refund.what, refund.of) == (What.REFUND, gift.row)
    assert dict(refund.legs)[At.BACKERS] == 2000


def test_a_refund_of_part_of_a_contribution_is_a_refund_all_the_same():
    part = replace(GIFT, amount=-500, description=f"Refund of {GIFT.description}", minute=9)
    assert [(found.what, found.of) for found in meanings(GIFT, part)][1] == (What.REFUND, None)


def test_an_expense_that_was_returned_comes_back_from_the_payee():
    back = replace(BILL, amount=1250, description="Refund of Seeds and soil", minute=9)

    bill, returned = meanings(BILL, back)

    assert (returned.what, returned.of) == (What.RETURN, bill.row)
    assert returned.category == "materials"
    assert dict(returned.legs)[At.PAYEES] == -1250


@pytest.mark.parametrize(
    ("line", "what", "category"),
    [
        (replace(GIFT, interval="month"), What.CONTRIBUTION, "monthly-backers"),
        (replace(GIFT, interval="year"), What.CONTRIBUTION, "gifts"),
        (replace(GIFT, description="Refund of my doubts"), What.CONTRIBUTION, "gifts"),
        (replace(BILL, description="Refund of train tickets"), What.EXPENSE, "materials"),
        (replace(BILL, description="Donation to Kitchen"), What.TRANSFER, "transfers-out"),
        (replace(BILL, tags="odd, Travel"), What.EXPENSE, "travel"),
        (replace(BILL, tags=""), What.EXPENSE, "other-spending"),
        (replace(BILL, amount=0), What.FEE, "bank-fees"),
    ],
)
def test_rows_mean_what_they_say(line, what, category):
    (found,) = meanings(line)
    assert (found.what, found.category) == (what, category)


@given(histories())
def test_what_a_row_moves_is_balanced_and_never_nothing_to_an_account(lines):
    for movement in meanings(*lines):
        assert sum(minor for _, minor in movement.legs) == 0
        assert all(minor for _, minor in movement.legs)


def test_twins_stay_two_and_keep_their_identity_in_a_later_export():
    twins = [GIFT, GIFT]
    first = [found.identity for found in meanings(*twins)]
    later = [found.identity for found in meanings(*twins, replace(GIFT, minute=2))]

    assert len(set(first)) == 2
    assert later[:2] == first


@pytest.mark.parametrize(
    ("name", "profile", "incognito"),
    [
        ("Nora", "http://opencollective.com/nora", False),
        ("Nora", "", False),
        ("", "http://opencollective.com/nora", True),
        ("Incognito", "http://opencollective.com/x", True),
        ("Somebody", "http://opencollective.com/incognito-5f", True),
    ],
)
def test_a_giver_without_a_name_is_incognito(name, profile, incognito):
    (found,) = meanings(replace(GIFT, name=name, profile=profile))
    assert found.incognito is incognito


def test_the_collective_is_named_as_most_of_its_gifts_name_it():
    tiered = replace(GIFT, description="Monthly financial contribution to The Gardens (Friend)")
    rows = read(write([GIFT, tiered, tiered, BILL]), today=TODAY).rows
    assert named_in(rows) == "The Gardens"
    assert named_in(rows[3:]) == ""
