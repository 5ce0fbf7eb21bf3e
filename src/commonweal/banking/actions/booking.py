"""What the ledger says of bank lines: each is in it from the moment that it is known.

Money that was seen at the bank stands as not placed, until somebody or something places it. So the
books hold what the bank holds, whatever is still unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Sum

from commonweal.banking.models import BankAccount, BankLine, Match
from commonweal.foundation.ids import key
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Chart, Entry, Kind, Purpose, Transaction
from commonweal.ledger.rules import Draft, Posting

RAIL = "transfer"
_AT_ONCE = 1000


def book(account: BankAccount, lines: list[BankLine]) -> None:
    """Write lines into the ledger, each once."""
    bank, unplaced = accounts(account, Purpose.BANK, Purpose.UNPLACED)
    drafts = [_booked(line, account, bank, unplaced) for line in lines]
    for start in range(0, len(drafts), _AT_ONCE):
        ledger.post_batch(drafts[start : start + _AT_ONCE])


def open_books(account: BankAccount, *, opening_minor: int, on: date) -> None:
    """Take what stood on an account before its first statement as brought from before.

    Movements that people confirmed by hand before that day are in it already.
    """
    bank, opening = accounts(account, Purpose.BANK, Purpose.OPENING)
    missing = opening_minor - _held_before(account, bank, on)
    if missing:
        _move(account, ("opened",), bank, opening, missing, kind=Kind.OPENING, on=on)


def correct_opening(account: BankAccount, *, minor: int, on: date, why: object) -> None:
    """Take out of the opening what older lines, found later, turn out to be."""
    if minor:
        bank, opening = accounts(account, Purpose.BANK, Purpose.OPENING)
        name = ("opened", why)
        _move(account, name, bank, opening, -minor, kind=Kind.OPENING, on=on)


def recognise(line: BankLine, number: int, amount_minor: int, *, confirmed_on: date) -> None:
    """Take one of two records of the same money out: a person had confirmed it before the bank."""
    account = line.account
    in_opening = account.opened_on is not None and confirmed_on < account.opened_on
    other = Purpose.OPENING if in_opening else Purpose.BANK
    unplaced, second = accounts(account, Purpose.UNPLACED, other)
    ledger.post(
        _draft(line, number, [(unplaced, -amount_minor), (second, amount_minor)], Kind.CORRECTION)
    )


def keep(line: BankLine, number: int, amount_minor: int, *, is_fee: bool) -> None:
    """Let a line, or a part of it, be the host's own."""
    unplaced, own = accounts(line.account, Purpose.UNPLACED, Purpose.HOST_OWN)
    kind = Kind.PROCESSOR_FEE if is_fee else Kind.TRANSFER
    category = Chart.BANK_FEES if is_fee else None
    legs = [(unplaced, -amount_minor), (own, amount_minor)]
    ledger.post(_draft(line, number, legs, kind, category=category))


def exchange(line: BankLine, number: int, amount_minor: int, *, pair: str) -> None:
    """Let a line, or a part of it, come out of a trading account or go into it."""
    (unplaced,) = accounts(line.account, Purpose.UNPLACED)
    trading = ledger.open_account(
        purpose=Purpose.TRADING, host=line.account.host_id, rail=pair, currency=line.currency
    ).pk
    legs = [(unplaced, -amount_minor), (trading, amount_minor)]
    ledger.post(_draft(line, number, legs, Kind.CONVERSION))


def reverse(match: Match, *, on: date) -> None:
    """Take back what `recognise`, `keep` or `exchange` wrote."""
    posted = Transaction.objects.get(key=_key(match.line, match.number))
    ledger.reverse(
        key=key("bank line", match.line.uuid, match.number, "undone"),
        transaction_id=posted.pk,
        effective_on=on,
    )


def accounts(account: BankAccount, *purposes: Purpose) -> list[int]:
    """Return the ledger's accounts of a bank account's host."""
    return [
        ledger.open_account(
            purpose=purpose,
            host=account.host_id,
            rail="" if purpose is Purpose.HOST_OWN else RAIL,
            currency=account.currency,
        ).pk
        for purpose in purposes
    ]


def _booked(line: BankLine, account: BankAccount, bank: int, unplaced: int) -> Draft:
    kind = Kind.ARRIVAL if line.amount_minor > 0 else Kind.PAYOUT
    return Draft(
        key=key("bank line", line.uuid, "booked"),
        kind=kind,
        postings=(
            Posting(bank, -line.amount_minor, kind),
            Posting(unplaced, line.amount_minor, kind),
        ),
        effective_on=line.booked_on,
        host=account.host_id,
        refs={"line": str(line.uuid)},
    )


def _draft(
    line: BankLine,
    number: int,
    legs: Iterable[tuple[int, int]],
    kind: Kind,
    *,
    category: int | None = None,
) -> Draft:
    return Draft(
        key=_key(line, number),
        kind=kind,
        postings=tuple(Posting(account, amount, kind) for account, amount in legs),
        effective_on=line.booked_on,
        host=line.account.host_id,
        category=category,
        refs={"line": str(line.uuid)},
    )


def _key(line: BankLine, number: int) -> UUID:
    return key("bank line", line.uuid, number)


def _move(
    account: BankAccount, name: tuple[object, ...], bank: int, other: int, minor: int, *,
    kind: Kind, on: date,
) -> None:  # fmt: skip
    ledger.post(
        Draft(
            key=key("bank account", account.pk, *name),
            kind=kind,
            postings=(Posting(bank, -minor, kind), Posting(other, minor, kind)),
            effective_on=on,
            host=account.host_id,
        )
    )


def _held_before(account: BankAccount, bank: int, on: date) -> int:
    """Return what the books knew of an account before its first statement. Asked once."""
    others = BankAccount.objects.filter(host=account.host_id, currency=account.currency)
    if others.exclude(pk=account.pk).exclude(opened_on=None).exists():
        return 0
    entries = Entry.objects.filter(account=bank, transaction__effective_on__lt=on)
    return -int(entries.aggregate(total=Sum("amount"))["total"] or 0)
