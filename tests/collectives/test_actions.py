"""A group starts as a draft, says who it is, aims for something, opens and ends."""

from __future__ import annotations

from typing import Any

import pytest

from cast import start
from commonweal.activity import queries as activity
from commonweal.collectives import actions
from commonweal.collectives.models import Collective, Goal, Theme
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.money import Money
from commonweal.hosting import actions as hosting
from commonweal.hosting import queries as hosting_queries
from commonweal.people import actions as people
from commonweal.people import queries as people_queries
from commonweal.people.models import Party, Role
from commonweal.people.rules import NameMissing
from commonweal.places.models import Place

GREENHOUSE = Money(500_00, "EUR")


def facts(collective: Collective) -> list[str]:
    timeline = activity.timeline(f"party:{collective.pk}")
    return [fact.kind for fact in timeline if fact.kind.startswith(("collective.", "goal."))]


def edited(collective: Collective, by: Party, **changes: Any) -> Collective:
    page: dict[str, Any] = {
        "name": collective.name, "about": collective.about, "place": collective.place,
        "themes": [], "tags": [], "story": "",
    }  # fmt: skip
    actions.edit(collective=collective, by=by, **page | changes)
    return Collective.objects.get(pk=collective.pk)


def unhosted(collective: Collective, by: Party) -> Collective:
    """Let a group leave its host."""
    current = hosting_queries.current(collective)
    assert current is not None
    hosting.leave(hosting=current, by=by)
    return collective


def test_whoever_starts_a_group_is_its_first_admin(bob: Party, brussels: Place) -> None:
    garden = Theme.objects.get(slug="community-garden")

    made = actions.start(
        name="  Roof   Gardens ", about="We grow food.", place=brussels, themes=[garden], by=bob,
        tags=["bees"], language="fr",
    )  # fmt: skip

    found = Collective.objects.get(pk=made.pk)
    assert (found.name, found.slug, found.kind) == ("Roof Gardens", "roof-gardens", "collective")
    assert (found.status, found.published_at) == (Collective.Status.DRAFT, None)
    assert (found.currency, found.language, found.tags) == ("EUR", "fr", ["bees"])
    assert list(found.themes.all()) == [garden]
    assert people_queries.roles(bob, found) == {Role.ADMIN}
    assert facts(found) == ["collective.started"]


def test_groups_of_one_name_have_addresses_of_their_own(bob: Party, brussels: Place) -> None:
    made = [start(bob, brussels, "Gardens") for _ in range(2)]

    assert [one.slug for one in made] == ["gardens", "gardens-2"]


def test_a_group_needs_a_name_and_nothing_is_left_where_it_has_none(
    bob: Party, brussels: Place
) -> None:
    with pytest.raises(NameMissing):
        start(bob, brussels, " \u200b ")

    assert not Collective.objects.exists()


def test_only_somebody_who_signs_in_starts_a_group(alice: Party, brussels: Place) -> None:
    guest = people.ensure_guest(email="nour@example.org", name="Nour")
    house = people.create_organization(name="House", by=alice)

    for nobody in (None, guest, house):
        with pytest.raises(NotAllowed):
            start(nobody, brussels, "Gardens")

    assert not Collective.objects.exists()


def test_a_page_is_changed_as_a_whole(seedlings: Collective, bob: Party) -> None:
    food = Theme.objects.get(slug="food")
    ixelles = Place.objects.get(slug="brussels-ixelles")

    changed = edited(
        seedlings, bob, name="Sprouts", about="We share seeds.", place=ixelles, themes=[food],
        tags=["seeds"], story="Since 2019.", website="https://sprouts.example",
    )  # fmt: skip

    assert (changed.name, changed.about) == ("Sprouts", "We share seeds.")
    assert (changed.place, changed.tags) == (ixelles, ["seeds"])
    assert (changed.story, changed.website) == ("Since 2019.", "https://sprouts.example")
    assert list(changed.themes.all()) == [food]
    assert changed.slug == "seedlings"
    assert facts(changed) == ["collective.started", "collective.edited"]


def test_a_page_keeps_a_name(seedlings: Collective, bob: Party) -> None:
    with pytest.raises(NameMissing):
        edited(seedlings, bob, name="   ")

    assert Collective.objects.get(pk=seedlings.pk).name == "Seedlings"


def test_another_admin_changes_the_page_and_a_member_does_not(
    seedlings: Collective, alice: Party, bob: Party, dan: Party
) -> None:
    people.grant(person=alice, party=seedlings, role=Role.ADMIN, by=bob)
    people.grant(person=dan, party=seedlings, role=Role.MEMBER, by=bob)

    assert edited(seedlings, alice, about="Ours").about == "Ours"
    with pytest.raises(NotAllowed):
        edited(seedlings, dan, about="Mine")


def test_goals_stand_in_the_order_they_were_set(seedlings: Collective, bob: Party) -> None:
    first = actions.add_goal(collective=seedlings, title="Tools", amount=GREENHOUSE, by=bob)
    actions.add_goal(collective=seedlings, title="Rent", amount=GREENHOUSE, by=bob, per="year")
    actions.remove_goal(goal=first, by=bob)
    actions.add_goal(collective=seedlings, title="Bees", amount=Money(1, "EUR"), by=bob)

    goals = [(goal.title, goal.amount_minor, goal.per) for goal in seedlings.goals.all()]

    assert goals == [("Rent", 500_00, Goal.Per.YEAR), ("Bees", 1, Goal.Per.ONCE)]
    assert facts(seedlings)[1:] == ["goal.added", "goal.added", "goal.removed", "goal.added"]


def test_a_stranger_sets_and_removes_no_goals(
    seedlings: Collective, bob: Party, dan: Party
) -> None:
    goal = actions.add_goal(collective=seedlings, title="Tools", amount=GREENHOUSE, by=bob)

    with pytest.raises(NotAllowed):
        actions.add_goal(collective=seedlings, title="Mine", amount=GREENHOUSE, by=dan)
    with pytest.raises(NotAllowed):
        actions.remove_goal(goal=goal, by=dan)

    assert [one.title for one in seedlings.goals.all()] == ["Tools"]


def test_a_group_opens_once_a_host_holds_its_money(
    seedlings: Collective, gardens: Collective, bob: Party, hana: Party
) -> None:
    with pytest.raises(actions.NobodyHostsIt):
        actions.publish(collective=seedlings, by=bob)
    with pytest.raises(actions.NotADraft):
        actions.publish(collective=gardens, by=hana)

    assert gardens.published_at is not None
    assert facts(gardens) == ["collective.started", "collective.published"]
    assert Collective.objects.get(pk=seedlings.pk).status == Collective.Status.DRAFT


def test_a_draft_can_end_before_it_began(seedlings: Collective, bob: Party) -> None:
    closed = actions.close(collective=seedlings, by=bob)

    assert closed.status == Collective.Status.CLOSED
    assert closed.closed_at is not None
    assert closed.closed_at <= clock.now()
    assert closed.published_at is None


def test_a_group_that_is_hosted_does_not_end(gardens: Collective, bob: Party) -> None:
    with pytest.raises(actions.StillHosted):
        actions.close(collective=gardens, by=bob)

    assert Collective.objects.get(pk=gardens.pk).status == Collective.Status.ACTIVE


def test_a_group_ends_once(gardens: Collective, bob: Party, dan: Party) -> None:
    unhosted(gardens, bob)
    with pytest.raises(NotAllowed):
        actions.close(collective=gardens, by=dan)
    closed = actions.close(collective=gardens, by=bob)

    with pytest.raises(actions.HasEnded):
        actions.close(collective=gardens, by=bob)

    assert closed.published_at == gardens.published_at
    assert facts(gardens)[-1] == "collective.closed"
    assert facts(gardens).count("collective.closed") == 1


def test_the_page_of_a_group_that_ended_stays_as_it_is(seedlings: Collective, bob: Party) -> None:
    actions.close(collective=seedlings, by=bob)
    ended = Collective.objects.get(pk=seedlings.pk)

    with pytest.raises(actions.HasEnded):
        edited(ended, bob, about="Something else")
    with pytest.raises(actions.HasEnded):
        actions.add_goal(collective=ended, title="Greenhouse", amount=GREENHOUSE, by=bob)


def test_a_goal_is_in_the_currency_of_the_books(seedlings: Collective, bob: Party) -> None:
    with pytest.raises(actions.OtherCurrency):
        actions.add_goal(collective=seedlings, title="Greenhouse", amount=Money(100, "USD"), by=bob)
