"""Three years of gifts that come again, day by day."""

from __future__ import annotations

import random
from calendar import monthrange
from datetime import date, timedelta

from commonweal.giving import actions, tasks
from commonweal.ledger.models import Kind, Transaction
from giving.living import EUR, came, charges_of, days, fresh, on, told


def months(first, last, *, without=()):
    """Return the names of months, both ends included."""
    year, month = map(int, first.split("-"))
    found = []
    while (name := f"{year}-{month:02d}") <= last:
        found.append(name)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return [name for name in found if name not in without]


def due(name, day):
    """Return the day of a month, or its last where it is shorter."""
    year, month = map(int, name.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


ASLEEP = list(days("2027-02-25", "2027-03-04"))


def when_awake(day):
    return (ASLEEP[-1] + timedelta(days=1)) if day in ASLEEP else day


def what_alice_does(tired, alice):
    """Return the days on which she changes something about her gift."""

    def pay_with_another_card():
        actions.pay_again(contribution=tired, by=alice)
        tasks.begin(tired)
        tasks.answer(tired, {"card": "works"})

    return {
        "2027-05-10": pay_with_another_card,
        "2028-01-20": lambda: actions.pause(
            contribution=tired, until=date(2028, 4, 1), by=alice
        ),
        "2028-06-01": lambda: actions.change(
            contribution=tired, amount=EUR("12.00"), tier=None, day=20, by=alice
        ),
        "2029-05-01": lambda: actions.stop(contribution=tired, by=alice),
    }  # fmt: skip


def assert_each_came_once(gifts):
    """Ask the books and the promises for what the charges say."""
    booked = Transaction.objects.filter(kind=Kind.CONTRIBUTION)
    assert booked.count() == sum(len(came(one)) for one in gifts)
    for one in gifts:
        received = sum(row.amount_minor for row in charges_of(one) if row.arrived_on)
        assert fresh(one).received_minor == received


def test_three_years_pass_and_nothing_is_missed_and_nothing_is_doubled(
    monthly, standing_order, arrives, alice, bob, dan
):
    with on("2026-11-30"):
        plain = monthly()
        order = standing_order(contributor=dan, by=dan)
    with on("2027-01-31"):
        slow = monthly(card="slow", contributor=bob, by=bob)
    with on("2027-03-15"):
        tired = monthly(card="once")
    with on("2028-02-29"):
        leap = monthly(interval="year", amount="60.00", contributor=dan, by=dan)
    luck = random.Random(7)
    silent = ["2027-08", "2027-09", "2027-10", "2028-06"]
    transfers = {
        due(name, 30) + timedelta(days=luck.randrange(-2, 5)): name
        for name in months("2026-11", "2029-10", without=silent)
    }

    happens = what_alice_does(tired, alice)

    for day in days("2026-11-30", "2029-11-30"):
        with on(day, hour=day.day % 24):
            if day.isoformat() in happens:
                happens[day.isoformat()]()
            if day not in ASLEEP:
                tasks.bill_due()
        if day in transfers:
            arrives(order, day)

    assert came(plain) == [
        (name, when_awake(due(name, 30)).isoformat()) for name in months("2026-11", "2029-11")
    ]
    assert came(slow) == [("2027-01", "2027-01-31")] + [
        (name, (when_awake(due(name, 31)) + timedelta(days=3)).isoformat())
        for name in months("2027-02", "2029-10")
    ]
    assert came(leap) == [("2028", "2028-02-29"), ("2029", "2029-02-28")]
    assert came(order) == [(name, day.isoformat()) for day, name in transfers.items()]
    assert told(order) == ["quiet"]
    moved = months("2028-06", "2029-04")
    assert came(tired) == [
        ("2027-03", "2027-03-15"),
        ("2027-04", "2027-05-10"),
        *((name, f"{name}-15") for name in months("2027-05", "2028-01")),
        *((name, f"{name}-15") for name in months("2028-04", "2028-05")),
        *((name, f"{name}-20") for name in moved),
    ]
    assert [one.amount_minor for one in charges_of(tired)[-len(moved) :]] == [1200] * len(moved)
    assert told(tired) == [
        *["charge_failed"] * 3, "rests", "paused", "resumed", "changed", "stopped",
    ]  # fmt: skip
    assert_each_came_once([plain, order, slow, tired, leap])
