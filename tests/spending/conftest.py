"""Expenses for tests: Alice files them, Bob agrees, Carol pays."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from itertools import count

import pytest
from PIL import Image

from commonweal.collectives.models import Collective
from commonweal.foundation import ids
from commonweal.foundation.money import Money
from commonweal.hosting import queries as hosting
from commonweal.ledger import actions as ledger
from commonweal.ledger import queries
from commonweal.ledger.models import Chart, Kind, Purpose
from commonweal.ledger.rules import Draft, Posting
from commonweal.people.models import Party
from commonweal.spending import actions
from commonweal.spending.models import Expense
from commonweal.spending.rules import Item

# Each expense has a receipt of its own.
_SLIPS = count()
IBAN = "BE68539007547034"


def item(minor: int, category: int = Chart.TOOLS_PARTS, what: str = "Seeds") -> Item:
    return Item(what, date(2026, 11, 18), category, Money(minor, "EUR"))


def photo(colour: str = "white", note: str = "") -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (60, 90), colour).save(picture, "JPEG", comment=note)
    return picture.getvalue()


def filed(
    collective: Collective, by: Party, *items: Item, title: str = "Seeds and soil"
) -> Expense:
    """Return a draft with a receipt and an account to pay to."""
    method = actions.add_payout_method(party=by, holder=by.name, iban=IBAN, by=by)
    expense = actions.file(
        collective=collective, kind=Expense.Kind.REIMBURSEMENT, title=title,
        items=items or [item(1250)], by=by, payout_method=method,
    )  # fmt: skip
    slip = photo(note=str(next(_SLIPS)))
    actions.attach_receipt(expense=expense, content=slip, name="receipt.jpg", by=by)
    return expense


def put_in_the_pot(collective: Collective, minor: int) -> None:
    """Let money appear in a pot as if it had been given long ago."""
    hosting_now = hosting.current(collective)
    assert hosting_now is not None
    backers = hosting.host_account(hosting_now.host, Purpose.BACKERS)
    funds = hosting.funds_account(hosting_now)
    legs = (Posting(backers, -minor, Kind.CONTRIBUTION), Posting(funds, minor, Kind.CONTRIBUTION))
    ledger.post(
        Draft(ids.uuid7(), Kind.CONTRIBUTION, legs, date(2026, 1, 1), host=hosting_now.host_id)
    )


@pytest.fixture
def submitted(gardens: Collective, alice: Party) -> Expense:
    """Return Alice's expense of 12.50, handed in."""
    return actions.submit(expense=filed(gardens, alice), by=alice)


@pytest.fixture
def approved(submitted: Expense, bob: Party) -> Expense:
    """Return Alice's expense, agreed to by Bob, with 20.00 in the pot."""
    put_in_the_pot(submitted.collective, 2000)
    return actions.approve(expense=submitted, by=bob)


@pytest.fixture
def in_the_pot(gardens: Collective) -> Callable[[], int]:
    """Return what Gardens holds, in cents."""
    hosting_now = hosting.current(gardens)
    assert hosting_now is not None
    account = hosting.funds_account(hosting_now)
    return lambda: queries.balance(account).minor
