"""Gifts that come again: what is due, missed, declined and over, and what their givers change."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from commonweal.collectives import actions as collectives
from commonweal.giving import actions, queries, tasks
from commonweal.giving.models import Standing
from commonweal.hosting import actions as hosting
from commonweal.hosting.models import Hosting
from giving.living import EUR, State, came, charges_of, fresh, live, on, told


def test_a_promise_is_on_before_its_money_came_but_no_card_is_asked_that_never_paid(
    promised, hosted_for_long
):
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


def test_a_standing_order_waits_at_the_desk_on_its_due_day_until_it_came(
    standing_order, arrives, commons, alice
):
    with on("2026-12-01"):
        gift = standing_order()
    arrives(gift, "2026-12-01")
    with on("2026-12-31"):
        assert queries.waiting_transfers(commons) == []
        actions.change(contribution=gift, amount=EUR("12.00"), tier=None, day=1, by=alice)

    with on("2027-01-01"):
        [waiting] = queries.waiting_transfers(commons)
        assert (waiting.contribution, waiting.amount) == (gift, EUR("12.00"))
        assert (queries.waiting_count(commons), waiting.since.date()) == (1, date(2027, 1, 1))

    arrives(gift, "2027-01-02", "12.00")
    with on("2027-01-03"):
        assert queries.waiting_count(commons) == 0
