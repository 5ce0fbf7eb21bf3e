from commonweal.ledger.models import Chart
from commonweal.people.models import Instance
from doings import tell


def test_an_empty_city_says_what_will_be_here(db, signed_out, brussels):
    Instance.objects.update_or_create(
        id=1, defaults={"name": "Brussels", "place": brussels, "created_at": "2026-01-01T00:00Z"}
    )

    page = signed_out("/")

    assert "What do you want to do in your city?" in page
    assert "No group yet" in page


def test_the_first_page_adds_up_and_names_groups(
    busy, gardens, bob, brussels, signed_out, django_assert_max_num_queries
):
    tell(gardens, bob)
    busy.gift(300_00, what="City grant", category=Chart.GRANTS)
    Instance.objects.update_or_create(
        id=1, defaults={"name": "Brussels", "place": brussels, "created_at": "2026-01-01T00:00Z"}
    )

    with django_assert_max_num_queries(12):
        page = signed_out("/")

    for sight in (
        "Gardens",
        "In the pots now",
        "from the crowd",
        "in grants",
        "City grant",
        "Tomato feast",
    ):
        assert sight in page, sight


def test_a_server_without_a_place_shows_all_of_it(busy, signed_out):
    Instance.objects.update_or_create(
        id=1, defaults={"name": "Everywhere", "place": None, "created_at": "2026-01-01T00:00Z"}
    )

    assert "Gardens" in signed_out("/")
