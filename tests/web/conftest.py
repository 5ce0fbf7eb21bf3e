"""Money that has moved, so that pages have something to show."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from commonweal.collectives.models import Collective
from commonweal.discovery.actions import trace
from commonweal.foundation import clock, ids
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Host
from commonweal.ledger import actions
from commonweal.ledger.models import Chart, Kind, Purpose
from commonweal.ledger.rules import Draft, Posting, Private
from commonweal.people.models import Party
from commonweal.spending import actions as spending
from commonweal.spending.models import Expense
from spending.conftest import filed, item


@dataclass
class Till:
    """The accounts of one collective at its host, and what moves between them."""

    collective: Collective
    host: Host

    def account(self, purpose: Purpose) -> int:
        rail = "transfer" if purpose in {Purpose.CHARGES, Purpose.PAYOUTS} else ""
        return actions.open_account(
            purpose=purpose, currency="EUR", host=self.host.pk, rail=rail
        ).pk

    def funds(self) -> int:
        return hosting.funds_account(hosting.current(self.collective))

    def gift(
        self, cents: int, *, who: Party | None = None, on: date | None = None,
        what: str = "Gift", category: int = Chart.GIFTS,
    ):  # fmt: skip
        """Let somebody give; the host keeps five percent."""
        fee = cents // 20
        facts = [Private("description", what)]
        if who:
            facts.append(Private("counterparty", who.name, who.pk))
        return self.post(
            Kind.CONTRIBUTION, on, category, facts,
            (self.account(Purpose.CHARGES), -cents, Kind.CONTRIBUTION),
            (self.funds(), cents - fee, Kind.CONTRIBUTION),
            (self.account(Purpose.HOST_FEES), fee, Kind.HOST_FEE),
        )  # fmt: skip

    def expense(
        self, cents: int, *, who: Party | None = None, on: date | None = None,
        what: str = "Compost", category: int = Chart.PLANTS_SEEDS,
    ):  # fmt: skip
        """Let the collective pay for something."""
        facts = [Private("description", what)]
        if who:
            facts.append(Private("counterparty", who.name, who.pk))
        return self.post(
            Kind.EXPENSE, on, category, facts,
            (self.funds(), -cents, Kind.EXPENSE),
            (self.account(Purpose.PAYOUTS), cents, Kind.EXPENSE),
        )  # fmt: skip

    def post(self, kind, on, category, facts, *legs):
        key = ids.uuid7()
        refs = {"expense": "1"} if kind == Kind.EXPENSE else {"contribution": "abcd"}
        actions.post(
            Draft(
                key=key,
                kind=kind,
                postings=tuple(Posting(*leg) for leg in legs),
                effective_on=on or clock.today(),
                host=self.host.pk,
                category=category,
                refs=refs,
                private=tuple(facts),
            )
        )
        while actions.advance():
            pass
        return key


@pytest.fixture
def till(gardens: Collective, commons: Host) -> Till:
    """Return the till of Gardens."""
    return Till(gardens, commons)


@pytest.fixture
def busy(till: Till, alice: Party, bob: Party) -> Till:
    """Return the till of Gardens after a year of gifts and expenses."""
    today = clock.today()
    for number in range(12):
        month = date(today.year - (number >= today.month), (today.month - number - 1) % 12 + 1, 1)
        till.gift(2000 + number, who=alice, on=month, what="Monthly gift", category=2)
        till.gift(50_00, on=month)
    till.expense(64_90, who=bob, what="Spades and gloves", category=Chart.TOOLS_PARTS)
    return till


@pytest.fixture
def followed() -> Callable[[], None]:
    """Return how to put in order what moved, and follow every euro of it."""

    def catch_up() -> None:
        while actions.advance():
            pass
        while trace():
            pass

    return catch_up


@pytest.fixture
def bought(
    gardens: Collective, alice: Party, bob: Party, carol: Party, followed: Callable[[], None]
) -> Callable[..., Expense]:
    """Return how to buy something for Gardens."""

    def buy(minor: int = 12_50, title: str = "Seeds and soil") -> Expense:
        draft = filed(gardens, alice, item(minor), title=title)
        agreed = spending.approve(expense=spending.submit(expense=draft, by=alice), by=bob)
        expense = spending.pay(expense=agreed, by=carol)
        followed()
        return expense

    return buy


@pytest.fixture
def words() -> Callable[[str], str]:
    """Return how to read the main part of a page as plain words."""

    def read(html: str) -> str:
        main = html.split("<main", maxsplit=1)[1]
        return " ".join(re.sub(r"<[^>]+>", " ", main).split())

    return read


@pytest.fixture
def signed_out(client) -> Callable[[str], str]:
    """Return the text of a page as a stranger without an account reads it."""

    def read(address: str, status: int = 200) -> str:
        page = client.get(address)
        assert page.status_code == status, address
        assert not page.cookies, address
        if page.streaming:
            return b"".join(page.streaming_content).decode()
        assert page["ETag"] or status != 200
        return page.text

    return read
