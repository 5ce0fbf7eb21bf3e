"""The clock can be moved, and comes back."""

from datetime import UTC, date, datetime

import pytest

from commonweal.foundation import clock


def test_a_moved_clock_stands_still_inside_and_comes_back() -> None:
    then = datetime(2024, 2, 29, 23, 59, tzinfo=UTC)

    with clock.moved_to(then):
        assert clock.now() == then
        assert clock.today() == date(2024, 2, 29)

    assert clock.now() > then


def test_the_clock_comes_back_after_an_error() -> None:
    then = datetime(2024, 1, 1, tzinfo=UTC)

    with pytest.raises(RuntimeError), clock.moved_to(then):
        raise RuntimeError

    assert clock.now() > then
