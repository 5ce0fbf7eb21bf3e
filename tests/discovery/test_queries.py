from datetime import UTC, date, datetime, timedelta

import pytest

from commonweal.activity.actions import record
from commonweal.collectives.models import Collective, Theme
from commonweal.discovery import queries
from commonweal.discovery.actions import list_anew
from commonweal.discovery.queries import Order, Search
from commonweal.places.models import Place

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def brussels():
    return Place.objects.create(
        slug="test-brussels", name="Brussels", country="BE", latitude=50.8, longitude=4.3
    )


@pytest.fixture
def group(brussels):
    def make(name, *, about="", place=brussels, themes=(), tags=(), days=0, status="active"):
        made = Collective.objects.create(
            kind="collective", slug=name.lower().replace(" ", "-"), name=name, about=about,
            place=place, tags=list(tags), status=status, created_at=START,
            published_at=None if status == "draft" else START + timedelta(days=days),
        )  # fmt: skip
        made.themes.set(themes)
        record("collective.published", subject=f"collective:{made.pk}", by=None, party=made.pk)
        return made

    return make


@pytest.fixture
def repair():
    return Theme.objects.get_or_create(
        slug="repair-cafe", defaults={"names": {"en": "Repair café", "fr": "Repair café"}}
    )[0]


def names(search):
    while list_anew():
        pass
    return [one.name for one in queries.explore(search).groups]


def test_words_are_looked_for_in_names_purposes_tags_and_themes(group, repair):
    group("Café Marolles", about="We fix toasters", tags=["textiles"], themes=[repair])
    group("Soup Sunday", about="A warm table")

    for text in ("cafe", "TOASTERS", "textiles", "repair", "marolles fix"):
        assert names(Search(text=text)) == ["Café Marolles"], text

    nearly = queries.explore(Search(text="marolles table"))
    assert nearly.nearly
    assert nearly.count == 2


def test_drafts_are_not_found_and_ended_groups_are(group):
    group("Draft", status="draft")
    group("Ended", status="closed")

    assert names(Search()) == ["Ended"]


def test_a_city_includes_its_districts(group, brussels):
    district = Place.objects.create(
        slug="test-ixelles", name="Ixelles", country="BE", latitude=50.8, longitude=4.4,
        kind="district", parent=brussels,
    )  # fmt: skip
    group("In the district", place=district)
    group("Elsewhere", place=None)

    assert names(Search(place="test-brussels")) == ["In the district"]
    assert [one.groups for one in queries.districts(brussels)] == [1]


@pytest.mark.parametrize("order", list(Order))
def test_pages_follow_each_other_without_a_gap_or_a_repeat(group, order):
    for number in range(7):
        group(f"Group {number % 4} {number}", days=number % 3)

    while list_anew():
        pass
    seen, after = [], ""
    while True:
        found = queries.explore(Search(order=order, after=after), size=2)
        seen += [one.name for one in found.groups]
        after = found.after
        if not after:
            break

    assert found.count == 7
    assert len(seen) == len(set(seen)) == 7


def test_a_cursor_of_another_order_shows_the_first_page(group):
    group("Only one")

    assert names(Search(order=Order.POT, after="1.yesterday")) == ["Only one"]


def test_the_selection_changes_from_day_to_day_and_not_within_one(group):
    for number in range(30):
        group(f"Group {number}")

    today = [one.slug for one in queries.of_the_day(date(2026, 1, 1))]

    assert len(today) == 6
    assert today == [one.slug for one in queries.of_the_day(date(2026, 1, 1))]
    assert today != [one.slug for one in queries.of_the_day(date(2026, 1, 2))]


def test_themes_are_counted_by_living_groups(group, repair):
    group("One", themes=[repair])
    group("Two", themes=[repair])
    group("Ended", themes=[repair], status="closed")

    assert [(one.theme.slug, one.groups) for one in queries.themes()] == [("repair-cafe", 2)]
