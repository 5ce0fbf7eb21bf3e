"""A host accepts a group, holds its money, and lets it go again."""

from __future__ import annotations

import pytest

from commonweal.activity import queries as activity
from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Collective
from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.money import Money
from commonweal.hosting import actions, queries
from commonweal.hosting.models import Application, Host
from commonweal.ledger import queries as ledger
from commonweal.people.models import Party


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
    facts = activity.timeline(f"application:{application.pk}")
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
