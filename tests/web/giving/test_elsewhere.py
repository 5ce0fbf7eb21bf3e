"""Gifts that were paid elsewhere and brought along: shown, and left alone."""

import pytest

from commonweal.giving.models import Contribution
from commonweal.importing.actions import import_open_collective_csv
from importing.exports import BILL, GIFT, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought(commons, hana):
    """Return a gift that came with a history into Orchard, which Commons House keeps."""
    file = write([GIFT, BILL], currency="EUR")
    import_open_collective_csv(file=file, collective="orchard", host="commons-house", by=hana)
    return Contribution.objects.select_related("collective").get()


def test_its_page_says_where_it_came_from_and_when(brought, browse, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        page = browse().get(f"/contributions/{brought.secret}")

    assert page.status_code == 200
    for fact in ("Nora", "€20.00", "2021-03-01", "Open Collective", "Brought along"):
        assert fact in page.text, fact
    assert "/orchard/ledger" in page.text


def test_a_name_that_was_withheld_stays_withheld(brought, browse):
    Contribution.objects.update(incognito=True)

    assert "Nora" not in browse().get(f"/contributions/{brought.secret}").text


@pytest.mark.parametrize("page", ["arrived", "refund"])
def test_nothing_can_be_done_with_it_here_and_the_host_is_told_why(brought, browse, hana, page):
    path = f"/contributions/{brought.secret}/{page}"

    for answer in (browse(hana).get(path), browse(hana).post(path, {"amount": "20.00"})):
        assert answer.status_code == 409
        assert "This gift was paid elsewhere" in answer.text


@pytest.mark.parametrize("verb", ["pay", "cancel", "sent-back"])
def test_no_verb_breaks_on_it(brought, browse, hana, verb):
    answer = browse(hana).post(f"/contributions/{brought.secret}/{verb}")

    assert answer.status_code in {403, 409}


def test_what_was_spent_elsewhere_has_its_page_too(brought, browse):
    assert "Seeds and soil" in browse().get("/orchard/expenses/1").text
