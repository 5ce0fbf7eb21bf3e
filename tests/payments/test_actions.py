"""Charges, payouts and news: each step once, with its posting."""

from datetime import date
from functools import partial
from uuid import uuid4

import pytest

from commonweal.foundation.money import Money
from commonweal.hosting import queries as hosting
from commonweal.ledger.actions import NotEnough
from commonweal.ledger.models import Chart, Purpose, Transaction
from commonweal.ledger.queries import balance
from commonweal.payments import actions, queries, tasks
from commonweal.payments.models import Charge, InboxItem, Payout
from commonweal.payments.port import NextStep, RailEvent

EUR = partial(Money.parse, currency="EUR")
ON = date(2026, 11, 20)


@pytest.fixture
def charge(commons):
    return actions.start_charge(
        subject="test:1", host=commons, rail="transfer", amount=EUR("20.00"),
        description="Gift", refs={}, by=None,
    )  # fmt: skip


@pytest.fixture
def pot(gardens, commons):
    """Put 50 euros into the funds of Gardens, and return the account."""
    from commonweal.ledger.actions import post  # noqa: PLC0415
    from commonweal.ledger.models import Kind  # noqa: PLC0415
    from commonweal.ledger.rules import Draft, Posting  # noqa: PLC0415

    funds = hosting.funds_account(hosting.current(gardens))
    bank = hosting.host_account(commons, Purpose.BANK, rail="transfer")
    legs = (Posting(funds, 5000, Kind.CONTRIBUTION), Posting(bank, -5000, Kind.CONTRIBUTION))
    post(Draft(key=uuid4(), kind=Kind.CONTRIBUTION, postings=legs, effective_on=ON))
    return funds


@pytest.fixture
def hold(commons, pot):
    def hold(amount="30.00", attempt=1):
        return actions.hold_payout(
            subject="expense:1", attempt=attempt, host=commons, rail="transfer",
            funds_account=pot, amount=EUR(amount), category=Chart.VENUE, private=(), refs={},
            by=None,
        )  # fmt: skip

    return hold


def held(host, purpose):
    return balance(hosting.host_account(host, purpose, rail="transfer"))


def capture(charge, amount="20.00"):
    return actions.capture(charge=charge, amount=EUR(amount), fee=EUR("0"), on=ON, by=None)


def test_money_that_came_stands_in_clearing_and_is_explained(charge, commons):
    capture(charge)

    assert held(commons, Purpose.CHARGES) == EUR("20.00")
    assert held(commons, Purpose.BANK) == EUR("-20.00")
    assert queries.unexplained() == []


def test_clearing_without_a_charge_is_unexplained(charge):
    charge = capture(charge)
    Charge.objects.filter(pk=charge.pk).update(state=Charge.State.SETTLED)

    [found] = queries.unexplained()

    assert (found.held, found.explained) == (EUR("20.00"), EUR("0"))


def test_the_same_arrival_is_recorded_once(charge, commons):
    for _ in range(3):
        capture(charge)

    assert held(commons, Purpose.CHARGES) == EUR("20.00")
    assert Transaction.objects.count() == 1


def test_another_amount_for_money_that_came_is_refused(charge):
    capture(charge)

    with pytest.raises(actions.AlreadyArrived):
        capture(charge, "21.00")


def test_money_in_another_currency_is_refused(charge):
    with pytest.raises(actions.WrongCurrency):
        actions.capture(
            charge=charge, amount=Money(2000, "USD"), fee=Money(0, "USD"), on=ON, by=None
        )


def test_money_that_comes_after_a_failure_is_still_money(charge, commons):
    actions.fail(charge=charge, reason="Too late", by=None)

    capture(charge)

    assert held(commons, Purpose.CHARGES) == EUR("20.00")


def test_a_failure_after_the_money_came_changes_nothing(charge):
    charge = actions.fail(charge=capture(charge), reason="Too late", by=None)

    assert charge.state == Charge.State.CAPTURED


def test_an_answer_that_comes_late_does_not_undo_what_happened(charge):
    capture(charge)

    charge = actions.note_step(charge=charge, step=NextStep("redirect", url="/x"), by=None)

    assert charge.state == Charge.State.CAPTURED
    assert charge.next_step == {}


def test_money_cannot_be_given_back_before_it_came(charge):
    with pytest.raises(actions.WrongMoment):
        actions.ask_back(charge=charge, amount=EUR("5"), by=None)


def test_a_charge_is_found_by_what_the_bank_prints(charge):
    tasks.begin(charge.pk)
    printed = Charge.objects.get().next_step["facts"]["reference"]

    assert queries.charge_by_reference(printed) == charge
    assert queries.charge_by_reference("Merry Christmas") is None


def test_what_stopped_before_the_rail_was_asked_is_picked_up(charge):
    assert tasks.resume() == 1
    assert tasks.resume() == 0
    assert Charge.objects.get().state == Charge.State.PENDING


def test_one_broken_charge_does_not_hold_up_the_others(charge, commons, caplog):
    Charge.objects.filter(pk=charge.pk).update(rail="gone")
    actions.start_charge(
        subject="test:2", host=commons, rail="transfer", amount=EUR("5"),
        description="Gift", refs={}, by=None,
    )  # fmt: skip

    assert tasks.resume() == 1
    assert str(charge.uuid) in caplog.text


def test_news_is_stored_once_however_often_it_comes(charge):
    event = RailEvent("captured", charge.uuid, "ch_1", EUR("20"), EUR("0"), ON)

    for _ in range(2):
        actions.receive(rail="transfer", news=[event], by=None)

    assert InboxItem.objects.count() == 1
    assert list(queries.unread_news()) == list(queries.unread_news_about(charge))


def test_a_payout_is_held_then_paid(hold, commons, pot):
    payout = hold()
    assert balance(pot) == EUR("20.00")
    assert held(commons, Purpose.PAYOUTS) == EUR("30.00")
    assert queries.unexplained() == []

    for _ in range(2):
        actions.confirm_payout(payout=payout, on=ON, reference="Statement 12", by=None)

    assert held(commons, Purpose.PAYOUTS) == EUR("0")
    assert held(commons, Purpose.BANK) == EUR("-20.00")


def test_the_same_attempt_is_held_once(hold, pot):
    assert hold() == hold()

    assert balance(pot) == EUR("20.00")


def test_never_more_than_the_pot(hold, pot):
    with pytest.raises(NotEnough):
        hold("50.01")


@pytest.mark.parametrize("is_paid", [False, True])
def test_a_payout_that_comes_back_fills_the_pot_again(hold, commons, pot, is_paid):
    payout = hold()
    if is_paid:
        actions.confirm_payout(payout=payout, on=ON, reference="", by=None)

    for _ in range(2):
        payout = actions.return_payout(payout=payout, on=ON, by=None)

    assert payout.state == Payout.State.RETURNED
    assert balance(pot) == EUR("50.00")
    assert held(commons, Purpose.PAYOUTS) == EUR("0")
    assert held(commons, Purpose.BANK) == EUR("-50.00")


def test_what_came_back_cannot_be_paid(hold):
    payout = actions.return_payout(payout=hold(), on=ON, by=None)

    with pytest.raises(actions.WrongMoment):
        actions.confirm_payout(payout=payout, on=ON, reference="", by=None)


def test_a_second_attempt_is_another_payout(hold, pot):
    actions.return_payout(payout=hold(), on=ON, by=None)

    assert hold(attempt=2).state == Payout.State.HELD
    assert balance(pot) == EUR("20.00")
