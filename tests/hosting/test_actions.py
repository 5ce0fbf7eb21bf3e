"""A host accepts a group, holds its money, and lets it go again."""

from __future__ import annotations

import pytest

from cast import IBAN
from commonweal.activity import queries as activity
from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving.models import Contribution
from commonweal.hosting import actions, queries
from commonweal.hosting.models import Application, Host
from commonweal.ledger import queries as ledger
from commonweal.ledger.actions import advance
from commonweal.people import actions as people
from commonweal.people.models import Party
from commonweal.places.models import Place


def test_an_approved_group_is_public_and_has_an_empty_pot(gardens: Collective, bob: Party) -> None:
    hosting = queries.current(gardens)

    assert gardens.status == Collective.Status.ACTIVE
    assert hosting is not None
    assert ledger.balance(queries.funds_account(hosting)) == Money(0, "EUR")
    assert queries.fee_ppm(hosting) == 50_000


def test_a_group_can_have_a_fee_of_its_own(gardens: Collective, hana: Party) -> None:
    hosting = queries.current(gardens)
    assert hosting is not None

    actions.agree_fee(hosting=hosting, fee_ppm=30_000, by=hana)

    assert queries.fee_ppm(hosting) == 30_000


def test_a_group_asks_one_host_at_a_time(seedlings: Collective, commons: Host, bob: Party) -> None:
    actions.apply(collective=seedlings, host=commons, message="Hello", by=bob)

    with pytest.raises(actions.AlreadyAsked):
        actions.apply(collective=seedlings, host=commons, message="Again", by=bob)


def test_a_hosted_group_cannot_ask_again(gardens: Collective, commons: Host, bob: Party) -> None:
    with pytest.raises(collectives.NotADraft):
        actions.apply(collective=gardens, host=commons, message="Hello", by=bob)


def test_a_full_host_takes_nobody(
    seedlings: Collective, commons: Host, bob: Party, hana: Party
) -> None:
    actions.edit_host(
        host=commons, by=hana, fee_ppm=50_000, terms="", open_to_applications=False,
        iban=commons.iban, bic=commons.bic, account_holder=commons.account_holder,
    )  # fmt: skip

    with pytest.raises(actions.HostIsFull):
        actions.apply(collective=seedlings, host=commons, message="Hello", by=bob)


def test_a_host_may_ask_first_and_is_answered(
    seedlings: Collective, commons: Host, bob: Party, hana: Party
) -> None:
    application = actions.apply(collective=seedlings, host=commons, message="Hello", by=bob)

    actions.ask(application=application, question="Who are you?", by=hana)
    answered = actions.answer(application=application, message="Four neighbours.", by=bob)

    assert answered.status == Application.Status.PENDING
    assert answered.message == "Hello\n\nFour neighbours."


def test_a_declined_group_may_ask_again(
    seedlings: Collective, commons: Host, bob: Party, hana: Party
) -> None:
    application = actions.apply(collective=seedlings, host=commons, message="Hello", by=bob)
    actions.decline(application=application, reason="We host in Ghent only.", by=hana)

    again = actions.apply(collective=seedlings, host=commons, message="Please", by=bob)

    assert again.status == Application.Status.PENDING
    facts = activity.timeline(f"application:{application.pk}", private=True)
    assert [fact.kind for fact in facts] == ["application.sent", "application.declined"]
    assert facts[1].note == "We host in Ghent only."


def test_an_answer_is_given_once(
    seedlings: Collective, commons: Host, bob: Party, hana: Party
) -> None:
    application = actions.apply(collective=seedlings, host=commons, message="Hello", by=bob)
    actions.approve(application=application, by=hana)

    with pytest.raises(actions.AlreadyDecided):
        actions.decline(application=application, reason="No", by=hana)


def test_only_admins_of_the_host_decide(
    seedlings: Collective, commons: Host, bob: Party, carol: Party
) -> None:
    application = actions.apply(collective=seedlings, host=commons, message="Hello", by=bob)

    for somebody in (bob, carol):
        with pytest.raises(NotAllowed):
            actions.approve(application=application, by=somebody)


def test_an_empty_group_may_leave_and_close(gardens: Collective, bob: Party) -> None:
    hosting = queries.current(gardens)
    assert hosting is not None
    with pytest.raises(collectives.StillHosted):
        collectives.close(collective=gardens, by=bob)

    actions.leave(hosting=hosting, by=bob)
    closed = collectives.close(collective=gardens, by=bob)

    assert queries.current(gardens) is None
    assert closed.status == Collective.Status.CLOSED


def test_a_new_host_adds_up(commons: Host) -> None:
    custody = queries.custody(commons)

    assert custody.adds_up
    assert custody.bank == Money(0, "EUR")


def test_only_an_organization_becomes_a_host_and_once(
    commons: Host, gardens: Collective, bob: Party, hana: Party
) -> None:
    account = {"fee_ppm": 0, "iban": IBAN, "bic": "", "account_holder": ""}

    with pytest.raises(actions.NotAnOrganization):
        actions.become_host(organization=gardens.party, by=bob, **account)
    with pytest.raises(actions.AlreadyAHost):
        actions.become_host(organization=commons.party, by=hana, **account)


def test_a_wrong_account_or_fee_is_refused(hana: Party) -> None:
    house = people.create_organization(name="Second House", by=hana)

    for wrong in ({"iban": "BE71096123456768"}, {"bic": "NOTABIC"}, {"fee_ppm": 300_001}):
        given = {"fee_ppm": 0, "iban": IBAN, "bic": "", "account_holder": ""} | wrong
        with pytest.raises(Refused):
            actions.become_host(organization=house, by=hana, **given)
    assert not Host.objects.exists()


def test_a_group_that_ended_is_not_accepted(
    seedlings: Collective, commons: Host, bob: Party, hana: Party
) -> None:
    application = actions.apply(collective=seedlings, host=commons, message="Hello", by=bob)
    collectives.close(collective=seedlings, by=bob)

    with pytest.raises(actions.HasEnded):
        actions.approve(application=application, by=hana)


def test_a_group_with_another_currency_asks_elsewhere(
    commons: Host, bob: Party, brussels: Place
) -> None:
    group = collectives.start(
        name="Dollars", about="", place=brussels, themes=[], by=bob, currency="USD"
    )

    with pytest.raises(actions.OtherCurrency):
        actions.apply(collective=group, host=commons, message="Hello", by=bob)


def test_words_are_needed_to_ask_and_to_say_no(
    seedlings: Collective, commons: Host, bob: Party, hana: Party
) -> None:
    application = actions.apply(collective=seedlings, host=commons, message="", by=bob)

    with pytest.raises(actions.WordsMissing):
        actions.ask(application=application, question="  ", by=hana)
    with pytest.raises(actions.WordsMissing):
        actions.decline(application=application, reason="", by=hana)


def test_a_group_with_money_stays_and_one_that_came_back_can_be_given_to(
    gardens: Collective, commons: Host, bob: Party, hana: Party, alice: Party
) -> None:
    hosting = queries.current(gardens)
    assert hosting is not None
    gift = given(gardens, alice, hana, 20_00)
    with pytest.raises(actions.MoneyLeft):
        actions.leave(hosting=hosting, by=bob)

    giving.refund(contribution=gift, by=hana)
    actions.leave(hosting=hosting, by=hana)
    with pytest.raises(actions.NotHosted):
        actions.leave(hosting=hosting, by=hana)
    application = actions.apply(collective=gardens, host=commons, message="Again", by=bob)
    again = actions.approve(application=application, by=hana)
    given(gardens, alice, hana, 10_00)

    assert ledger.balance(queries.funds_account(again)) == Money(9_50, "EUR")


def test_what_a_host_holds_adds_up_before_and_after_the_sequencer(
    gardens: Collective, commons: Host, alice: Party, hana: Party
) -> None:
    given(gardens, alice, hana, 100_00)

    before = queries.custody(commons)
    while advance():
        pass
    after = queries.custody(commons)

    assert before == after
    assert after.adds_up
    assert (after.bank, after.owed, after.own) == tuple(
        Money(cents, "EUR") for cents in (100_00, 95_00, 5_00)
    )
    assert not after.waiting_in


def given(to: Collective, giver: Party, keeper: Party, cents: int) -> Contribution:
    """Let somebody give by bank, and the host see it come."""
    gift = giving.pledge(
        collective=to, amount=Money(cents, "EUR"), rail="transfer", contributor=giver,
        given_by=giver, by=giver,
    )  # fmt: skip
    giving.confirm_transfer(
        contribution=gift, amount=Money(cents, "EUR"), arrived_on=clock.today(), by=keeper
    )
    return gift
