"""Starting from another group: its structure is handed on, never its people or its money."""

from datetime import timedelta

import pytest
from django.core import mail

from commonweal.activity.models import Fact
from commonweal.collectives import actions as collectives
from commonweal.collectives.actions import NotPublic
from commonweal.collectives.models import Collective, Lineage
from commonweal.collectives.rules import Size, for_size
from commonweal.discovery import queries, rules
from commonweal.discovery.actions import start_from
from commonweal.foundation.money import Money
from commonweal.giving.actions import add_tier, archive_tier
from commonweal.ledger.models import Account, Chart
from commonweal.mail.reader import read
from doings import hosted, opened_long_ago, spend

pytestmark = pytest.mark.django_db


def eur(minor):
    return Money(minor, "EUR")


@pytest.fixture
def seed(gardens, bob):
    return add_tier(
        collective=gardens, name="Seed", description="A packet.", amount=eur(5_00),
        interval="month", flexible=True, suggestions=[eur(5_00), eur(10_00)], by=bob,
    )  # fmt: skip


@pytest.fixture
def begin(gardens, alice, brussels):
    def start(**others):
        given = {
            "source": gardens, "name": "Roofs", "about": "Ours.", "place": brussels, "themes": [],
            "tiers": [], "size": Size.SAME, "goal": "The first year", "by": alice,
        }  # fmt: skip
        return start_from(**given | others)

    return start


def test_ways_of_giving_that_were_chosen_are_copied_whole(seed, gardens, bob, begin):
    left = add_tier(collective=gardens, name="Not this", amount=eur(1_00), by=bob)
    gone = add_tier(collective=gardens, name="Gone", amount=eur(1_00), by=bob)
    archive_tier(tier=gone, by=bob)

    made = begin(tiers=[seed.pk, gone.pk])

    copied = made.tiers.get()
    fields = ("name", "description", "amount_minor", "interval", "flexible", "suggestions", "kind")
    assert [getattr(copied, one) for one in fields] == [getattr(seed, one) for one in fields]
    assert left.collective_id == gardens.pk


def test_another_groups_way_of_giving_is_not_smuggled_in(seedlings, bob, begin):
    foreign = add_tier(collective=seedlings, name="Secret", amount=eur(1_00), by=bob)

    assert not begin(tiers=[foreign.pk]).tiers.exists()


def test_no_people_no_money_and_no_words_are_copied(seed, gardens, bob, alice, begin):
    Collective.objects.filter(pk=gardens.pk).update(story="Ours since 2019.", tags=["roofs"])
    gardens.refresh_from_db()

    made = begin(source=gardens)

    assert [one.person for one in made.members.all()] == [alice]
    assert not Account.objects.filter(party_id=made.pk).exists()
    assert made.story == ""
    assert made.tags == ["roofs"]
    assert made.status == Collective.Status.DRAFT


def test_a_source_that_spent_nothing_hands_on_an_empty_plan(begin):
    made = begin()

    assert not made.plan.exists()
    assert not made.goals.exists()


def test_a_draft_hands_on_nothing(seedlings, begin):
    with pytest.raises(NotPublic):
        begin(source=seedlings)

    assert not Collective.objects.filter(name="Roofs").exists()


def test_the_admins_of_the_source_hear_of_it_and_nobody_else(gardens, begin):
    begin()
    while read():
        pass

    [letter] = [one for one in mail.outbox if "starts from Gardens" in one.subject]
    assert letter.to == ["bob@example.org"]
    assert "Roofs is a new draft" in letter.body
    assert not Fact.objects.get(kind="collective.taken_up").public


def test_both_sides_know_each_other_once_the_new_one_is_public(
    gardens, begin, django_assert_max_num_queries
):
    made = begin()

    assert queries.family(made).source == gardens
    assert queries.family(gardens).heirs == []

    Collective.objects.filter(pk=made.pk).update(published_at=gardens.published_at)
    with django_assert_max_num_queries(3):
        (heir,) = queries.family(gardens).heirs

    assert (heir.group, heir.spent, heir.first_year) == (made, eur(0), None)


def test_heirs_show_their_plan_beside_what_they_really_spent_in_their_first_year(
    bob, hana, commons, brussels, browse, django_assert_max_num_queries
):
    source = hosted("Gardens", bob, commons, hana, brussels)
    heirs = [
        opened_long_ago(hosted(name, bob, commons, hana, brussels)) for name in ("Roof", "Yard")
    ]
    first, until = rules.first_year(heirs[0].published_at.date())
    for heir in heirs:
        Lineage.objects.create(collective=heir, source=source, at=heir.published_at)
        collectives.plan_costs(collective=heir, costs={Chart.VENUE: eur(600_00)}, by=bob)
        spend(heir, 450_00, Chart.VENUE, on=first)
        spend(heir, 50_00, Chart.VENUE, on=until - timedelta(days=1), refund=True)
        spend(heir, 77_00, Chart.TRANSFERS_OUT, on=first)
        spend(heir, 990_00, Chart.VENUE, on=until)

    with django_assert_max_num_queries(4):
        found = queries.family(source).heirs

    assert [(one.planned, one.first_year) for one in found] == [(eur(600_00), eur(400_00))] * 2
    page = browse(None).get(f"/{source.slug}").text
    assert "Really spent" in page
    assert "€400" in page


def test_sizes_are_rounded_up_to_two_digits():
    assert for_size(eur(1_234_56), Size.SAME) == eur(1_300_00)
    assert for_size(eur(1_234_56), Size.HALF) == eur(620_00)
    assert for_size(eur(99_01), Size.DOUBLE) == eur(200_00)
    assert for_size(eur(7), Size.HALF) == eur(4)
