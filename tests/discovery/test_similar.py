"""Groups like another one are near it, about the same, or both, and the reason is true."""

import pytest

from commonweal.collectives.models import Collective
from commonweal.discovery.models import Listing
from commonweal.discovery.queries import similar

pytestmark = pytest.mark.django_db


def like(name, **wanted):
    group = Collective.objects.select_related("place").get(name=name)
    return similar(group, [one.pk for one in group.themes.all()], **wanted)


def test_a_repair_cafe_is_like_other_repair_cafes(city, django_assert_num_queries):
    group = Collective.objects.select_related("place").get(name="Repair Café Marolles")

    with django_assert_num_queries(1):
        found = similar(group, ["repair-cafe", "zero-waste"])

    assert {one.themes for one in found} == {("repair-cafe", "zero-waste")}
    assert "Repair Café Flagey" in [one.name for one in found]
    assert all(one.away_km in range(1, 9) for one in found)


def test_a_group_is_not_like_itself_nor_like_one_that_ended(city):
    Listing.objects.filter(name="Repair Café Flagey").update(living=False)

    names = [one.name for one in like("Repair Café Marolles", most=30)]

    assert "Repair Café Marolles" not in names
    assert "Repair Café Flagey" not in names
    assert "Vélo Atelier Nord" in names


def test_of_two_with_one_theme_in_common_the_nearer_goes_first(city):
    Listing.objects.update(about="The same words.")
    Listing.objects.filter(name="Speelstraat Evere").update(latitude=50.85, longitude=4.31)
    Collective.objects.filter(name="Ludothèque Volante").update(about="Others.")

    found = [one for one in like("Ludothèque Volante", most=9) if one.themes == ("children",)]

    assert [one.away_km for one in found] == sorted(one.away_km for one in found)
    assert len(found) > 1


def test_what_says_the_same_is_said_to_be_alike(city):
    told = Collective.objects.get(name="Repair Café Marolles").about
    Listing.objects.filter(name="Vélo Atelier Nord").update(about=told)

    found = {one.name: one.alike for one in like("Repair Café Marolles", most=5)}

    assert found["Vélo Atelier Nord"]


def test_a_group_without_themes_is_like_nobody(city):
    group = Collective.objects.get(name="Canal Choir")

    assert similar(group, []) == []


def test_a_group_without_a_place_is_compared_all_the_same(city):
    Collective.objects.filter(name="Canal Choir").update(place=None)

    assert [one.away_km for one in like("Canal Choir")] == [None] * 3


def test_a_shared_tag_counts_and_is_named(city):
    others = [one.name for one in like("Repair Café Marolles", most=5)]
    last = others[-1]
    Collective.objects.filter(name__in=["Repair Café Marolles", last]).update(
        tags=["toasters", "lamps", "bikes", "radios", "toys", "clocks"]
    )

    first = like("Repair Café Marolles")[0]

    assert first.name == last
    assert first.tags[:2] == ("toasters", "lamps")
