"""Direct debit: the giver signs once, the host collects with a file for its bank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.foundation.money import Money
from commonweal.payments.port import (
    Capabilities,
    ChargeRequest,
    NextStep,
    NotUnderstood,
    PayoutRequest,
    RailEvent,
)


class DirectDebit:
    """SEPA direct debits of the core scheme, by a mandate that was signed here."""

    name = "debit"
    capabilities = Capabilities(
        charges=True,
        refunds=True,
        payouts=False,
        by_mandate=True,
        repeats="by us",
        currencies=frozenset({"EUR"}),
    )

    def label(self) -> str:
        """Return what people call it."""
        return _("Direct debit")

    def fee(self, amount: Money) -> Money:
        """Return nothing: whatever the bank asks, it asks of the host."""
        return Money(0, amount.currency)

    def start_charge(self, request: ChargeRequest) -> NextStep:
        """Ask the giver to sign where there is no mandate; else wait for the host to collect."""
        mandate = request.details.get("mandate", "")
        if not mandate and request.again_of is not None:
            return NextStep(
                kind="failed", external_id=request.key.hex, failure=_("There is no mandate.")
            )
        if not mandate:
            return NextStep(
                kind="redirect", external_id=request.key.hex, url=f"{request.return_url}/mandate"
            )
        return NextStep(
            kind="show",
            external_id=request.key.hex,
            template="sepa/waiting.html",
            facts={"mandate": mandate, "account": request.details.get("account", "")},
        )

    def refund(self, key: UUID, amount: Money) -> Literal["done", "later"]:
        """Wait for the person who makes the transfer back and confirms it."""
        return "later"

    def send_payout(self, batch: Sequence[PayoutRequest]) -> None:
        """Refuse: a direct debit pays nobody out."""
        raise NotImplementedError("a direct debit pays nobody out")

    def read_events(self, raw: bytes, headers: Mapping[str, str]) -> list[RailEvent]:
        """Understand nothing: what the bank says comes as a file that a person brings."""
        raise NotUnderstood("a person brings what the bank says")
