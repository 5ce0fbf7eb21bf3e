import pytest

from commonweal.foundation import clock
from commonweal.people.models import Instance

pytestmark = pytest.mark.django_db


def test_every_component_is_shown_where_designs_are_reviewed(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        page = client.get("/style")

    assert page.status_code == 200
    for sight in ("Paper, ink, one yellow", "Nothing you typed is lost", "i-hand-coins"):
        assert sight in page.text


def test_a_real_server_has_no_review_page(client, settings):
    Instance.objects.create(name="Ghent", created_at=clock.now())
    settings.DEMO = False

    assert client.get("/style").status_code == 404


def test_a_page_read_signed_out_carries_no_cookie_and_may_be_asked_about_again(client):
    page = client.get("/style")
    again = client.get("/style", headers={"If-None-Match": page["ETag"]})

    assert not page.cookies
    assert page["Cache-Control"].startswith("public")
    assert {"Cookie", "Accept-Language"} <= set(page["Vary"].replace(" ", "").split(","))
    assert again.status_code == 304
