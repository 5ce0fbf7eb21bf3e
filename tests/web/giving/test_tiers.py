"""Ways of giving, changed by those who run the group and by nobody else."""

import pytest

from commonweal.foundation.money import Money
from commonweal.giving import actions, queries

pytestmark = pytest.mark.django_db

FORM = {"name": "A tree", "description": "Planted in May", "amount": "15", "interval": "once"}


@pytest.fixture
def tree(gardens, bob):
    return actions.add_tier(collective=gardens, name="A tree", amount=Money(1500, "EUR"), by=bob)


def test_an_admin_offers_a_way_of_giving(browse, gardens, bob):
    answer = browse(bob).post("/gardens/tiers", FORM | {"kind": "membership"})

    assert answer.status_code == 302
    assert "A tree" in browse(bob).get("/gardens/tiers").text
    [found] = queries.tiers_of(gardens)
    assert (found.amount_minor, found.flexible, found.kind) == (1500, False, "membership")


def test_an_admin_changes_it(browse, gardens, bob, tree):
    path = f"/gardens/tiers/{tree.pk}"
    assert 'value="15.00"' in browse(bob).get(path).text

    browse(bob).post(path, FORM | {"name": "A big tree", "amount": "40", "flexible": "on"})

    [found] = queries.tiers_of(gardens)
    assert (found.name, found.amount_minor, found.flexible) == ("A big tree", 4000, True)


def test_an_admin_stops_offering_it(browse, gardens, bob, tree):
    for _ in range(2):
        browse(bob).post(f"/gardens/tiers/{tree.pk}/archive")

    assert not queries.tiers_of(gardens).exists()
    assert browse(bob).get(f"/gardens/tiers/{tree.pk}").status_code == 404


@pytest.mark.parametrize("typed", [{"name": ""}, {"amount": "0"}, {"amount": "x"}])
def test_what_is_wrong_is_said_and_nothing_is_lost(browse, gardens, bob, tree, typed):
    for path in ("/gardens/tiers", f"/gardens/tiers/{tree.pk}"):
        page = browse(bob).post(path, FORM | typed)

        assert page.status_code == 422
        assert "Planted in May" in page.text


def test_nobody_else_may(browse, gardens, dan, hana, tree):
    paths = ["/gardens/tiers", f"/gardens/tiers/{tree.pk}", f"/gardens/tiers/{tree.pk}/archive"]

    for reader in (None, dan, hana):
        assert {browse(reader).post(path, FORM).status_code for path in paths} == {403}


def test_a_tier_of_another_group_is_not_found(browse, gardens, seedlings, bob, tree):
    assert browse(bob).get(f"/seedlings/tiers/{tree.pk}").status_code == 404
