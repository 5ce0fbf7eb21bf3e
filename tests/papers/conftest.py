"""Gifts that came, and people who said how they stand on papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from commonweal.collectives.models import Collective
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import queries as giving_queries
from commonweal.giving.models import Contribution, Tier
from commonweal.hosting.models import Host
from commonweal.papers import actions
from commonweal.payments.models import Charge
from commonweal.people import actions as people
from commonweal.people.models import Party

EUR = partial(Money.parse, currency="EUR")
LAST_YEAR = 2025
NATIONAL = "85.07.30-033.28"
ENTERPRISE = "BE0403019261"


def charge_of(contribution: Contribution) -> Charge:
    return giving_queries.charge_of(contribution)


def recognise(host: Host, hana: Party, **more: object) -> None:
    """Let a host say who it is, and that both tax offices know it."""
    said = {
        "legal_name": "Commons House VZW", "address": "High Street 1\n1000 Brussels",
        "number": ENTERPRISE, "vat_words": "Not subject to VAT, art. 44.", "signed_by": "Hana W.",
        "in_belgium": True, "belgian_reference": "EE-2024-77", "belgian_since": date(2025, 3, 1),
        "belgian_until": date(2030, 12, 31), "in_france": True,
        "french_reference": "Association of general interest", "purpose": "Green streets",
    } | more  # fmt: skip
    actions.set_imprint(host=host, by=hana, **said)  # type: ignore[arg-type]


@pytest.fixture
def known(commons: Host, hana: Party) -> Host:
    """Return Commons House, which both tax offices know since March 2025."""
    recognise(commons, hana)
    return commons


@pytest.fixture
def guest(db: None) -> Party:
    return people.ensure_guest(email="nour@example.org", name="Nour", language="fr")


@pytest.fixture
def came(gardens: Collective, alice: Party, carol: Party) -> Callable[..., Contribution]:
    """Let money come for Gardens on a day; by default twenty euros of Alice's, today."""

    def come(
        amount: str = "20.00", *, on: date = date(2026, 11, 2), giver: Party | None = None,
        by: Party | None = None, tier: Tier | None = None, incognito: bool = False,
    ) -> Contribution:  # fmt: skip
        giver = giver or alice
        by = by or (giver if hasattr(giver, "login") else None)
        gift = giving.pledge(
            collective=gardens, amount=EUR(amount), rail="transfer", contributor=giver,
            given_by=by or giver, by=by, tier=tier, incognito=incognito,
        )  # fmt: skip
        return giving.confirm_transfer(
            contribution=gift, amount=EUR(amount), arrived_on=on, by=carol
        )

    return come


def said(party: Party, by: Party | None = None, **more: str) -> None:
    """Let somebody say how they stand on papers."""
    told = {"name": f"{party.name} in full", "address": "Side Street 2\n1000 Brussels"} | more
    actions.set_details(party=party, by=by or party, **told)
