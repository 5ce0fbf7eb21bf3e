"""Gifts that come again: years of them, day by day, and what their givers change on the way."""

from __future__ import annotations

import random
from calendar import monthrange
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest

from commonweal.activity.models import Fact
from commonweal.collectives import actions as collectives
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions, queries, tasks
from commonweal.giving.models import Contribution, Standing
from commonweal.hosting import actions as hosting
from commonweal.hosting.models import Hosting
from commonweal.ledger.models import Kind, Transaction
from commonweal.payments.models import Charge

EUR = partial(Money.parse, currency="EUR")
State = Charge.State


@pytest.fixture(autouse=True)
def hosted_for_long(gardens):
    Hosting.objects.update(since=datetime(2026, 1, 1, tzinfo=UTC))


@contextmanager
def on(day, hour=12):
    """Let it be a day."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    with clock.moved_to(datetime.combine(day, time(hour, 30), UTC)):
        yield day


def days(first, last):
    """Give each day, both ends included."""
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def fresh(gift):
    return Contribution.objects.select_related("collective").get(pk=gift.pk)


def charges_of(gift):
    return list(Charge.objects.filter(subject=queries.subject_of(gift)).order_by("pk"))


def came(gift):
    """Return the periods whose money came, each with its day."""
    rows = [one for one in charges_of(gift) if one.state == State.SETTLED]
    return [(one.period, one.arrived_on.isoformat()) for one in rows]


def told(gift):
    """Return what was written down about a gift, without its arrivals."""
    facts = Fact.objects.filter(subject=queries.subject_of(gift)).order_by("pk")
    kinds = [one.kind.removeprefix("contribution.") for one in facts]
    return [one for one in kinds if one not in {"pledged", "settled"}]


@pytest.fixture
def monthly(promised):
    """Promise a gift each month; with a card, pay the first one."""

    def give(card="works", amount="10.00", interval="month", **more):
        gift = promised(amount, rail="sandbox", interval=interval, **more)
        tasks.begin(gift)
        tasks.answer(gift, {"card": card})
        return fresh(gift)

    return give


@pytest.fixture
def standing_order(promised):
    """Promise a gift each month by standing order."""

    def give(amount="10.00", interval="month", **more):
        gift = promised(amount, rail="transfer", interval=interval, **more)
        tasks.begin(gift)
        return fresh(gift)

    return give


@pytest.fixture
def arrives(carol):
    """Let Carol see the money of a standing order on a day."""

    def arrive(gift, day, amount="10.00"):
        with on(day):
            return actions.confirm_transfer(
                contribution=gift, amount=EUR(amount), arrived_on=clock.today(), by=carol
            )

    return arrive


def live(first, last):
    """Let the worker bill on each day."""
    for day in days(first, last):
        with on(day, hour=day.day % 24):
            tasks.bill_due()


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


def test_a_promise_is_on_before_its_money_came_but_no_card_is_asked_that_never_paid(promised):
    with on("2026-11-30"):
        gift = promised("10.00", rail="sandbox", interval="month")
        tasks.begin(gift)

    live("2026-12-01", "2027-02-10")

    assert [one.state for one in charges_of(gift)] == [State.PENDING]
    assert fresh(gift).next_due_on is None


def test_a_first_card_that_is_declined_leaves_no_promise_behind(monthly):
    gift = monthly(card="declined")

    assert (gift.status, gift.standing) == ("failed", Standing.ENDED)


def test_a_standing_order_that_never_begins_is_quiet_after_two_months_and_off_the_list(
    standing_order, commons, arrives
):
    with on("2026-11-30"):
        gift = standing_order()
    assert queries.waiting_count(commons) == 1

    live("2026-12-01", "2027-01-31")

    assert (fresh(gift).standing, told(gift)) == (Standing.QUIET, ["quiet"])
    assert queries.waiting_count(commons) == 0
    assert fresh(arrives(gift, "2027-03-02")).standing == Standing.ON
    assert came(gift) == [("2027-02", "2027-03-02")]
    assert fresh(gift).next_due_on == date(2027, 3, 30)


def test_two_transfers_in_a_month_are_for_two_months_and_a_third_is_one_more(
    standing_order, arrives
):
    with on("2026-12-01"):
        gift = standing_order()

    for day in ("2026-12-01", "2026-12-14", "2026-12-28", "2027-01-11"):
        arrives(gift, day)

    assert [period for period, _ in came(gift)] == ["2026-12", "2027-01", "", "2027-02"]
    assert fresh(gift).received_minor == 4000
    assert fresh(gift).next_due_on == date(2027, 3, 1)


def test_two_people_who_see_the_same_transfer_confirm_it_once(standing_order, arrives):
    with on("2026-12-01"):
        gift = standing_order()

    for day in ("2027-01-02", "2027-01-02", "2027-01-03"):
        arrives(gift, day)

    assert came(gift) == [("2027-01", "2027-01-02")]


@pytest.mark.parametrize(("card", "notes"), [("works", []), ("once", ["charge_failed"])])
def test_nobody_is_asked_while_a_gift_is_paused(monthly, alice, card, notes):
    with on("2026-11-30"):
        gift = monthly(card=card)
    live("2026-12-29", "2026-12-31")
    with on("2027-01-01"):
        actions.pause(contribution=gift, until=None, by=alice)

    live("2027-01-02", "2027-03-31")

    assert told(gift) == [*notes, "paused"]
    assert all(one.again_on is None for one in charges_of(gift))
    with on("2027-04-02"):
        resumed = actions.resume(contribution=gift, by=alice)
    assert resumed.next_due_on == date(2027, 4, 30)


@pytest.mark.parametrize("rail", ["sandbox", "transfer"])
@pytest.mark.parametrize("ending", ["group left", "group closed"])
def test_a_gift_ends_with_a_letter_where_its_group_left_or_closed(
    monthly, standing_order, bob, gardens, rail, ending
):
    with on("2026-11-30"):
        gift = standing_order() if rail == "transfer" else monthly()
    Hosting.objects.update(until=datetime(2026, 12, 1, tzinfo=UTC))
    if ending == "group closed":
        collectives.close(collective=gardens, by=bob)

    live("2026-12-30", "2026-12-31")

    assert (fresh(gift).standing, fresh(gift).ending) == (Standing.ENDED, ending)
    assert told(gift) == ["ended"]
    assert {one.state for one in charges_of(gift)} <= {State.SETTLED, State.FAILED}


def test_a_card_gift_becomes_a_standing_order_and_a_card_gift_again(monthly, alice, arrives):
    with on("2026-11-30"):
        gift = monthly()
    with on("2026-12-10"):
        tasks.begin_charge(actions.switch(contribution=gift, rail="transfer", by=alice))
    live("2026-12-11", "2026-12-31")
    arrives(gift, "2026-12-30")
    with on("2027-01-10"):
        tasks.begin_charge(actions.switch(contribution=gift, rail="sandbox", by=alice))
        assert fresh(gift).rail == "transfer"
        tasks.answer(gift, {"card": "works"})
    live("2027-01-11", "2027-02-28")

    assert [period for period, _ in came(gift)] == ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert fresh(gift).rail == "sandbox"


def test_a_card_that_is_declined_while_switching_changes_nothing(standing_order, arrives, alice):
    with on("2026-12-01"):
        gift = standing_order()
    arrives(gift, "2026-12-02")

    with on("2026-12-10"):
        tasks.begin_charge(actions.switch(contribution=gift, rail="sandbox", by=alice))
        tasks.answer(gift, {"card": "declined"})

    assert (fresh(gift).rail, fresh(gift).standing) == ("transfer", Standing.ON)
    assert told(gift) == []


def test_a_gift_may_be_given_back_and_still_goes_on(monthly, carol):
    with on("2026-11-30"):
        gift = monthly()
    live("2026-12-29", "2027-01-31")
    with on("2027-02-01"):
        actions.refund(contribution=gift, by=carol)
        tasks.give_back(gift)

    live("2027-02-28", "2027-02-28")

    assert [one.state for one in charges_of(gift)] == [
        State.SETTLED, State.SETTLED, State.REFUNDED, State.SETTLED,
    ]  # fmt: skip
    assert fresh(gift).received_minor == 3000


def test_an_erased_giver_is_asked_for_nothing_more(monthly, alice):
    with on("2026-11-30"):
        gift = monthly()
    actions.stop_all(person=alice, by=alice)

    live("2026-12-30", "2027-01-31")

    assert len(charges_of(gift)) == 1


def test_a_pause_that_is_over_is_no_pause(monthly, alice):
    with on("2026-11-30"):
        gift = monthly()

        with pytest.raises(actions.NotAhead):
            actions.pause(contribution=gift, until=date(2026, 11, 30), by=alice)


def test_what_has_ended_stays_as_it_was(monthly, alice):
    gift = monthly()
    actions.stop(contribution=gift, by=alice)
    actions.stop(contribution=gift, by=alice)

    for change in (actions.resume, actions.pay_again):
        with pytest.raises(actions.HasEnded):
            change(contribution=gift, by=alice)
    assert told(gift) == ["stopped"]


def test_one_euro_a_month_by_standing_order_reaches_the_group_whole(
    promised, gardens, hana, arrives
):
    hosted = Hosting.objects.get()
    hosting.agree_fee(hosting=hosted, fee_ppm=0, by=hana)
    with on("2026-12-01"):
        gift = promised("1.00", interval="month")

    quote = queries.quote(gardens, EUR("1.00"), "transfer")
    arrives(gift, "2026-12-01", "1.00")

    assert (quote.rail_fee, quote.host_fee, quote.net) == (EUR("0"), EUR("0"), EUR("1.00"))
    assert queries.quote_of(fresh(gift), queries.charge_of(gift)).net == EUR("1.00")
