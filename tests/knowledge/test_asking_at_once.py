"""Many who ask at the same moment stay within the limits together."""

from __future__ import annotations

import pytest

import cast
from commonweal.collectives.models import Collective
from commonweal.hosting import actions as hosting
from commonweal.knowledge import actions, rules
from commonweal.knowledge.models import Ask, AskingPause
from commonweal.places.models import Place
from crash import city
from giving.test_concurrency import AT_ONCE, all_at_once
from wishing import known_for_long, wishes


@pytest.fixture
def group(committed: str) -> Collective:
    city.found()
    return known_for_long(city.gardens())


def asked(number, whom, group):
    return actions.ask(collective=group, whom=whom, words="Come and help.", by=city.somebody("bob"))


def wished(count: int):
    people = [cast.person(f"N{number} Maes") for number in range(count)]
    for one in people:
        wishes(one, most_a_month=2)
    return people


def test_admins_who_write_at_once_do_not_exceed_the_day(group):
    people = wished(AT_ONCE + rules.MOST_A_DAY - 2)
    for one in people[AT_ONCE:]:
        asked(0, one, group)

    found = all_at_once(lambda number: asked(number, people[number], group))

    assert Ask.objects.count() == rules.MOST_A_DAY
    assert sum(isinstance(one, rules.EnoughToday) for one in found) == AT_ONCE - 2


def test_groups_that_write_to_one_person_at_once_do_not_exceed_their_wish(group):
    [alice] = wished(1)
    groups = [another(f"Orchard {number}") for number in range(AT_ONCE)]

    found = all_at_once(lambda number: asked(number, alice, groups[number]))

    assert Ask.objects.count() == 2
    assert sum(isinstance(one, rules.HadEnough) for one in found) == AT_ONCE - 2


def test_people_who_report_at_once_pause_a_group_once(group):
    people = wished(4)
    letters = [asked(0, one, group) for one in people]

    all_at_once(lambda number: actions.report_ask(ask=letters[number % 4], by=people[number % 4]))

    assert AskingPause.objects.count() == 1


def another(name: str) -> Collective:
    bob, hana = city.somebody("bob"), city.somebody("hana")
    made = cast.start(bob, Place.objects.get(slug="brussels"), name)
    asks = hosting.apply(collective=made, host=city.commons(), message="Hello", by=bob)
    hosting.approve(application=asks, by=hana)
    return known_for_long(made)
