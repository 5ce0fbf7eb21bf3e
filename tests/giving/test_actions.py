"""Promises, what comes of them, and what goes back."""

from datetime import timedelta
from functools import partial

import pytest

from commonweal.activity.models import Fact
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.money import Money
from commonweal.giving import actions, queries, rules, tasks
from commonweal.giving.actions.pledging import AlreadyHere
from commonweal.giving.actions.settling import NotADay
from commonweal.giving.models import Contribution, Support
from commonweal.ledger.actions import freeze
from commonweal.ledger.models import PrivateFact, Purpose, Transaction
from commonweal.ledger.queries import account_of
from commonweal.payments import queries as payments
from commonweal.payments.actions import AlreadyArrived, TooMuchBack
from commonweal.payments.models import Charge
from commonweal.people import actions as people

EUR = partial(Money.parse, currency="EUR")


def facts_about(contribution):
    return list(Fact.objects.filter(subject=f"contribution:{contribution.pk}").order_by("id"))


def test_a_transfer_that_arrived_reaches_the_collective_less_the_host_fee(arrived, gardens, holds):
    contribution = arrived("20.00")

    assert contribution.status == Contribution.Status.SETTLED
    assert holds("FUNDS", party=gardens) == EUR("19.00")
    assert holds("HOST_FEES") == EUR("1.00")
    assert holds("CHARGES", rail="transfer") == EUR("0")
    assert holds("BANK", rail="transfer") == EUR("-20.00")


def test_a_card_payment_pays_the_rail_too(paid_by_card, gardens, holds):
    contribution = paid_by_card("20.00")

    assert contribution.status == Contribution.Status.SETTLED
    assert holds("PROCESSOR_FEES", rail="sandbox") == EUR("0.53")
    assert holds("HOST_FEES") == EUR("1.00")
    assert holds("FUNDS", party=gardens) == EUR("18.47")


def test_settling_twice_moves_money_once(paid_by_card, gardens, holds):
    charge = queries.charge_of(paid_by_card("20.00"))

    for _ in range(2):
        actions.settle(charge=charge, by=None)

    assert holds("FUNDS", party=gardens) == EUR("18.47")


def test_money_that_has_not_come_cannot_be_shared_out(promised):
    with pytest.raises(actions.NotYetHere):
        actions.settle(charge=queries.charge_of(promised()), by=None)


def test_another_amount_than_promised_may_arrive(promised, carol, gardens, holds):
    contribution = promised("20.00")

    contribution = actions.confirm_transfer(
        contribution=contribution, amount=EUR("12.00"), arrived_on=clock.today(), by=carol
    )

    assert contribution.amount_minor == 2000
    assert contribution.received_minor == 1200
    assert holds("FUNDS", party=gardens) == EUR("11.40")


def test_two_accountants_confirm_the_same_transfer_once(promised, carol, hana, gardens, holds):
    contribution = promised("20.00")

    for accountant in (carol, hana):
        actions.confirm_transfer(
            contribution=contribution, amount=EUR("20.00"), arrived_on=clock.today(), by=accountant
        )

    assert holds("FUNDS", party=gardens) == EUR("19.00")


def test_a_second_confirmation_with_another_amount_is_refused(arrived, hana):
    contribution = arrived("20.00")

    with pytest.raises(AlreadyArrived):
        actions.confirm_transfer(
            contribution=contribution, amount=EUR("25.00"), arrived_on=clock.today(), by=hana
        )


def test_money_cannot_arrive_tomorrow(promised, carol):
    with pytest.raises(NotADay):
        actions.confirm_transfer(
            contribution=promised(), amount=EUR("20"), by=carol,
            arrived_on=clock.today() + timedelta(days=1),
        )  # fmt: skip


@pytest.mark.parametrize("amount", ["0", "-5", "1000000.01"])
def test_an_arrival_is_an_amount_that_makes_sense(promised, carol, amount):
    with pytest.raises(rules.WrongAmount):
        actions.confirm_transfer(
            contribution=promised(), amount=EUR(amount), arrived_on=clock.today(), by=carol
        )


def test_a_card_cannot_be_confirmed_by_hand(promised, carol):
    with pytest.raises(actions.NotByHand):
        actions.confirm_transfer(
            contribution=promised(rail="sandbox"), amount=EUR("20"),
            arrived_on=clock.today(), by=carol,
        )  # fmt: skip


def test_a_transfer_that_comes_after_the_promise_was_cancelled_is_a_gift_all_the_same(
    promised, alice, carol, gardens, holds
):
    contribution = actions.cancel(contribution=promised(), by=alice)
    assert contribution.status == Contribution.Status.CANCELLED

    actions.confirm_transfer(
        contribution=contribution, amount=EUR("20"), arrived_on=clock.today(), by=carol
    )

    assert holds("FUNDS", party=gardens) == EUR("19.00")


def test_a_kept_promise_cannot_be_cancelled(arrived, alice):
    with pytest.raises(AlreadyHere):
        actions.cancel(contribution=arrived(), by=alice)


def test_a_declined_card_leaves_no_money_anywhere(paid_by_card, gardens, holds):
    contribution = paid_by_card(card="declined")

    assert contribution.status == Contribution.Status.FAILED
    assert holds("FUNDS", party=gardens) == EUR("0")
    assert not Transaction.objects.exists()


def test_a_card_that_asks_first_is_settled_after_the_yes(paid_by_card):
    contribution = paid_by_card(card="asks")
    assert contribution.status == Contribution.Status.PLEDGED

    tasks.answer(contribution, {"card": "yes"})

    contribution.refresh_from_db()
    assert contribution.status == Contribution.Status.SETTLED


def test_the_journal_tells_the_way_of_a_gift(paid_by_card, hana):
    contribution = paid_by_card("20.00")
    actions.refund(contribution=contribution, by=hana, reason="A wish")

    kinds = [(fact.kind, fact.public) for fact in facts_about(contribution)]

    assert kinds == [
        ("contribution.pledged", False),
        ("contribution.settled", True),
        ("contribution.refunded", True),
    ]
    assert facts_about(contribution)[-1].note == "A wish"


def test_an_incognito_gift_is_named_nowhere_in_public(arrived, alice, gardens):
    contribution = arrived(incognito=True)

    public = [fact for fact in facts_about(contribution) if fact.public]
    assert not PrivateFact.objects.filter(party_id=alice.pk).exists()
    assert alice.pk not in [fact.by_id for fact in public]
    assert [line.incognito for line in Support.objects.all()] == [True]


def test_the_wall_grows_with_each_gift(arrived, gardens, alice):
    arrived("20.00")
    arrived("5.00")

    [line] = Support.objects.filter(collective=gardens)
    assert (line.contributor, line.total_minor, line.times) == (alice, 2500, 2)


def test_a_refund_takes_back_each_part_and_waits_in_clearing(arrived, carol, gardens, holds):
    contribution = arrived("20.00")

    contribution = actions.refund(contribution=contribution, by=carol)

    assert contribution.status == Contribution.Status.REFUNDED
    assert holds("FUNDS", party=gardens) == EUR("0")
    assert holds("HOST_FEES") == EUR("0")
    assert holds("CHARGES", rail="transfer") == EUR("20.00")
    assert not payments.unexplained()


def test_a_refund_by_bank_has_left_once_a_person_says_so(arrived, carol, holds):
    contribution = actions.refund(contribution=arrived("20.00"), by=carol)
    tasks.give_back(contribution)
    assert holds("BANK", rail="transfer") == EUR("-20.00")

    for _ in range(2):
        actions.confirm_refund(contribution=contribution, on=clock.today(), by=carol)

    assert holds("BANK", rail="transfer") == EUR("0")
    assert queries.charge_of(contribution).state == Charge.State.REFUNDED


def test_a_card_refund_leaves_at_once(paid_by_card, hana, holds):
    contribution = actions.refund(contribution=paid_by_card("20.00"), by=hana)

    for _ in range(2):
        tasks.give_back(contribution)

    assert holds("BANK", rail="sandbox") == EUR("0")
    assert holds("PROCESSOR_FEES", rail="sandbox") == EUR("0")


def test_parts_can_be_given_back_until_nothing_is_left(arrived, carol, gardens, holds):
    contribution = arrived("10.00")

    for amount in ("3.33", "3.33", "3.34"):
        contribution = actions.refund(contribution=contribution, amount=EUR(amount), by=carol)
        actions.confirm_refund(contribution=contribution, on=clock.today(), by=carol)

    assert contribution.status == Contribution.Status.REFUNDED
    assert holds("FUNDS", party=gardens) == holds("HOST_FEES") == EUR("0")
    assert Support.objects.get().total_minor == Support.objects.get().times == 0
    with pytest.raises(actions.NotGiven):
        actions.refund(contribution=contribution, by=carol)


@pytest.mark.parametrize("amount", ["20.01", "0", "-1"])
def test_a_refund_is_between_a_cent_and_the_gift(arrived, carol, amount):
    with pytest.raises(TooMuchBack):
        actions.refund(contribution=arrived("20.00"), amount=EUR(amount), by=carol)


def test_an_organization_gives_through_its_admin(promised, commons, hana):
    contribution = promised(contributor=commons.party, by=hana)

    assert contribution.contributor == commons.party
    assert contribution.given_by == hana


def test_nobody_gives_in_the_name_of_somebody_else(promised, bob, dan):
    with pytest.raises(NotAllowed):
        promised(contributor=bob, by=dan)


def test_a_guest_gives_without_signing_in_but_never_as_somebody_known(gardens, guest, alice):
    def give(contributor):
        return actions.pledge(
            collective=gardens, amount=EUR("20"), rail="transfer",
            contributor=contributor, given_by=contributor, by=None,
        )  # fmt: skip

    assert give(guest).contributor == guest
    with pytest.raises(NotAllowed):
        give(alice)


def test_a_guest_who_signs_up_claims_what_they_gave(gardens, guest, carol):
    gift = actions.pledge(
        collective=gardens, amount=EUR("20"), rail="transfer",
        contributor=guest, given_by=guest, by=None,
    )  # fmt: skip
    actions.confirm_transfer(
        contribution=gift, amount=EUR("20"), arrived_on=clock.today(), by=carol
    )
    login = people.sign_up(email="neighbour@example.org", name="Nour Said")

    claimed = actions.claim(login=login, by=login.person)

    assert claimed == 1
    assert Support.objects.get().contributor == login.person
    assert queries.contribution(gift.secret).contributor == login.person
    assert actions.claim(login=login, by=login.person) == 0


def test_claiming_adds_to_what_one_has_given_already(arrived, gardens, carol, alice):
    arrived("20.00")
    guest = people.ensure_guest(email="alice@example.org", name="A. Peeters")
    gift = actions.pledge(
        collective=gardens, amount=EUR("5"), rail="transfer",
        contributor=guest, given_by=guest, by=None,
    )  # fmt: skip
    actions.confirm_transfer(contribution=gift, amount=EUR("5"), arrived_on=clock.today(), by=carol)

    actions.claim(login=alice.login, by=alice)

    [line] = Support.objects.filter(collective=gardens)
    assert (line.contributor, line.total_minor, line.times) == (alice, 2500, 2)


def test_a_draft_takes_no_gifts(seedlings, alice):
    with pytest.raises(queries.NotHosted):
        actions.pledge(
            collective=seedlings, amount=EUR("20"), rail="transfer",
            contributor=alice, given_by=alice, by=alice,
        )  # fmt: skip


def test_a_rail_that_cannot_repeat_takes_single_gifts_only(promised, settings):
    settings.PAYMENT_RAILS = ["giving.conftest.SingleTransfer"]

    with pytest.raises(actions.OnlyOnce):
        promised(interval="month")


@pytest.mark.parametrize("rail", ["", "bitcoin", "stripe"])
def test_an_unknown_rail_is_refused(promised, rail):
    with pytest.raises(payments.UnknownRail):
        promised(rail=rail)


def test_a_tier_is_given_its_amount_by_its_name(promised, gardens, bob):
    tier = actions.add_tier(collective=gardens, name="A tree", amount=EUR("20"), by=bob)

    assert promised("20", tier=tier).tier == tier
    with pytest.raises(rules.NotThisTier):
        promised("15", tier=tier)


def test_an_archived_tier_cannot_be_chosen(promised, gardens, bob):
    tier = actions.add_tier(collective=gardens, name="A tree", amount=EUR("20"), by=bob)
    actions.archive_tier(tier=tier, by=bob)

    with pytest.raises(rules.NotThisTier):
        promised("20", tier=tier)


def test_a_tier_can_be_changed_without_touching_what_was_given(promised, gardens, bob):
    tier = actions.add_tier(collective=gardens, name="A tree", amount=EUR("20"), by=bob)
    gift = promised("20", tier=tier)

    actions.edit_tier(
        tier=tier, name="A big tree", description="", amount=EUR("30"), flexible=True, by=bob
    )

    gift.refresh_from_db()
    assert gift.amount_minor == 2000
    assert [str(one) for one in queries.tiers_of(gardens)] == ["A big tree"]


def test_the_fee_is_what_was_agreed_when_it_was_promised(promised, commons, carol, holds):
    contribution = promised("20.00")
    commons.fee_ppm = 500_000
    commons.save()

    actions.confirm_transfer(
        contribution=contribution, amount=EUR("20"), arrived_on=clock.today(), by=carol
    )

    assert holds("HOST_FEES") == EUR("1.00")


@pytest.fixture
def stuck(promised, gardens, commons):
    """Let the money of a gift come to a pot that is closed, so that it stays in clearing."""
    contribution = promised("20.00", rail="sandbox")
    tasks.begin(contribution)
    pot = account_of(Purpose.FUNDS, currency="EUR", party=gardens.pk, host=commons.pk)
    freeze(account=pot, frozen=True)
    tasks.answer(contribution, {"card": "works"})
    return contribution


def test_money_that_cannot_be_shared_out_stays_in_clearing_until_it_can(
    stuck, gardens, commons, holds, caplog
):
    assert holds("CHARGES", rail="sandbox") == EUR("20.00")
    assert not payments.unexplained()
    assert tasks.resume() == 0
    assert "stays in clearing" in caplog.text

    pot = account_of(Purpose.FUNDS, currency="EUR", party=gardens.pk, host=commons.pk)
    freeze(account=pot, frozen=False)

    assert tasks.resume() == 1
    assert holds("FUNDS", party=gardens) == EUR("18.47")


def test_money_that_cannot_be_shared_out_can_be_sent_back_whole(stuck, hana, holds):
    with pytest.raises(actions.OnlyWhole):
        actions.refund(contribution=stuck, amount=EUR("5.00"), by=hana)

    actions.refund(contribution=stuck, by=hana)
    tasks.give_back(stuck)

    assert holds("CHARGES", rail="sandbox") == holds("BANK", rail="sandbox") == EUR("0")
    assert tasks.resume() == 0
    assert not Support.objects.exists()
