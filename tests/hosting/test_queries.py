"""Who hosts whom, who asks, and what is held for whom."""

from __future__ import annotations

import pytest

from cast import IBAN, person, start
from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Collective
from commonweal.foundation.money import Money
from commonweal.hosting import actions, queries
from commonweal.hosting.models import Application, Host, Hosting
from commonweal.people import actions as people
from commonweal.people.models import Party, Role
from commonweal.places.models import Place
from spending.conftest import put_in_the_pot


def eur(cents: int) -> Money:
    return Money(cents, "EUR")


def hosted_by(collective: Collective) -> Hosting:
    found = queries.current(collective)
    assert found is not None
    return found


@pytest.fixture
def full(brussels: Place) -> Host:
    """Return Archive Fund, a host of Ivo's that takes nobody."""
    ivo = person("Ivo Janssens")
    house = people.create_organization(name="Archive Fund", by=ivo, place=brussels)
    account = {"fee_ppm": 0, "iban": IBAN, "bic": "", "account_holder": ""}
    host = actions.become_host(organization=house, by=ivo, **account)
    return actions.edit_host(
        host=host, by=ivo, terms="We are full.", open_to_applications=False, **account
    )


@pytest.fixture
def bakery(commons: Host, bob: Party, hana: Party, brussels: Place) -> Collective:
    """Return Bakery, another group at Commons House."""
    made = start(bob, brussels, "Bakery")
    application = actions.apply(collective=made, host=commons, message="Hello", by=bob)
    return actions.approve(application=application, by=hana).collective


def test_hosts_that_take_groups_come_first_with_how_many_they_have(
    full: Host, gardens: Collective, bakery: Collective, commons: Host
) -> None:
    found = [(host, host.groups) for host in queries.hosts_with_groups()]

    assert found == [(commons, 2), (full, 0)]
    assert list(queries.hosts()) == [full, commons]


def test_a_group_that_left_is_counted_no_more(
    gardens: Collective, bakery: Collective, commons: Host, hana: Party
) -> None:
    actions.leave(hosting=hosted_by(bakery), by=hana)

    assert [host.groups for host in queries.hosts_with_groups()] == [1]
    assert [one.collective.name for one in queries.hosted(commons)] == ["Gardens"]
    assert queries.current(bakery) is None


def test_a_host_is_found_by_its_address(commons: Host, bob: Party) -> None:
    assert queries.host_by_slug("commons-house") == commons
    assert queries.host_by_slug(bob.slug) is None


def test_somebody_handles_the_money_of_what_they_keep(
    full: Host, commons: Host, hana: Party, carol: Party, dan: Party
) -> None:
    people.grant(person=dan, party=commons.party, role=Role.MEMBER, by=hana)
    people.grant(person=hana, party=commons.party, role=Role.ACCOUNTANT, by=hana)

    assert [list(queries.hosts_of(one)) for one in (hana, carol, dan)] == [[commons], [commons], []]


def test_homeless_is_what_one_runs_that_lives_and_that_nobody_hosts(
    gardens: Collective, seedlings: Collective, bob: Party, alice: Party, brussels: Place
) -> None:
    collectives.close(collective=start(bob, brussels, "Ended"), by=bob)
    people.grant(person=alice, party=seedlings, role=Role.MEMBER, by=bob)

    assert list(queries.homeless(bob)) == [seedlings]
    assert not queries.homeless(alice).exists()


def test_the_oldest_question_waits_first_until_it_is_answered(
    seedlings: Collective, commons: Host, bob: Party, hana: Party, brussels: Place
) -> None:
    second = start(bob, brussels, "Second")
    first_asked, next_asked = (
        actions.apply(collective=one, host=commons, message="Hello", by=bob)
        for one in (seedlings, second)
    )
    actions.ask(application=first_asked, question="Who are you?", by=hana)
    assert list(queries.waiting_applications(commons)) == [first_asked, next_asked]

    actions.decline(application=first_asked, reason="No.", by=hana)

    assert list(queries.waiting_applications(commons)) == [next_asked]


def test_the_newest_question_of_a_group_counts(
    seedlings: Collective, commons: Host, bob: Party
) -> None:
    assert queries.last_application(seedlings) is None
    first = actions.apply(collective=seedlings, host=commons, message="Hello", by=bob)
    actions.withdraw(application=first, by=bob)
    again = actions.apply(collective=seedlings, host=commons, message="Again", by=bob)

    assert queries.last_application(seedlings) == again
    found = queries.application(first.pk)
    assert found is not None
    assert found.status == Application.Status.WITHDRAWN
    assert queries.application(0) is None


def test_a_hosting_that_ended_is_not_found(gardens: Collective, hana: Party) -> None:
    hosting = hosted_by(gardens)
    assert queries.hosting(hosting.pk) == hosting

    actions.leave(hosting=hosting, by=hana)

    assert queries.hosting(hosting.pk) is None


def test_pots_show_what_each_group_holds_and_gives_its_host(
    gardens: Collective, bakery: Collective, commons: Host, hana: Party, django_assert_num_queries
) -> None:
    put_in_the_pot(gardens, 12_34)
    actions.agree_fee(hosting=hosted_by(bakery), fee_ppm=0, by=hana)

    with django_assert_num_queries(2):
        pots = [
            (pot.hosting.collective.name, pot.held, pot.fee_ppm) for pot in queries.pots(commons)
        ]

    assert pots == [("Bakery", eur(0), 0), ("Gardens", eur(12_34), 50_000)]
    assert queries.pot(hosted_by(gardens)) == eur(12_34)


def test_each_host_holds_its_own_groups_money_alone(
    full: Host, commons: Host, gardens: Collective
) -> None:
    put_in_the_pot(gardens, 10_00)

    assert queries.custody(commons).owed == eur(10_00)
    assert queries.custody(full).owed == eur(0)
    assert queries.pots(full) == []
    assert [one.adds_up for one in (*queries.custodies(commons), *queries.custodies(full))] == [
        True, True,
    ]  # fmt: skip
