"""Finding groups by their address, by who runs them, and the list of themes."""

from __future__ import annotations

import pytest
from django.utils import translation

from cast import start
from commonweal.collectives import queries
from commonweal.collectives.models import Collective, Theme
from commonweal.people import actions as people
from commonweal.people.models import Party, Role
from commonweal.places.models import Place


def test_a_group_is_found_by_its_address_with_where_it_is_at_home(
    seedlings: Collective, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        found = queries.by_slug("seedlings")
        assert found is not None
        assert found.place is not None
        assert found.place.city.slug == "brussels"


def test_no_other_party_is_a_group(gardens: Collective, bob: Party) -> None:
    assert queries.by_slug("commons-house") is None
    assert queries.by_slug(bob.slug) is None


def test_somebody_runs_what_they_are_an_admin_of_today(
    seedlings: Collective, alice: Party, bob: Party, brussels: Place
) -> None:
    newer = start(bob, brussels, "Newer")
    people.grant(person=alice, party=seedlings, role=Role.ADMIN, by=bob)
    people.grant(person=alice, party=newer, role=Role.MEMBER, by=bob)
    people.create_organization(name="Shop", by=bob)

    assert [one.name for one in queries.run_by(bob)] == ["Newer", "Seedlings"]
    assert list(queries.run_by(alice)) == [seedlings]

    people.leave(person=alice, party=seedlings, role=Role.ADMIN, by=alice)
    assert not queries.run_by(alice).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_every_theme_has_a_name_in_the_readers_language(language: str) -> None:
    with translation.override(language):
        themes = queries.themes()

    assert len(themes) == Theme.objects.count() >= 40
    assert [name.casefold() for _, name in themes] == sorted(name.casefold() for _, name in themes)
    for slug, name in themes:
        assert name == Theme.objects.get(slug=slug).names[language]


def test_a_theme_without_a_name_in_a_language_has_its_english_one() -> None:
    theme = Theme(slug="bees", names={"en": "Bees", "fr": "Abeilles"})

    assert queries.theme_name(theme, "fr") == "Abeilles"
    assert queries.theme_name(theme, "nl") == "Bees"
    with translation.override("fr-be"):
        assert queries.theme_name(theme) == "Abeilles"
