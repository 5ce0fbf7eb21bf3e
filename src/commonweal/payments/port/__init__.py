"""What a rail must offer: one protocol and the frozen shapes it speaks in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol
from uuid import UUID

from commonweal.foundation.money import Money


@dataclass(frozen=True)
class Capabilities:
    """What a rail can do, and in which currencies (none named: in all).

    `pretend` rails move no money and are marked wherever they show. `by_hand` means that a person
    at the host sees the money come and go, and says so. `keeps_fee`: what goes back to a giver goes
    back without the fee that the rail took. `by_mandate` means that the giver signs once and the
    host collects; such money lies at the host's bank, and goes back by hand.

    `repeats` is who sees to it that money comes each month: nobody, the giver's own bank (a
    standing order), or we, who ask the rail again while the giver is not there.
    """

    charges: bool
    refunds: bool
    payouts: bool
    pretend: bool = False
    by_hand: bool = False
    keeps_fee: bool = False
    by_mandate: bool = False
    currencies: frozenset[str] = frozenset()
    repeats: Literal["never", "by giver", "by us"] = "never"

    @property
    def returns_by_hand(self) -> bool:
        """Whether a person sends money back."""
        return self.by_hand or self.by_mandate


@dataclass(frozen=True)
class ChargeRequest:
    """Ask for `amount`; `key` makes a repeated request the same request.

    One key moves money at most once, whatever happens. A higher `attempt` tries again what was
    declined. `again_of` is the key of the charge whose card pays this one too, without its giver;
    `due_on` is the day the money is due, where it is one of many.
    """

    key: UUID
    amount: Money
    description: str
    reference: str
    return_url: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    attempt: int = 1
    again_of: UUID | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class RailEvent:
    """News from a rail about one charge, refund or payout, named by our `key`.

    A charge is `taken_back` where the giver's bank or card company took all of it away again.
    The same (`object_id`, `kind`) is the same news, however often it comes.
    """

    kind: Literal["captured", "failed", "refunded", "taken_back", "paid", "returned"]
    key: UUID
    object_id: str
    amount: Money
    fee: Money
    on: date
    reason: str = ""


@dataclass(frozen=True)
class NextStep:
    """What the giver does now: nothing (`done`), go to `url`, or read `facts` in `template`.

    `news` is what the rail knows at once; it is heard like all other news, and not kept here.
    """

    kind: Literal["done", "redirect", "show", "failed"]
    external_id: str = ""
    url: str = ""
    template: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    failure: str = ""
    news: tuple[RailEvent, ...] = ()


@dataclass(frozen=True)
class PayoutRequest:
    """Ask to pay `amount` to an account.

    `reference` is the payee's own, such as an invoice number; `message` says it in words, for
    those references that have no check digits.
    """

    key: UUID
    amount: Money
    name: str
    iban: str
    reference: str
    message: str = ""


@dataclass(frozen=True)
class PayoutOrder:
    """A batch to pay from one bank account on one day, `as_one` line of its statement or singly."""

    key: UUID
    holder: str
    iban: str
    bic: str
    execute_on: date
    written_at: datetime
    batch: Sequence[PayoutRequest]
    as_one: bool = True


class PayoutFile(Protocol):
    """A kind of file by which a bank is asked to pay a batch. It translates; it keeps nothing."""

    name: str
    media_type: str
    suffix: str

    def write(self, order: PayoutOrder) -> bytes:
        """Return the file; the same order always makes the same bytes."""


# How far a mandate is by a collection: its first, a next one, its only one, its last.
type Step = Literal["FRST", "RCUR", "OOFF", "FNAL"]


@dataclass(frozen=True)
class DebitRequest:
    """Ask to collect `amount` from an account whose owner signed `mandate` on a day.

    `key` is what the bank names it by, whatever becomes of it.
    """

    key: UUID
    amount: Money
    name: str
    iban: str
    mandate: str
    signed_on: date
    message: str
    reference: str = ""


@dataclass(frozen=True)
class DebitBlock:
    """What is collected on one day as one step of its mandates: the first, a next, the only."""

    key: UUID
    step: Step
    collect_on: date
    batch: Sequence[DebitRequest]


@dataclass(frozen=True)
class DebitOrder:
    """A batch to collect into one bank account, each block `as_one` line of its statement."""

    key: UUID
    holder: str
    iban: str
    bic: str
    creditor_id: str
    written_at: datetime
    blocks: Sequence[DebitBlock]
    as_one: bool = True


class DebitFile(Protocol):
    """A kind of file by which a bank is asked to collect. It translates; it keeps nothing."""

    name: str
    media_type: str
    suffix: str

    def write(self, order: DebitOrder) -> bytes:
        """Return the file; the same order always makes the same bytes."""


class NotUnderstood(ValueError):
    """What was sent does not come from this rail, or is broken."""


class Rail(Protocol):
    """A way money really moves. It translates; it never touches tables that are not its own."""

    name: str
    capabilities: Capabilities

    def label(self) -> str:
        """Return what people call it, in the reader's language."""

    def fee(self, amount: Money) -> Money:
        """Return what the rail will keep of a charge."""

    def start_charge(self, request: ChargeRequest) -> NextStep:
        """Ask the rail for money, or where it stands; the same key is the same charge."""

    def refund(self, key: UUID, amount: Money) -> Literal["done", "later"]:
        """See to it that `amount` of the charge `key` has been given back in all.

        Asking again for the same amount changes nothing. "done": it has left; "later": news of
        it will come.
        """

    def send_payout(self, batch: Sequence[PayoutRequest]) -> None:
        """Ask the rail to pay; asking again with the same keys changes nothing."""

    def read_events(self, raw: bytes, headers: Mapping[str, str]) -> list[RailEvent]:
        """Verify and read what the rail sent us; raise `NotUnderstood` where it did not."""
