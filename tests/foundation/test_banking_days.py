"""When banks move money: the TARGET calendar."""

from datetime import date

import pytest

from commonweal.foundation.banking_days import banking_day_from, easter, is_banking_day


@pytest.mark.parametrize(
    "sunday", ["2000-04-23", "2008-03-23", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25"]
)
def test_easter_is_where_calendars_print_it(sunday):
    assert str(easter(int(sunday[:4]))) == sunday


@pytest.mark.parametrize(
    ("asked", "next_one"),
    [
        ("2026-11-30", "2026-11-30"),  # a Monday
        ("2026-11-28", "2026-11-30"),
        ("2026-12-24", "2026-12-24"),
        ("2026-12-25", "2026-12-28"),  # Christmas, then a weekend
        ("2027-01-01", "2027-01-04"),
        ("2026-04-03", "2026-04-07"),  # Good Friday to Easter Monday
        ("2026-05-01", "2026-05-04"),
        ("2026-07-21", "2026-07-21"),  # Belgium celebrates, its banks pay
    ],
)
def test_money_moves_on_the_next_banking_day(asked, next_one):
    assert str(banking_day_from(date.fromisoformat(asked))) == next_one
    assert is_banking_day(date.fromisoformat(next_one))
