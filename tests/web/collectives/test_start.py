"""Somebody starts a group, signed in or not, and loses nothing of what they typed."""

import re

import pytest
from django.core import mail

from commonweal.collectives.models import Collective
from commonweal.people.models import Instance, Role
from commonweal.people.policies import has_role

TYPED = {
    "name": "Night Library",
    "about": "Books and a lamp at the tram stop.",
    "place": "Ixelles",
    "theme": "repair-cafe",
}


@pytest.fixture
def city(brussels):
    values = {"name": "Brussels", "place": brussels, "created_at": "2026-01-01T00:00Z"}
    Instance.objects.update_or_create(id=1, defaults=values)


def test_four_answers_make_a_draft_of_ones_own(city, alice, browse):
    answer = browse(alice).post("/start", TYPED)

    made = Collective.objects.get(slug="night-library")
    assert answer.url == "/night-library/desk"
    assert made.status == Collective.Status.DRAFT
    assert made.place.slug == "brussels-ixelles"
    assert [theme.slug for theme in made.themes.all()] == ["repair-cafe"]
    assert has_role(alice, made, Role.ADMIN)


def test_the_form_knows_the_city_and_its_parts(city, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = client.get("/start").text

    assert 'value="Brussels"' in page
    assert '<option value="Ixelles">' in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "  "}, "This field is required"),
        ({"about": ""}, "This field is required"),
        ({"theme": ""}, "This field is required"),
        ({"theme": "nonsense"}, "Select a valid choice"),
        ({"place": "Qqqqqq"}, "We know no place called so"),
    ],
)
def test_what_is_missing_is_asked_for_and_the_rest_stays(city, alice, browse, changes, said):
    answer = browse(alice).post("/start", TYPED | changes)

    assert answer.status_code == 422
    assert said in answer.text
    if "about" not in changes:
        assert "Books and a lamp at the tram stop." in answer.text
    assert not Collective.objects.exists()


def test_a_name_of_several_places_is_chosen_from_a_list(city, alice, browse):
    client = browse(alice)

    asked = client.post("/start", TYPED | {"place": "San José"})
    found = re.findall(r'name="exact" value="([^"]+)"', asked.text)
    chosen = client.post("/start", TYPED | {"place": "San José", "exact": found[1]})

    assert asked.status_code == 422
    assert len(found) > 1
    assert chosen.status_code == 302
    assert Collective.objects.get().place.slug == found[1]


def test_a_choice_counts_only_for_the_name_it_was_offered_for(city, alice, browse):
    browse(alice).post("/start", TYPED | {"exact": "paris"})

    assert Collective.objects.get().place.slug == "brussels-ixelles"


def test_what_was_typed_survives_signing_in(city, client):
    sent = client.post("/start", TYPED)
    client.post(sent.url, {"email": "nadia@example.org"})
    code = re.search(r"\b(\d{6})\b", mail.outbox[-1].body).group(1)
    client.post("/sign-in/code", {"code": code, "next": "/start"})
    back = client.post("/sign-in/name", {"name": "Nadia"})

    page = client.get(back.url)

    assert back.url == "/start"
    assert "Nothing is lost." in page.text
    assert 'value="Night Library"' in page.text
    assert "Books and a lamp at the tram stop." in page.text
    assert client.post("/start", TYPED).url == "/night-library/desk"
    assert "Nothing is lost." not in client.get("/start").text


def test_reading_the_form_leaves_no_session(city, client):
    client.get("/start")

    assert "sessionid" not in client.cookies
