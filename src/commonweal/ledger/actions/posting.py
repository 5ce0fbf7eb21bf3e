"""Writing the ledger. Every change of money goes through here, in the caller's transaction."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.db import Error, connection, transaction
from django.db.models.functions import Least
from psycopg.types.json import Jsonb

from commonweal.foundation.errors import Refused
from commonweal.ledger.models import Account, Entry, Kind, PrivateFact, Purpose, Transaction
from commonweal.ledger.queries.transactions import left_of
from commonweal.ledger.rules import Draft, Posting, Private, reversal_across

GUARDED = frozenset({Purpose.FUNDS, Purpose.HOST_FUNDS})
_SALT_BYTES = 32


class Conflict(Refused):
    """This was already recorded, with other amounts. Reload the page to see it."""


class Unbalanced(Refused):
    """The amounts do not add up to zero, so nothing was recorded."""


class UnknownAccount(Refused):
    """An account is unknown or named twice, so nothing was recorded."""


class Frozen(Refused):
    """This account is frozen: no money can move in or out of it for now."""


class NotEnough(Refused):
    """There is not enough money in the pot for this."""


class ReversedTooMuch(Refused):
    """No more can be given back than was given."""


class NotReversible(Refused):
    """What was given back cannot be given back again. Record it as a new movement instead."""


_ERRORS: dict[str, type[Refused]] = {
    "LG409": Conflict,
    "LG001": Unbalanced,
    "LG002": UnknownAccount,
    "LG403": Frozen,
}


@transaction.atomic(savepoint=False)
def open_account(
    *,
    purpose: Purpose,
    currency: str,
    party: int | None = None,
    host: int | None = None,
    place: int | None = None,
    district: int | None = None,
    rail: str = "",
) -> Account:
    """Open an account, or return the one that is open; `place` is the id of a city.

    `district` is the part of it where the collective is at home, if it is in one.
    Collectives' and hosts' own funds are guarded: they never hold less than their floor.
    """
    wanted = {
        "purpose": purpose, "party_id": party, "host_id": host, "rail": rail, "currency": currency,
    }  # fmt: skip
    found = Account.objects.filter(**wanted).first()
    if found is not None:  # nearly always: then one question is all it costs
        return found
    guarded = purpose in GUARDED
    floor = 0 if guarded else None
    parts = [purpose.name.lower(), party or "", host or "", rail, currency]
    account, _ = Account.objects.get_or_create(
        **wanted,
        defaults={
            "public_id": ":".join(str(part) for part in parts if part),
            "place_id": place,
            "district_id": district,
            "guarded": guarded,
            "floor": floor,
            "lowest_floor": floor,
        },
    )
    return account


def post(draft: Draft) -> int:
    """Write a transaction and return its id; a draft that was posted before changes nothing.

    Raises `Conflict`, `Unbalanced`, `UnknownAccount`, `Frozen` or `NotEnough`.
    """
    _refuse_repeated(draft)
    with _refusals(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger_post(%s,%s,%s::smallint,%s,%s,%s::smallint,%s,%s,"
            "%s::bigint[],%s::bigint[],%s::smallint[],%s::text[],%s::text[],%s::bytea[],%s::bigint[])",
            _head(draft) + _legs(draft.postings) + _facts(draft.private),
        )
        return int(cursor.fetchone()[0])


def post_batch(drafts: Sequence[Draft]) -> list[int]:
    """Write many transactions in one statement and one commit; return their ids in order.

    Either all are written or none; drafts posted before are skipped, as by `post`.
    """
    if not drafts:
        return []
    for draft in drafts:
        _refuse_repeated(draft)
    with _refusals(), connection.cursor() as cursor:
        numbers = range(len(drafts))
        heads = zip(*(_head(draft) for draft in drafts), strict=True)
        legs = [(n, one) for n in numbers for one in drafts[n].postings]
        facts = [(n, one) for n in numbers for one in drafts[n].private]
        cursor.execute(
            "SELECT ledger_post_batch(%s::uuid[],%s::bytea[],%s::smallint[],%s::date[],"
            "%s::bigint[],%s::smallint[],%s::bigint[],%s::jsonb[],"
            "%s::int[],%s::bigint[],%s::bigint[],%s::smallint[],"
            "%s::int[],%s::text[],%s::text[],%s::bytea[],%s::bigint[])",
            [list(column) for column in heads]
            + [[n + 1 for n, _ in legs], *_legs([one for _, one in legs])]
            + [[n + 1 for n, _ in facts], *_facts([one for _, one in facts])],
        )
        return [int(one) for one in cursor.fetchone()[0]]


@transaction.atomic
def reverse(
    *,
    key: UUID,
    transaction_id: int,
    effective_on: date,
    amount_minor: int | None = None,
    private: tuple[Private, ...] = (),
) -> int:
    """Give back a transaction, or `amount_minor` of its gross; return the new transaction's id.

    Where it has several currencies, the amount is in that of its first leg. Each leg gives back its
    share of what remains of it (largest remainder), so that parts never turn negative and the last
    one empties every leg. Raises `ReversedTooMuch`, or `NotReversible` for what is itself a
    reversal.
    """
    original = Transaction.objects.get(pk=transaction_id)
    if original.reverses is not None:
        raise NotReversible
    _lock_reversals(transaction_id)
    replayed = Transaction.objects.filter(key=key).first()
    if replayed:
        return _replayed(replayed, transaction_id, amount_minor)
    left = left_of(transaction_id)
    try:
        amounts = reversal_across([(one.currency, one.amount) for one in left], amount_minor)
    except ValueError as error:
        raise ReversedTooMuch from error
    legs = zip(left, amounts, strict=True)
    draft = Draft(
        key=key,
        kind=Kind.REFUND,
        postings=tuple(Posting(one.account, amount, one.kind) for one, amount in legs if amount),
        effective_on=effective_on,
        host=original.host_id,
        category=original.category_id,
        refs=original.refs,
        private=private,
        reverses=transaction_id,
    )
    return post(draft)


@transaction.atomic
def let_fall_below(*, account: int, floor: int | None) -> None:
    """Set the least a guarded account may hold, in minor units; None lets history be as it was."""
    lowest = None if floor is None else Least("lowest_floor", floor)
    with _refusals():
        rows = Account.objects.filter(pk=account)
        rows.filter(lowest_floor__isnull=False).update(lowest_floor=lowest)
        rows.update(floor=floor)


@transaction.atomic
def freeze(*, account: int, frozen: bool) -> None:
    """Stop all movements of an account, or let them go on."""
    Account.objects.filter(pk=account).update(frozen=frozen)


@transaction.atomic
def hold_still(*, account: int) -> Account:
    """Return an account as it is now; it moves for nobody else until this is committed."""
    return Account.objects.select_for_update(no_key=True).get(pk=account)


@transaction.atomic
def forget(*, party: int) -> int:
    """Delete the private facts about a party; return how many there were. History stays."""
    return PrivateFact.objects.filter(party_id=party).delete()[0]


def _refuse_repeated(draft: Draft) -> None:
    if len({one.account for one in draft.postings}) < len(draft.postings):
        raise UnknownAccount


def _head(draft: Draft) -> list[Any]:
    return [
        draft.key, draft.request_hash, draft.kind, draft.effective_on, draft.host,
        draft.category, draft.reverses, Jsonb(dict(draft.refs)),
    ]  # fmt: skip


def _legs(postings: Sequence[Posting]) -> list[Any]:
    return [
        [one.account for one in postings],
        [one.amount for one in postings],
        [int(one.kind) for one in postings],
    ]


def _facts(private: Sequence[Private]) -> list[Any]:
    return [
        [one.field for one in private],
        [one.value for one in private],
        [os.urandom(_SALT_BYTES) for _ in private],
        [one.party for one in private],
    ]


def _lock_reversals(transaction_id: int) -> None:
    """Let reversals of one transaction wait for each other; history itself has no row to lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7002, %s)", [transaction_id % 2**31])


def _replayed(earlier: Transaction, transaction_id: int, amount_minor: int | None) -> int:
    entries = list(Entry.objects.filter(transaction=earlier).order_by("n"))
    first = entries[0].currency
    gross = sum(one.amount for one in entries if one.currency == first and one.amount > 0)
    if earlier.reverses != transaction_id or amount_minor not in {None, gross}:
        raise Conflict
    return earlier.pk


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn the database's refusals into sentences for people."""
    try:
        yield
    except Error as error:
        state = getattr(error.__cause__, "sqlstate", None)
        diagnosis = getattr(error.__cause__, "diag", None)
        if state in _ERRORS:
            raise _ERRORS[state] from error
        if getattr(diagnosis, "constraint_name", None) == "balance_not_below_floor":
            raise NotEnough from error
        raise
