"""What anyone reads to check the ledger: files that never change, and pages that explain them."""

import json

import pytest
from django.urls import reverse

from commonweal.people.models import Instance
from commonweal.transparency import actions, queries
from commonweal.worker import log as worker
from transparency.conftest import log  # noqa: F401 - fixtures


@pytest.fixture
def gift(till, alice, log):  # noqa: F811 - asks for the fixture
    """Return the key of a gift of Alice's that is under the seal."""
    Instance.objects.create(name="Test City", created_at="2026-01-01T00:00Z")
    key = till.gift(20_00, who=alice, what="For the tomatoes")
    worker.grow()
    worker.publish()
    return key


def test_a_transaction_can_be_checked(gift, signed_out, django_assert_max_num_queries):
    assert f'href="/ledger/{gift}/check"' in signed_out(f"/ledger/{gift}")

    with django_assert_max_num_queries(13):
        page = signed_out(f"/ledger/{gift}/check")

    for sight in ("leaf/1", "Alice", "For the tomatoes", "commonweal-test", "receipt-"):
        assert sight in page, sight


@pytest.mark.parametrize("address", ["/ledger", "/gardens", "/gardens/ledger", "/commons-house"])
def test_public_totals_say_as_of_which_transaction(gift, signed_out, address):
    page = signed_out(address)

    assert "As of transaction 1</a>" in page
    assert 'href="/verify"' in page


def test_before_it_is_sealed_the_page_says_so(till, log, signed_out):  # noqa: F811
    key = till.gift(20_00)

    assert "joins the public log in a moment" in signed_out(f"/ledger/{key}/check")
    signed_out(f"/ledger/{key}/receipt.json", 404)


def test_the_page_about_checking_shows_the_newest_seal(gift, signed_out):
    page = signed_out("/verify")

    assert "commonweal-test" in page
    assert "commonweal-verify http://testserver" in page


def test_a_seal_names_the_key_that_signed_it(
    till, gift, signed_out, django_capture_on_commit_callbacks
):
    old = queries.verifier()
    with django_capture_on_commit_callbacks(execute=True):
        actions.rotate_key()
    new = queries.verifier()

    seal = signed_out("/verify").partition('aria-labelledby="do-h"')[0]
    assert old.fingerprint in seal
    assert new.fingerprint not in seal

    till.gift(1_00)
    worker.grow()
    assert new.fingerprint in signed_out("/verify").partition('aria-labelledby="do-h"')[0]


def test_without_a_log_the_page_about_checking_says_what_begins_it(db, signed_out):
    assert "the first transaction begins it" in signed_out("/verify")
    signed_out("/log/checkpoint", 404)
    signed_out("/log/claims", 404)


def test_what_never_changes_may_be_kept_for_ever(gift, client):
    for path in ("tile/0/000.p/1", "tile/entries/000.p/1"):
        answer = client.get(f"/log/{path}")
        assert answer.status_code == 200
        assert "immutable" in answer["Cache-Control"]
        assert answer["Access-Control-Allow-Origin"] == "*"

    assert "max-age=0" in client.get("/log/checkpoint")["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    ["tile/0/001", "tile/0/000.p/2", "tile/0/000", "tile/entries/000.p/256", "tile/x/000",
     "tile/../checkpoint", "tile/0/x000/000", "tile/64/000", "shown/1", "shown/" + "9" * 20],
)  # fmt: skip
def test_what_is_not_there_is_not_found(gift, client, path):
    assert client.get(f"/log/{path}").status_code == 404


def test_the_same_bytes_are_served_and_published(gift, client, log):  # noqa: F811
    files = [one for one in sorted(log.rglob("*")) if one.is_file()]

    names = [str(one.relative_to(log)) for one in files]
    assert names == [
        "checkpoint", "claims", "keys", "tile/0/000.p/1", "tile/entries/000.p/1",
    ]  # fmt: skip
    for name, file in zip(names, files, strict=True):
        assert client.get(f"/log/{name}").content == file.read_bytes(), name


def test_what_pages_show_is_told_with_its_salt(gift, client):
    [row] = json.loads(client.get("/log/shown/0").content)["shown"]

    assert row["leaf"]["id"] == str(gift)
    assert row["facts"]["counterparty"][1] == "Alice Peeters"


def test_addresses_are_those_of_the_standard():
    assert reverse("transparency:checkpoint") == "/log/checkpoint"
    assert reverse("transparency:tile", args=["entries/000"]) == "/log/tile/entries/000"
