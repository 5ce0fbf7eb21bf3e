"""Starting from another group: its structure is handed on, never its people or its money."""

from datetime import timedelta

import pytest
from django.core import mail

from commonweal.activity.models import Fact
from commonweal.collectives import actions as collectives
from commonweal.collectives.actions import NotPublic
from commonweal.collectives.models import Collective, Lineage, Theme
from commonweal.collectives.rules import Size, for_size
from commonweal.discovery import queries, rules
from commonweal.discovery.actions import start_from, start_from_playbook
from commonweal.discovery.models import ActivityCost
from commonweal.foundation.money import Money
from commonweal.giving.actions import add_tier, archive_tier
from commonweal.knowledge.actions import edit_playbook, write_playbook
from commonweal.ledger.models import Account, Chart
from commonweal.mail.reader import read
from doings import GARDEN, finished, hosted, opened_long_ago, spend
from knowledge.test_playbooks import SWAP

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


@pytest.fixture
def swaps(bob, hana, commons, brussels, listed):
    """Six seed swaps of four groups of Brussels; the first of them, Roof, did two of them."""
    groups = [
        hosted(name, bob, commons, hana, brussels) for name in ("Roof", "Yard", "Park", "Quay")
    ]
    for number, group in enumerate([*groups, *groups[:2]]):
        finished(group, bob, venue=50_00 + 10_00 * number, food_drink=20_00)
    listed()
    return groups[0]


def test_prices_are_those_of_many_groups_and_say_so(swaps, begin):
    garden = Theme.objects.get(slug=GARDEN)

    made = begin(source=swaps, themes=[garden])

    # Roof paid 50 and 90 for rooms: the middles of the groups are 70, 80, 70, 80.
    kept = {one["category"]: one for one in made.handover.prices}
    venue = kept[Chart.VENUE]
    assert (venue["median"], venue["times"], venue["groups"]) == (75_00, 2, 4)
    assert made.plan.get(category=Chart.VENUE).amount_minor == 150_00
    assert made.handover.within == queries.Within.CITY
    assert (
        begin(source=swaps, themes=[garden], size=Size.DOUBLE)
        .plan.get(category=Chart.VENUE)
        .amount_minor
        == 300_00
    )


def test_from_too_few_groups_no_price_is_proposed_but_what_the_source_paid(swaps, begin):
    ActivityCost.objects.exclude(collective__name__in=["Roof", "Yard"]).delete()

    made = begin(source=swaps, themes=[Theme.objects.get(slug=GARDEN)])

    assert {one["groups"] for one in made.handover.prices} == {0}
    assert made.plan.get(category=Chart.VENUE).amount_minor == 140_00


def test_steps_and_roles_come_from_the_playbook_or_from_what_the_source_did(
    swaps, gardens, bob, begin
):
    bare = begin(source=swaps).handover
    assert (bare.playbook, bare.roles) == (None, [{"role": "admin", "people": 1}])

    book = write_playbook(collective=swaps, document=SWAP, by=bob)
    kept = begin(source=swaps).handover

    assert kept.playbook == book
    assert (kept.checklist, kept.roles) == (SWAP["checklist"], SWAP["roles"])

    edit_playbook(playbook=book, document=SWAP | {"roles": []}, seen=1, by=bob)
    assert begin(source=swaps).handover.roles == [{"role": "admin", "people": 1}]


def test_a_playbook_hands_on_its_steps_and_the_prices_of_many(swaps, bob, alice, brussels):
    book = write_playbook(collective=swaps, document=SWAP, by=bob)

    made = start_from_playbook(
        playbook=book, name="Ours", about="Ours.", place=brussels, themes=[], tiers=[0],
        size=Size.DOUBLE, goal="A year", by=alice,
    )  # fmt: skip

    costs = dict(made.plan.values_list("category", "amount_minor"))
    assert made.handover.roles == SWAP["roles"]
    # A room of many groups costs 75 whatever the size; tea grows with those who come.
    assert costs == {Chart.VENUE: 75_00, Chart.FOOD_DRINK: 40_00}
    assert made.tiers.get().name == "Seed"
