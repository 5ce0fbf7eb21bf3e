"""The calendar of giving again: due days, periods, tries, and patience."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.giving.rules import billing

DAYS = st.dates(date(2020, 1, 1), date(2050, 1, 1))
INTERVALS = st.sampled_from(["month", "year"])


def year_of(anchor, interval="month", *, start, count):
    found, day = [], start - timedelta(days=1)
    for _ in range(count):
        day = billing.next_due(anchor, interval, after=day)
        found.append(day)
    return found


@pytest.mark.parametrize(
    ("anchor", "interval", "start", "due"),
    [
        ("2027-01-31", "month", "2027-01-31", ["2027-01-31", "2027-02-28", "2027-03-31"]),
        ("2027-01-31", "month", "2028-01-31", ["2028-01-31", "2028-02-29", "2028-03-31"]),
        ("2027-01-30", "month", "2028-02-01", ["2028-02-29", "2028-03-30", "2028-04-30"]),
        ("2026-11-15", "month", "2026-11-16", ["2026-12-15", "2027-01-15", "2027-02-15"]),
        ("2028-02-29", "year", "2028-02-29", ["2028-02-29", "2029-02-28", "2030-02-28"]),
        ("2028-02-29", "year", "2031-03-01", ["2032-02-29", "2033-02-28", "2034-02-28"]),
    ],
)
def test_due_days_survive_short_months_and_leap_years(anchor, interval, start, due):
    found = year_of(date.fromisoformat(anchor), interval, start=date.fromisoformat(start), count=3)

    assert [day.isoformat() for day in found] == due


@given(anchor=DAYS, interval=INTERVALS, start=DAYS)
def test_each_period_has_one_due_day_and_none_is_left_out(anchor, interval, start):
    found = year_of(anchor, interval, start=start, count=15)
    periods = [billing.period_of(day, interval) for day in found]

    assert found[0] >= start
    assert periods == sorted(set(periods))
    assert [billing.due_in(period, anchor) for period in periods] == found
    longest = 31 if interval == "month" else 366
    assert all((b - a).days <= longest for a, b in pairwise(found))


@given(anchor=DAYS, interval=INTERVALS, day=DAYS, taken=st.sets(st.integers(0, 5)))
def test_a_due_day_is_never_one_whose_period_has_its_charge(anchor, interval, day, taken):
    following = year_of(anchor, interval, start=day, count=6)
    known = {billing.period_of(following[one], interval) for one in taken}

    due = billing.next_due(anchor, interval, after=day - timedelta(days=1), taken=known)

    assert billing.period_of(due, interval) not in known
    assert due >= day


@pytest.mark.parametrize(
    ("day", "on", "taken", "period"),
    [
        (1, "2026-11-30", {"2026-11"}, "2026-12"),
        (1, "2026-12-02", {"2026-11"}, "2026-12"),
        (1, "2026-12-02", {"2026-11", "2026-12"}, "2027-01"),
        (1, "2026-11-25", set(), "2026-12"),
        (1, "2026-12-01", {"2026-12"}, "2026-11"),  # what was missed is caught up first
        (15, "2026-12-31", set(), "2027-01"),
        (31, "2027-02-28", {"2027-01"}, "2027-02"),
        (1, "2026-12-20", {"2026-11", "2026-12", "2027-01"}, ""),
        (1, "2026-11-02", {"2026-11", "2026-12"}, ""),  # October was before the promise
    ],
)
def test_money_is_for_the_nearest_due_day_that_has_none(day, on, taken, period):
    anchor = date(2026, 1, day)

    found = billing.nearest_open(
        anchor, "month", on=date.fromisoformat(on), since=date(2026, 10, 20), taken=taken
    )

    assert found == period


@pytest.mark.parametrize(
    ("on", "taken", "period"),
    [
        ("2026-12-20", {"2026"}, "2027"),
        ("2027-01-20", set(), "2027"),
        ("2026-01-01", {"2026"}, "2027"),
    ],
)
def test_a_yearly_gift_may_come_around_new_year(on, taken, period):
    anchor = date(2026, 1, 5)

    found = billing.nearest_open(
        anchor, "year", on=date.fromisoformat(on), since=anchor, taken=taken
    )

    assert found == period


def test_a_declined_charge_is_tried_three_days_a_week_and_two_weeks_later_and_then_rests():
    first = date(2026, 12, 1)
    days = [first]
    while (following := billing.again_on(len(days), days[-1])) is not None:
        days.append(following)

    assert [(day - first).days for day in days] == [0, 3, 7, 14]


@pytest.mark.parametrize(
    ("interval", "days", "missed"),
    [("month", 10, False), ("month", 11, True), ("year", 30, False), ("year", 31, True)],
)
def test_money_may_be_a_little_late(interval, days, missed):
    due = date(2026, 12, 1)

    assert billing.is_missed(due, interval, on=due + timedelta(days=days)) is missed


@pytest.mark.parametrize(
    ("interval", "missed", "quiet"),
    [("month", 1, False), ("month", 2, True), ("year", 0, False), ("year", 1, True)],
)
def test_a_standing_order_is_quiet_after_two_months_or_a_year(interval, missed, quiet):
    assert billing.is_quiet(missed, interval) is quiet


@pytest.mark.parametrize(
    ("anchor", "interval", "day", "moved"),
    [
        ("2026-02-10", "month", 31, "2026-01-31"),
        ("2026-04-10", "year", 31, "2026-04-30"),
        ("2026-04-10", "year", 1, "2026-04-01"),
    ],
)
def test_the_day_may_be_moved(anchor, interval, day, moved):
    found = billing.moved(date.fromisoformat(anchor), interval, day=day)

    assert found.isoformat() == moved


@pytest.mark.parametrize("day", [0, 32, -1])
def test_a_day_no_month_has_is_refused(day):
    with pytest.raises(billing.NotADay):
        billing.moved(date(2026, 1, 1), "month", day=day)


@pytest.mark.parametrize(
    ("interval", "days", "another"),
    [("month", 0, False), ("month", 12, False), ("month", 13, True), ("year", 180, False)],
)
def test_money_told_twice_is_not_another_payment(interval, days, another):
    last = date(2026, 12, 1)

    assert billing.is_another(interval, last=last, on=last + timedelta(days=days)) is another
