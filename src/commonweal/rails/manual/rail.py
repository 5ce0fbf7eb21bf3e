"""Bank transfer: we say what to write, a person at the host sees the money come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _
from stdnum import iso11649
from stdnum.be import ogm_vcs
from stdnum.iso7064 import mod_97_10

from commonweal.foundation.money import Money
from commonweal.payments.port import (
    Capabilities,
    ChargeRequest,
    NextStep,
    NotUnderstood,
    PayoutRequest,
    RailEvent,
)

_BELGIUM = "BE"


class BankTransfer:
    """Transfers that people make at their own bank, known again by a structured reference."""

    name = "transfer"
    capabilities = Capabilities(
        charges=True,
        refunds=True,
        payouts=True,
        by_hand=True,
        currencies=frozenset({"EUR"}),
        repeats="by giver",
    )

    def label(self) -> str:
        """Return what people call it."""
        return _("Bank transfer")

    def fee(self, amount: Money) -> Money:
        """Return nothing: whatever the bank asks, it asks of its own customers."""
        return Money(0, amount.currency)

    def start_charge(self, request: ChargeRequest) -> NextStep:
        """Return what to write on the transfer."""
        iban = request.details["iban"].replace(" ", "")
        return NextStep(
            kind="show",
            template="manual/transfer.html",
            facts={
                "holder": request.details["holder"],
                "iban": iban,
                "account": " ".join(iban[at : at + 4] for at in range(0, len(iban), 4)),
                "bic": request.details.get("bic", ""),
                "amount": str(request.amount.decimal),
                "reference": structured_reference(request.reference, iban[:2]),
            },
        )

    def refund(self, key: UUID, amount: Money) -> Literal["done", "later"]:
        """Wait for the person who makes the transfer back and confirms it."""
        return "later"

    def send_payout(self, batch: Sequence[PayoutRequest]) -> None:
        """Do nothing: a person makes the transfers and confirms them."""

    def read_events(self, raw: bytes, headers: Mapping[str, str]) -> list[RailEvent]:
        """Understand nothing: no bank writes to us."""
        raise NotUnderstood("bank transfers are confirmed by a person")


def structured_reference(digits: str, country: str) -> str:
    """Return the reference as banks of that country check it for typing mistakes.

    Belgium has its own (OGM); everywhere else it is a creditor reference (ISO 11649).
    """
    if country == _BELGIUM:
        return f"+++{ogm_vcs.format(digits + ogm_vcs.calc_check_digits(digits))}+++"
    check = mod_97_10.calc_check_digits(digits + "RF")
    return str(iso11649.format(f"RF{check}{digits}"))
