"""A host accepts a group, holds its money, and lets it go again."""

from __future__ import annotations

from typing import Any

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
from commonweal.ledger.models import Account
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


RAILS = ("transfer", "debit", "sandbox")


def test_a_new_host_has_an_account_for_each_purpose_and_rail(commons: Host) -> None:
    opened = set(Account.objects.filter(host_id=commons.pk).values_list("purpose", "rail"))

    once = {(purpose, "") for purpose in actions.ONE_EACH}
    for_each_rail = {(purpose, rail) for purpose in actions.ONE_FOR_EACH_RAIL for rail in RAILS}
    assert opened == once | for_each_rail


def test_an_account_holder_is_by_default_the_organization(hana: Party) -> None:
    house = people.create_organization(name="Second House", by=hana)

    host = actions.become_host(
        organization=house, by=hana, fee_ppm=0, iban="BE71 0961 2345 6769", bic="",
        account_holder="  ",
    )  # fmt: skip

    assert (host.account_holder, host.iban) == ("Second House", IBAN)


def test_new_terms_hold_from_now_on_and_what_was_promised_keeps_its_fee(
    gardens: Collective, commons: Host, alice: Party, hana: Party
) -> None:
    gift = promised(gardens, alice, 100_00)

    actions.edit_host(
        host=commons, by=hana, fee_ppm=100_000, terms="Ten percent.", open_to_applications=True,
        iban=IBAN, bic="", account_holder="",
    )  # fmt: skip
    confirmed(gift, hana, 100_00)
    given(gardens, alice, hana, 100_00)

    hosting = queries.current(gardens)
    assert hosting is not None
    assert hosting.host.terms == "Ten percent."
    assert ledger.balance(queries.funds_account(hosting)) == Money(95_00 + 90_00, "EUR")


@pytest.mark.parametrize("wrong", [{"iban": "BE00"}, {"bic": "x"}, {"fee_ppm": -1}])
def test_wrong_terms_change_nothing(commons: Host, hana: Party, wrong: dict[str, Any]) -> None:
    terms = {"fee_ppm": 0, "iban": IBAN, "bic": "", "account_holder": ""} | wrong

    with pytest.raises(Refused):
        actions.edit_host(host=commons, by=hana, terms="", open_to_applications=False, **terms)

    found = Host.objects.get(pk=commons.pk)
    assert (found.fee_ppm, found.bic, found.open_to_applications) == (50_000, "GKCCBEBB", True)


def test_a_fee_of_ones_own_is_agreed_on_with_the_yes_and_given_up_again(
    seedlings: Collective, commons: Host, bob: Party, hana: Party
) -> None:
    application = actions.apply(collective=seedlings, host=commons, message="Hello", by=bob)

    hosting = actions.approve(application=application, by=hana, fee_ppm=0)
    assert queries.fee_ppm(hosting) == 0

    with pytest.raises(Refused):
        actions.agree_fee(hosting=hosting, fee_ppm=1_000_000, by=hana)
    actions.agree_fee(hosting=hosting, fee_ppm=None, by=hana)
    assert queries.fee_ppm(hosting) == 50_000


def test_a_yes_at_a_fee_beyond_reason_is_no_yes(
    seedlings: Collective, commons: Host, bob: Party, hana: Party
) -> None:
    application = actions.apply(collective=seedlings, host=commons, message="Hello", by=bob)

    with pytest.raises(Refused):
        actions.approve(application=application, by=hana, fee_ppm=300_001)

    application.refresh_from_db()
    assert application.status == Application.Status.PENDING
    assert queries.current(seedlings) is None
    assert Collective.objects.get(pk=seedlings.pk).status == Collective.Status.DRAFT


def test_a_question_is_taken_back_by_who_asked_and_another_host_is_asked(
    seedlings: Collective, commons: Host, bob: Party, hana: Party
) -> None:
    application = actions.apply(collective=seedlings, host=commons, message="Hello", by=bob)
    with pytest.raises(NotAllowed):
        actions.withdraw(application=application, by=hana)

    withdrawn = actions.withdraw(application=application, by=bob)
    assert withdrawn.decided_at is not None
    with pytest.raises(actions.AlreadyDecided):
        actions.approve(application=application, by=hana)
    with pytest.raises(actions.AlreadyDecided):
        actions.answer(application=application, message="Still there?", by=bob)

    again = actions.apply(collective=seedlings, host=commons, message="Again", by=bob)
    assert again.pk != application.pk


def test_a_group_that_ended_asks_nobody(seedlings: Collective, commons: Host, bob: Party) -> None:
    collectives.close(collective=seedlings, by=bob)

    with pytest.raises(actions.HasEnded):
        actions.apply(collective=seedlings, host=commons, message="Hello", by=bob)


def test_only_its_admins_speak_for_a_group(
    seedlings: Collective, commons: Host, bob: Party, hana: Party, dan: Party
) -> None:
    for somebody in (hana, dan):
        with pytest.raises(NotAllowed):
            actions.apply(collective=seedlings, host=commons, message="Hello", by=somebody)
    application = actions.apply(collective=seedlings, host=commons, message="Hello", by=bob)
    actions.ask(application=application, question="Who are you?", by=hana)

    for somebody in (hana, dan):
        with pytest.raises(NotAllowed):
            actions.answer(application=application, message="Me.", by=somebody)
    with pytest.raises(actions.WordsMissing):
        actions.answer(application=application, message=" ", by=bob)


def test_what_group_and_host_write_to_each_other_is_nobody_elses_news(
    seedlings: Collective, commons: Host, bob: Party, hana: Party
) -> None:
    application = actions.apply(collective=seedlings, host=commons, message="Hello", by=bob)
    actions.ask(application=application, question="Who are you?", by=hana)
    actions.answer(application=application, message="Neighbours.", by=bob)
    actions.approve(application=application, by=hana)

    subject = f"application:{application.pk}"
    assert [fact.kind for fact in activity.timeline(subject)] == ["application.approved"]
    assert activity.timeline(subject, private=True).count() == 4
    assert "Neighbours." not in [fact.note for fact in activity.news(seedlings.pk)]


def test_a_group_that_left_can_neither_be_given_to_nor_leave_again(
    gardens: Collective, alice: Party, bob: Party, hana: Party, dan: Party
) -> None:
    hosting = queries.current(gardens)
    assert hosting is not None
    with pytest.raises(NotAllowed):
        actions.leave(hosting=hosting, by=dan)

    actions.leave(hosting=hosting, by=hana)

    with pytest.raises(Refused):
        promised(gardens, alice, 10_00)
    with pytest.raises(actions.NotHosted):
        actions.leave(hosting=hosting, by=bob)
    assert Account.objects.get(pk=queries.funds_account(hosting)).frozen


def promised(to: Collective, giver: Party, cents: int) -> Contribution:
    """Let somebody promise a gift by bank."""
    return giving.pledge(
        collective=to, amount=Money(cents, "EUR"), rail="transfer", contributor=giver,
        given_by=giver, by=giver,
    )  # fmt: skip


def confirmed(gift: Contribution, keeper: Party, cents: int) -> Contribution:
    """Let the host see a gift come."""
    return giving.confirm_transfer(
        contribution=gift, amount=Money(cents, "EUR"), arrived_on=clock.today(), by=keeper
    )


def given(to: Collective, giver: Party, keeper: Party, cents: int) -> Contribution:
    """Let somebody give by bank, and the host see it come."""
    return confirmed(promised(to, giver, cents), keeper, cents)
