"""What every page has: the layout, headers, refusals and designed errors."""

import pytest

from commonweal.web import errors

pytestmark = pytest.mark.django_db


def test_an_unknown_address_is_answered_with_a_designed_page(client):
    page = client.get("/no-such-thing/at-all")

    assert page.status_code == 404
    assert "There is nothing here" in page.text
    assert 'id="main"' in page.text


def test_the_stylesheet_is_one_file_and_may_be_kept_for_a_year(client):
    page = client.get("/no-such-thing/at-all")
    address = page.text.split('rel="stylesheet" href="')[1].split('"')[0]

    sheet = client.get(address)

    assert sheet.status_code == 200
    assert "@layer components" in sheet.text
    assert "immutable" in sheet["Cache-Control"]


def test_choosing_a_language_sets_one_cookie_and_goes_back(client):
    answer = client.get("/language/fr?next=/explore")

    assert answer["Location"] == "/explore"
    assert list(answer.cookies) == ["lang"]


def test_choosing_a_language_never_leads_to_another_site(client):
    assert client.get("/language/fr?next=https://evil.example/")["Location"] == "/"


def test_the_page_for_our_own_mistakes_asks_nothing_of_the_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = errors.broken(rf.get("/"))

    assert page.status_code == 500
    assert "No money was lost" in page.text
