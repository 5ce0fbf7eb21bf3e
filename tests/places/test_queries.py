"""Places are found by any of their names."""

import pytest

from commonweal.places import queries
from commonweal.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["Brussels", "bruxelles", "BRUSSEL", "  Brüssel "])
def test_a_city_is_found_in_several_languages(typed: str) -> None:
    found = queries.find(typed).first()

    assert found is not None
    assert found.slug == "brussels"


@pytest.mark.parametrize("typed", ["ixelles", "Elsene", "1050"])
def test_a_commune_is_found_by_both_names_and_its_postal_code(typed: str) -> None:
    place = queries.the_one_called(typed)

    assert place is not None
    assert (place.slug, place.city.slug) == ("brussels-ixelles", "brussels")


def test_a_name_that_means_several_places_means_none_of_them() -> None:
    assert queries.the_one_called("San José") is None
    assert queries.find("San José").count() > 1


@pytest.mark.parametrize("typed", ["", "x", "%", "qqqqqq", "' OR 1=1"])
def test_nonsense_finds_nothing(typed: str) -> None:
    assert not queries.find(typed)


def test_brussels_has_its_nineteen_communes(brussels: Place) -> None:
    assert len(queries.districts(brussels)) == 19
    assert len(queries.and_its_parts(brussels)) == 20
