"""What is private about a paid expense is on no page, file or answer that the public can get."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import get_resolver

from commonweal.collectives.models import Collective
from commonweal.ledger.actions import advance
from commonweal.ledger.models import Transaction
from commonweal.people.models import Party
from commonweal.spending import actions
from commonweal.spending.models import Expense
from spending.conftest import filed, item, photo, put_in_the_pot

# Keys and hashes are drawn by lot, and may hold any few digits.
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{40,}|(?<=\.)[0-9a-f]{12}(?=\.)")
SPACED = "BE68 5390 0754 7034"
SECRETS = (
    "BE68539007547034", SPACED, "7034", "Account of Alice", "alice@example.org", "receipt.jpg",
    "face.jpg", "receipts/0", "Whisper in the dark", "S-SECRET-77",
)  # fmt: skip
PAGES = (
    "/", "/explore", "/ledger", "/ledger.csv", "/gardens", "/gardens/ledger",
    "/gardens/ledger.csv", "/gardens/ledger.json", "/gardens/expenses", "/gardens/expenses/1",
    "/gardens/expenses/2", "/gardens/expenses/3", "/gardens/expenses?state=paid",
    "/commons-house", "/alice-peeters", "/gardens/expenses/1/nothing-here",
)  # fmt: skip


@pytest.fixture
def paid(gardens: Collective, alice: Party, bob: Party, carol: Party) -> Expense:
    """Return a paid expense with everything private that one can have, and two others."""
    put_in_the_pot(gardens, 9000)
    expense = filed(gardens, alice)
    actions.attach_receipt(expense=expense, content=photo("red"), name="face.jpg", by=alice)
    method = actions.add_payout_method(
        party=alice, holder="Account of Alice", iban=SPACED, by=alice
    )
    expense = actions.edit(
        expense=expense, title="Seeds", items=[item(1250)], by=alice, payout_method=method
    )
    actions.submit(expense=expense, by=alice)
    actions.comment(expense=expense, body="Whisper in the dark", by=bob, public=False)
    actions.approve(expense=expense, by=bob)
    actions.look_at_account(expense=expense, by=carol)
    actions.pay(expense=expense, by=carol)
    actions.mark_paid(
        expense=expense, on=date(2026, 11, 20), reference="S-SECRET-77", by=carol
    )  # fmt: skip
    declined = actions.submit(expense=filed(gardens, alice, title="Wine"), by=alice)
    actions.decline(expense=declined, reason="Not for the group.", by=bob)
    filed(gardens, alice, title="A draft")
    while advance():
        pass
    return expense


def text_of(page) -> str:
    body = b"".join(page.streaming_content) if page.streaming else page.content
    headers = "\n".join(f"{name}: {value}" for name, value in page.headers.items())
    return KEY.sub("", headers + body.decode())


@pytest.mark.parametrize("who", ["signed out", "stranger"])
def test_no_public_answer_holds_anything_private(paid, dan, browse, who):
    client = browse(dan if who == "stranger" else None)
    lines = [f"/ledger/{key}" for key in Transaction.objects.values_list("key", flat=True)]
    seen = []

    for address in [*PAGES, *lines]:
        page = client.get(address)
        shown = text_of(page)
        seen.append(page.status_code)
        assert not [secret for secret in SECRETS if secret in shown], address

    assert seen.count(200) >= 14  # it looked at pages, not at errors
    assert "Seeds" in text_of(client.get("/gardens/expenses/1"))


@pytest.mark.parametrize("who", ["signed out", "stranger"])
def test_each_door_to_something_private_is_shut(paid, dan, browse, who):
    client = browse(dan if who == "stranger" else None)
    receipt = paid.receipts.first()
    one = "/gardens/expenses/1"
    doors = [f"{one}/receipts/{receipt.pk}", f"/files/{receipt.file.name}", f"{one}/pay"]
    doors += [f"{one}/paid", f"{one}/return", f"{one}/edit", f"{one}/decline"]

    for door in doors:
        page = client.get(door)
        assert page.status_code in {302, 403, 404, 405}, door
        shown = text_of(page).replace(door, "")  # the reader named it
        assert not [secret for secret in SECRETS if secret in shown], door


def test_no_address_serves_stored_files_by_their_name(paid, bob, browse):
    served = [str(entry.pattern) for entry in get_resolver().url_patterns]

    assert "files/" not in served
    assert browse(bob).get(f"/files/{paid.receipts.first().file.name}").status_code == 404


@pytest.mark.parametrize("who", ["author", "admin"])
def test_even_those_concerned_see_the_account_masked(paid, alice, bob, browse, who):
    page = text_of(browse(alice if who == "author" else bob).get("/gardens/expenses/1"))

    assert "BE68539007547034" not in page
    assert SPACED not in page
