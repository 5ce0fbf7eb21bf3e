"""What is listed follows what happened, and names nobody who does not wish it."""

from datetime import timedelta

import pytest

from commonweal.activity.actions import record
from commonweal.collectives import actions as collectives
from commonweal.discovery.actions import list_anew
from commonweal.discovery.models import Listing, Stale, Word
from commonweal.discovery.queries import Order, Search, What, elsewhere, explore, meant
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.knowledge import actions as knowledge
from commonweal.people import actions as people
from commonweal.people.actions import edit_profile, erase
from doings import tell

pytestmark = pytest.mark.django_db


def names(**search):
    return [one.name for one in explore(Search(**search)).groups]


def others(text):
    found = explore(Search(text=text, what=What.PEOPLE))
    return [one.party.name for one in found.things]


def test_a_group_is_found_under_what_it_says_today(gardens, bob, listed):
    listed()
    assert names(text="gardens")

    collectives.edit(
        collective=gardens, name="Rooftop Bees", about="Honey.", place=None, themes=[], tags=[],
        story="", by=bob,
    )  # fmt: skip
    listed()

    assert names(text="bees honey") == ["Rooftop Bees"]
    assert names(place="brussels") == []


def test_what_happens_makes_a_listing_stale_and_listing_it_anew_settles_that(gardens, listed):
    assert Stale.objects.filter(party_id=gardens.pk).exists()

    listed()

    assert not Stale.objects.exists()
    assert list_anew() == 0


def test_a_few_happenings_at_a_time_come_to_the_same(gardens, seedlings, commons, listed):
    while list_anew(most=1):
        pass
    step_by_step = set(Listing.objects.values_list("subject", "kind", "name", "words"))

    Listing.objects.all().delete()
    Stale.objects.bulk_create(
        Stale(fact_id=-pk, party_id=pk) for pk in (gardens.pk, seedlings.pk, commons.pk)
    )
    listed()

    assert step_by_step >= set(Listing.objects.values_list("subject", "kind", "name", "words"))
    assert Listing.objects.filter(kind=Listing.Kind.GROUP).count() == 1


def test_a_draft_is_listed_nowhere(seedlings, listed):
    listed()

    assert not Listing.objects.filter(party=seedlings.pk).exists()


def test_hosts_and_organizations_are_found_beside_groups(commons, listed):
    listed()

    assert others("commons") == [commons.party.name]


def test_people_are_found_only_when_they_wish_to_be(dan, listed):
    listed()
    assert others(dan.name) == []

    edit_profile(party=dan, about="I repair bikes.", findable=True, by=dan)
    listed()
    assert others(dan.name) == [dan.name]
    assert others("bikes") == [dan.name]

    edit_profile(party=dan, findable=False, by=dan)
    listed()
    assert others(dan.name) == []


def test_nobody_finds_somebody_erased_not_even_before_the_list_is_made_anew(dan, listed):
    edit_profile(party=dan, about="I repair bikes.", findable=True, by=dan)
    listed()

    erase(person=dan, by=dan)

    assert others("bikes") == []
    listed()
    assert not Listing.objects.filter(party=dan.pk).exists()


def test_a_renamed_person_is_shown_under_the_new_name_at_once(dan, listed):
    edit_profile(party=dan, about="I repair bikes.", findable=True, by=dan)
    listed()

    people.rename(party=dan, name="Daniel", slug="daniel", by=dan)

    assert others("bikes") == ["Daniel"]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({"raised": Money(1_00, "EUR")}, 1),
        ({"raised": Money(1_000_000_00, "EUR")}, 0),
        ({"raised": Money(1, "CHF")}, 0),
        ({"years": 1}, 0),
        ({"place": "brussels"}, 1),
        ({"place": "brussels", "within_km": 10}, 1),
        ({"place": "gent"}, 0),
        ({"place": "gent", "within_km": 25}, 0),
        ({"place": "gent", "within_km": 100}, 1),
        ({"place": "nowhere"}, 0),
        ({"theme": "community-garden"}, 1),
        ({"theme": "choir"}, 0),
        ({"order": Order.BEST}, 1),
        ({"order": Order.ACTIVE}, 1),
    ],
)
def test_groups_are_narrowed_by_money_age_and_distance(gardens, listed, wanted, count):
    listed()
    Listing.objects.filter(party=gardens.pk).update(raised_minor=400_00)

    assert explore(Search(**wanted)).count == count


def test_ended_groups_stand_behind_living_ones(city, listed):
    best = names(text="repair café", order=Order.BEST)
    first = Listing.objects.get(name=best[0])
    Listing.objects.filter(pk=first.pk).update(living=False)

    assert names(text="repair café", order=Order.BEST)[-1] == best[0]


def test_the_best_are_paged_without_a_gap_or_a_repeat(city):
    whole = explore(Search(text="caffé", order=Order.BEST), size=100)
    seen, after = [], ""
    while True:
        found = explore(Search(text="caffé", order=Order.BEST, after=after), size=2)
        seen += [one.name for one in found.groups]
        after = found.after
        if not after:
            break

    assert whole.nearly
    assert seen == [one.name for one in whole.groups]
    assert len(seen) > 2


@pytest.mark.parametrize(
    ("search", "found"),
    [
        (Search(), ["Gardens"]),
        (Search(theme="community-garden"), ["Gardens"]),
        (Search(theme="food"), []),
        (Search(theme="nonsense"), []),
        (Search(place="brussels"), ["Gardens"]),
        (Search(place="brussels-ixelles"), []),
        (Search(text="FOOD roofs"), ["Gardens"]),
        (Search(text="gardens", theme="community-garden", place="brussels"), ["Gardens"]),
        (Search(text="gardens", theme="food", place="brussels"), []),
        (Search(text="seedlings"), []),
    ],
)
def test_what_somebody_looks_for_must_all_fit_and_drafts_are_not_found(
    gardens, seedlings, listed, search, found
):
    listed()

    page = explore(search)

    assert [one.name for one in page.groups] == found
    assert page.count == len(found)


@pytest.fixture
def told(gardens, bob):
    return tell(gardens, bob)


def things(what, text=""):
    return [
        getattr(one, "title", "") or one.name
        for one in explore(Search(text=text, what=what, order=Order.BEST)).things
    ]


def test_what_a_group_does_tells_and_wrote_down_is_found_once_it_is_public(told, listed):
    listed()

    assert things(What.UPDATES, "tomatoes") == ["The first tomatoes"]
    assert things(What.ACTIVITIES, "tomato") == ["Tomato feast"]
    assert things(What.PLAYBOOKS, "label") == ["Seed swap"]
    assert things(What.UPDATES, "Zoltan gardens") == ["The first tomatoes"]
    counts = explore(Search(text="gardens")).counts
    assert counts == {
        What.GROUPS: 1, What.ACTIVITIES: 1, What.UPDATES: 1, What.PLAYBOOKS: 1, What.PEOPLE: 0,
    }  # fmt: skip
    assert not Word.objects.filter(word="zoltan").exists()


def test_what_is_removed_or_changed_is_found_so_from_then_on(told, gardens, bob, listed):
    listed()
    knowledge.edit_update(update=told, title="The last leeks", body="Soup.", by=bob)
    knowledge.remove_playbook(playbook=gardens.playbooks.get(), by=bob)
    listed()

    assert things(What.UPDATES) == ["The last leeks"]
    assert things(What.PLAYBOOKS) == []
    assert names(text="gardens") == ["Gardens"]

    knowledge.remove_update(update=told, by=bob)
    assert things(What.UPDATES) == []
    listed()
    assert Listing.objects.filter(kind=Listing.Kind.UPDATE).count() == 0


def test_nothing_of_a_draft_is_listed(seedlings, bob, listed):
    tell(seedlings, bob)
    listed()

    assert not Listing.objects.filter(party=seedlings.pk).exists()


def test_a_gift_does_not_list_anew_all_that_a_group_ever_told(told, gardens, listed):
    listed()
    Listing.objects.filter(kind=Listing.Kind.UPDATE).update(name="As it was listed")
    record("contribution.settled", subject="contribution:1", by=None, party=gardens.pk)
    listed()
    assert Listing.objects.filter(name="As it was listed").exists()

    record("party.renamed", subject=f"party:{gardens.pk}", by=None, party=gardens.pk)
    listed()
    assert not Listing.objects.filter(name="As it was listed").exists()


def test_a_word_that_only_an_update_has_leaves_groups_their_nearest(told, listed):
    listed()

    found = explore(Search(text="gardens Zoltan", order=Order.BEST))

    assert [one.name for one in found.groups] == ["Gardens"]
    assert found.nearly
    assert found.counts[What.UPDATES] == 1


def test_groups_elsewhere_are_named_with_the_way_to_them(gardens, listed):
    listed()

    for typed in ("gardens", "gradens"):
        (near,) = elsewhere(Search(text=typed, place="gent"))
        assert near[0].name == "Gardens"
        assert 40 < near[1] < 60

    assert elsewhere(Search(text="zzzz", place="gent")) == []
    assert elsewhere(Search(text="gardens")) == elsewhere(Search(place="gent")) == []


@pytest.mark.parametrize(
    ("typed", "theme"),
    [("repiar caffe", "repair-cafe"), ("moestuin", "community-garden"), ("réparer", "repair-cafe")],
)
def test_themes_that_may_be_meant_are_named(db, typed, theme):
    assert theme in [one.theme.slug for one in meant(typed)]


def test_of_a_series_the_last_edition_is_listed(gardens, bob, listed):
    day = clock.today()
    swap = {"collective": gardens, "kind": "event", "series": "Seed swap", "by": bob}
    spring, _autumn = (
        collectives.plan_activity(name=name, starts_on=on, ends_on=on, **swap)
        for name, on in (("Spring swap", day), ("Autumn swap", day + timedelta(days=90)))
    )
    listed()
    assert things(What.ACTIVITIES) == ["Autumn swap"]

    collectives.edit_activity(
        activity=spring, name="Winter swap", about="", theme=None, place=None,
        starts_on=day + timedelta(days=200), ends_on=day + timedelta(days=200), by=bob,
    )  # fmt: skip
    listed()
    assert things(What.ACTIVITIES) == ["Winter swap"]
    (shown,) = explore(Search(what=What.ACTIVITIES)).things
    assert (shown.series, shown.edition) == ("Seed swap", 1)
