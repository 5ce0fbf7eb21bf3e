"""What everybody may read of a gift opens nothing of its giver's own page."""

import pytest

from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Transaction

pytestmark = pytest.mark.django_db

_PUBLIC = (
    "/gardens", "/gardens/ledger", "/gardens/ledger.csv", "/gardens/ledger.json",
    "/ledger", "/ledger.csv", "/commons-house", "/alice-peeters", "/",
)  # fmt: skip


@pytest.fixture
def published(gift):
    """Return a gift that stands in the public ledger."""
    found = gift("settled")
    while ledger.advance():
        pass
    return found


@pytest.mark.parametrize("page", ["", "/arrived", "/refund"])
def test_the_id_in_the_ledger_opens_no_page_of_the_gift(published, browse, hana, page):
    for public_id in _named_in_the_ledger():
        for reader in (None, hana):
            answer = browse(reader).get(f"/contributions/{public_id}{page}")
            assert answer.status_code == 404


@pytest.mark.parametrize("verb", ["pay", "cancel", "arrived", "refund", "sent-back"])
def test_the_id_in_the_ledger_moves_nothing(published, browse, hana, verb):
    for public_id in _named_in_the_ledger():
        answer = browse(hana).post(f"/contributions/{public_id}/{verb}")
        assert answer.status_code == 404


def test_the_secret_of_a_gift_stands_on_no_public_page(published, browse):
    keys = Transaction.objects.values_list("key", flat=True)

    for path in (*_PUBLIC, *(f"/ledger/{key}" for key in keys)):
        answer = browse().get(path)
        assert answer.status_code == 200, path
        assert published.secret not in answer.getvalue().decode(), path


def _named_in_the_ledger():
    found = {refs["contribution"] for refs in Transaction.objects.values_list("refs", flat=True)}
    assert found
    return found
