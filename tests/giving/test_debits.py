"""A gift of each month by direct debit: signed once, billed by the engine, collected by runs."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from cast import IBAN
from commonweal.banking import actions as banking
from commonweal.banking.rules.statements import Line
from commonweal.demo.statements import camt
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions, queries, tasks
from commonweal.giving.models import Contribution
from commonweal.payments.models import Charge, Mandate
from commonweal.payments.queries import debits
from debiting import can_collect, charge_of, out, sign, signed

STATEMENTS = iter(range(1, 1000))


@pytest.fixture
def host(commons, hana):
    return can_collect(commons, hana)


@pytest.fixture
def monthly(host, gardens, alice):
    """Return a gift of 20.00 a month that Alice signed for."""
    return signed(gardens, alice, 2000, "month")


@pytest.fixture
def collect(host, carol):
    """Collect a gift on the day it is; return what the bank has of it."""

    def run_of(gift):
        return out(host, [gift], carol).collections.get()

    return run_of


@pytest.fixture
def bank(host, carol):
    """Let the bank show one movement, which it names as we did."""

    def shows(collection, amount, on, **said):
        line = Line(
            amount=Money.parse(amount, "EUR"), booked_on=on, bank_ref=f"D{next(STATEMENTS)}",
            end_to_end_id=collection.end_to_end, **said,
        )  # fmt: skip
        content = camt([line], account=IBAN, opening=None, kind="054", version=8)
        banking.take(host=host, name="bank.xml", content=io.BytesIO(content), by=carol)
        banking.place_new(host=host, by=carol)

    return shows


@pytest.fixture
def refuses(host, carol):
    """Let the bank refuse a collection."""

    def answer(collection, code):
        content = (
            f"<Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>x</OrgnlMsgId>"
            "</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>x</OrgnlPmtInfId><TxInfAndSts>"
            f"<OrgnlEndToEndId>{collection.end_to_end}</OrgnlEndToEndId><TxSts>RJCT</TxSts>"
            f"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts>"
            "</CstmrPmtStsRpt></Document>"
        )
        banking.take_answers(host=host, content=io.BytesIO(content.encode()), by=carol)

    return answer


@pytest.fixture
def a_month_later(monthly, collect, bank):
    """Let the first month be collected, and move to the second; return the moment."""
    first = collect(monthly)
    bank(first, "20.00", first.collect_on)
    due = fresh(monthly).next_due_on
    moment = clock.now() + (due - clock.today())
    with clock.moved_to(moment):
        tasks.bill_due()
    return moment


def fresh(gift):
    return Contribution.objects.get(pk=gift.pk)


def test_a_month_after_the_first_the_second_is_due_by_the_same_mandate(
    monthly, a_month_later, collect, bank
):
    with clock.moved_to(a_month_later):
        (due,) = debits.due(charge_of(monthly).host)
        second = collect(monthly)
        bank(second, "20.00", second.collect_on)

    assert (second.step, due.charge.period != "") == ("RCUR", True)
    assert second.mandate == Mandate.objects.get()
    gift = fresh(monthly)
    assert (gift.received_minor, gift.standing) == (4000, "on")
    assert Charge.objects.exclude(period="").values("period").distinct().count() == 2


def test_a_lack_of_money_is_tried_again_under_another_name_at_the_bank(
    monthly, a_month_later, collect, refuses
):
    with clock.moved_to(a_month_later):
        second = collect(monthly)
        refuses(second, "AM04")
    charge = charge_of(monthly)
    assert (charge.state, fresh(monthly).standing) == ("failed", "on")
    assert charge.again_on is not None

    with clock.moved_to(a_month_later + timedelta(days=5)):
        tasks.bill_due()
        third = collect(monthly)

    assert charge_of(monthly).attempt == 2
    assert third.charge_id == second.charge_id
    assert third.end_to_end != second.end_to_end


def test_a_first_collection_that_fails_for_money_ends_nothing(monthly, collect, refuses):
    refuses(collect(monthly), "AM04")

    gift, charge = fresh(monthly), charge_of(monthly)
    assert (gift.standing, gift.status, charge.again_on is not None) == ("on", "pledged", True)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_dead_mandate_rests_the_gift_until_its_giver_signs_again(
    monthly, a_month_later, collect, refuses, bank, alice, when
):
    with clock.moved_to(a_month_later):
        second = collect(monthly)
        if when == "before":
            refuses(second, "MD01")
        else:
            bank(second, "20.00", second.collect_on)
            bank(second, "-20.00", second.collect_on, is_return=True, reason="MD06")
        gift = fresh(monthly)
        assert (gift.standing, gift.received_minor) == ("quiet", 2000)
        assert not debits.due(second.run.host)

        actions.switch(contribution=gift, rail="debit", by=alice)
        tasks.begin(gift)
        assert charge_of(gift).next_step["kind"] == "redirect"
        sign(gift, alice)
        third = collect(gift)
        bank(third, "20.00", third.collect_on)

    gift = fresh(monthly)
    assert (third.step, gift.standing, gift.received_minor) == ("FRST", "on", 4000)


def test_stopping_ends_the_mandate_and_taking_it_back_stops(monthly, host, gardens, alice, carol):
    run = out(host, [monthly], carol)
    actions.stop(contribution=monthly, by=alice)

    assert Mandate.objects.get().state == "revoked"
    assert charge_of(monthly).state == "pending"  # the bank was asked before
    assert run.collections.get().state == "asked"

    other = signed(gardens, alice, 1000, "month")
    actions.revoke_mandate(contribution=other, by=alice)
    assert (fresh(other).standing, charge_of(other).state) == ("ended", "failed")


def test_a_promise_of_once_ends_with_its_mandate(host, gardens, alice):
    gift = signed(gardens, alice)

    actions.revoke_mandate(contribution=gift, by=alice)

    assert fresh(gift).status == "cancelled"
    with pytest.raises(actions.NoMandate):
        actions.revoke_mandate(contribution=gift, by=alice)


def test_without_a_mandate_the_next_month_is_not_asked_for(monthly, a_month_later, alice):
    Mandate.objects.update(state=Mandate.State.EXPIRED)
    due = fresh(monthly).next_due_on

    with clock.moved_to(a_month_later + (due - a_month_later.date())):
        tasks.bill_due()

    charge = queries.charge_of(monthly)
    assert (charge.state, charge.failure) == ("failed", "There is no mandate.")
