"""Who is erased is forgotten by pages and files; the tree and every old proof stay as they were."""

import json

import pytest

from commonweal.foundation import clock
from commonweal.people import actions as people
from commonweal.transparency import queries
from commonweal_verify.receipts import check
from web.giving.conftest import gift  # noqa: F401 - fixture


@pytest.fixture
def given(gift, alice, signed):  # noqa: F811 - asks for the fixture
    """Return the ledger's key of a gift of Alice's that is under the seal."""
    gift("settled")
    signed()
    return queries.size()


def everything_public(client, key) -> str:
    addresses = [
        "/", "/ledger", "/gardens", "/gardens/ledger", f"/ledger/{key}", f"/ledger/{key}/check",
        f"/ledger/{key}/receipt.json", "/log/checkpoint", "/log/claims", "/log/shown/0",
        "/log/tile/entries/000.p/2",
    ]  # fmt: skip
    return "".join(client.get(one).content.decode(errors="replace") for one in addresses)


def test_an_erased_giver_is_forgotten_and_nothing_else_changes(given, alice, client, verify):
    rows = json.loads(client.get("/log/shown/0").content)["shown"]
    [key] = [row["leaf"]["id"] for row in rows if "counterparty" in row["facts"]]
    before = queries.checkpoint()
    old = client.get(f"/ledger/{key}/receipt.json").content
    assert "Alice" in everything_public(client, key)
    assert verify().wrong is None

    people.erase(person=alice, by=alice)

    now = verify()
    assert "Alice" not in everything_public(client, key)
    assert now.wrong is None
    assert now.forgotten >= 1
    assert bytes(queries.checkpoint().root) == bytes(before.root)
    assert check(old).facts["counterparty"] == "Alice Peeters"  # who kept it can still prove it
    assert check(client.get(f"/ledger/{key}/receipt.json").content).index == check(old).index
    assert clock.now() > before.at
