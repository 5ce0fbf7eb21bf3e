"""What an invoice says in whatever format, and why one is not read.

The numbers in brackets are the business terms of EN 16931, by which accountants know them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commonweal.foundation.errors import Refused
from commonweal.foundation.money import Money

MOST_LINES = 500


class NotAnInvoice(Refused):
    """This file is no invoice that can be read here. Send it as a PDF or a photo instead."""

    status = 422


class WantsOtherFiles(Refused):
    """This file asks to read other files, as no invoice does. It was not opened."""

    status = 422


class TooMuch(Refused):
    """This invoice is too large to be read here. Send it as a PDF, and type what it says."""

    status = 422


class UnknownProfile(Refused):
    """This invoice follows rules that we do not know. Send it as a PDF, and type what it says."""

    status = 422


class CreditNote(Refused):
    """This is a credit note: the supplier owes you. Send the invoice, and ask only for the rest."""

    status = 422


class OldInvoice(Refused):
    """This invoice follows the rules of 2014, ZUGFeRD 1. Send a PDF, and type what it says."""

    status = 422


class Broken(Refused):
    """Nothing was read: “%(part)s” is missing or wrong in the data of this invoice."""

    status = 422

    def __init__(self, part: str) -> None:
        """Say what is wrong."""
        super().__init__(part=part)


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who sent an invoice: name (BT-27), VAT number (BT-31) and number in a register (BT-30)."""

    name: str
    vat_number: str = ""
    register_number: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: `net` (BT-131) is what it comes to without VAT, `quantity` (BT-129) how much.

    `price` (BT-146) is for `per` pieces (BT-149). Allowances (BT-136) make it cheaper, charges
    (BT-141) dearer.
    """

    name: str
    net: Money
    quantity: Decimal | None = None
    price: Decimal | None = None
    per: Decimal = Decimal(1)
    allowances: Decimal = Decimal(0)
    charges: Decimal = Decimal(0)
    vat_sort: str = ""
    vat_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What an invoice gives or takes as a whole, for all its lines (BT-92, BT-99)."""

    amount: Money
    is_charge: bool
    vat_sort: str = ""
    vat_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Vat:
    """A part with one rate of VAT: what the VAT is counted on (BT-116), and it (BT-117)."""

    sort: str
    rate: Decimal | None
    taxable: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class Sums:
    """What an invoice says that it comes to; what it leaves out is None."""

    without_vat: Money  # BT-109
    with_vat: Money  # BT-112
    due: Money  # BT-115
    lines: Money | None = None  # BT-106
    allowances: Money | None = None  # BT-107
    charges: Money | None = None  # BT-108
    vat: Money | None = None  # BT-110
    prepaid: Money | None = None  # BT-113
    rounding: Money | None = None  # BT-114


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice as it was written for programs. `reference` (BT-83) is what to pay it with."""

    number: str
    issued_on: date
    currency: str
    supplier: Supplier
    sums: Sums
    due_on: date | None = None
    iban: str = ""
    bic: str = ""
    holder: str = ""
    reference: str = ""
    lines: tuple[Line, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    vat: tuple[Vat, ...] = ()
