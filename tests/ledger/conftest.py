"""Accounts for tests of the ledger alone: party and host ids stand for nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from commonweal.foundation import ids
from commonweal.ledger import actions
from commonweal.ledger.models import Chart, Kind, Purpose
from commonweal.ledger.rules import Draft, Posting, Private

HOST, GARDENS, BRUSSELS = 1, 7, 99


@dataclass(frozen=True)
class Accounts:
    """Ids of the accounts of one collective and its host."""

    funds: int
    bank: int
    clearing: int
    payouts: int
    host_fees: int
    processor: int


def open_accounts(party: int = GARDENS) -> Accounts:
    """Open what a collective needs at its host."""

    def opened(purpose: Purpose, rail: str = "", **whose: int) -> int:
        return actions.open_account(
            purpose=purpose, currency="EUR", host=HOST, rail=rail, **whose
        ).pk

    return Accounts(
        funds=opened(Purpose.FUNDS, party=party, place=BRUSSELS),
        bank=opened(Purpose.BANK, "card"),
        clearing=opened(Purpose.CHARGES, "card"),
        payouts=opened(Purpose.PAYOUTS, "card"),
        host_fees=opened(Purpose.HOST_FEES),
        processor=opened(Purpose.PROCESSOR_FEES, "card"),
    )


def contribution(
    accounts: Accounts, gross: int, *, fee: int = 0, rail_fee: int = 0, key: UUID | None = None,
    on: date = date(2026, 11, 21), who: str = "Alice", what: str = "Gift",
) -> Draft:  # fmt: skip
    """Return the draft of a gift that leaves clearing for the collective, less its fees."""
    legs = [
        Posting(accounts.clearing, -gross, Kind.CONTRIBUTION),
        Posting(accounts.funds, gross - fee - rail_fee, Kind.CONTRIBUTION),
        Posting(accounts.host_fees, fee, Kind.HOST_FEE),
        Posting(accounts.processor, rail_fee, Kind.PROCESSOR_FEE),
    ]
    return Draft(
        key=key or ids.uuid7(),
        kind=Kind.CONTRIBUTION,
        postings=tuple(leg for leg in legs if leg.amount),
        effective_on=on,
        host=HOST,
        category=Chart.GIFTS,
        refs={"contribution": "k3f9"},
        private=(Private("description", what), Private("counterparty", who, party=5)),
    )


def payout(
    accounts: Accounts, amount: int, *, key: UUID | None = None, on: date = date(2026, 11, 22)
) -> Draft:
    """Return the draft of an expense that leaves the collective for clearing."""
    return Draft(
        key=key or ids.uuid7(),
        kind=Kind.EXPENSE,
        postings=(
            Posting(accounts.funds, -amount, Kind.EXPENSE),
            Posting(accounts.payouts, amount, Kind.EXPENSE),
        ),
        effective_on=on,
        host=HOST,
        category=Chart.VENUE,
        private=(Private("description", "Room"),),
    )


@pytest.fixture
def accounts(db: None) -> Accounts:
    """Return the accounts of Gardens and its host."""
    return open_accounts()


@pytest.fixture
def gives(accounts: Accounts) -> Callable[..., int]:
    """Post a gift."""
    return lambda gross, **more: actions.post(contribution(accounts, gross, **more))
