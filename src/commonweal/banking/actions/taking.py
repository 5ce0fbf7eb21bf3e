"""Taking statements in: the file as it came, its statements, its lines. Nothing is taken twice."""

from __future__ import annotations

import io
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from commonweal.banking import policies, queries
from commonweal.banking.actions import booking
from commonweal.banking.models import BankAccount, BankFile, BankLine, BankStatement
from commonweal.banking.rules import reading, same, table
from commonweal.banking.rules.same import Marks
from commonweal.banking.rules.statements import Line, Statement
from commonweal.foundation import clock, ids
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.fields import blind
from commonweal.foundation.sealed import opened, sealed
from commonweal.hosting.models import Host
from commonweal.people.models import Party

FOLDER = "statements"
_AT_ONCE = 1000
_PIECE_BYTES = 1_000_000
_LONGEST_NAME = 120


class NotOurAccount(Refused):
    """This is a statement of %(iban)s, which is not your account. Say so if it is yours as well."""

    status = 422


@dataclass(frozen=True)
class Taken:
    """What came of a file: how many lines are new, known before, or only announced."""

    file: BankFile
    statements: tuple[BankStatement, ...]
    again: bool = False

    @property
    def new(self) -> int:
        """How many lines nobody had seen."""
        return sum(one.new_lines for one in self.statements) if not self.again else 0

    @property
    def known(self) -> int:
        """How many lines were here already."""
        known = sum(one.known_lines for one in self.statements)
        return known + sum(one.new_lines for one in self.statements) if self.again else known

    @property
    def pending(self) -> int:
        """How many lines the bank announced without booking them."""
        return sum(one.pending_lines for one in self.statements)


def take(
    *,
    host: Host,
    name: str,
    content: IO[bytes],
    by: Party | None,
    columns: table.Columns | None = None,
    is_ours: bool = False,
) -> Taken:
    """Take in a file of the bank: all of it, or nothing and why.

    The same file again changes nothing. It is read before anything is locked. `columns` says once
    which column of a CSV is which; `is_ours` that an account not seen before is the host's too.
    """
    if by is not None and not policies.may_handle(by, host):
        raise NotAllowed
    content.seek(0)
    digest = _digest(content)
    known = BankFile.objects.filter(host=host, sha256=digest).first()
    if known is not None:
        return _again(known)
    columns = columns or queries.remembered_columns(host, content)
    statements = reading.read(content, which=columns, account=host.iban, currency=host.currency)
    kept = stored(content)
    try:
        file = BankFile(
            host=host, name=name[-_LONGEST_NAME:], sha256=digest, size_bytes=_size(content),
            taken_by=by, taken_at=clock.now(),
        )  # fmt: skip
        file.file.name = kept
        taken = _store(file, statements, is_ours=is_ours, columns=columns)
    except BaseException:
        default_storage.delete(kept)
        raise
    if taken.again:
        default_storage.delete(kept)
    return taken


@transaction.atomic
def _store(
    file: BankFile, statements: list[Statement], *, is_ours: bool, columns: table.Columns | None
) -> Taken:
    """Store a file with all its layers, and write its new lines into the books."""
    accounts = _locked_accounts(file.host, statements, is_ours=is_ours)
    known = BankFile.objects.filter(host=file.host, sha256=file.sha256).first()
    if known is not None:  # somebody took it in while we read
        return _again(known)
    file.save()
    taken = [_take_statement(file, accounts[one.account, one.currency], one) for one in statements]
    if columns is not None and statements[0].family == table.FAMILY:
        _remember(accounts, file, columns)
    return Taken(file, tuple(taken))


def stored(content: IO[bytes]) -> str:
    """Keep a file encrypted, without holding all of it; return its name in the store."""
    with tempfile.TemporaryFile() as encrypted:
        encrypted.writelines(sealed(content))
        encrypted.seek(0)
        return str(default_storage.save(f"{FOLDER}/{ids.readable(20)}", File(encrypted)))


def _size(content: IO[bytes]) -> int:
    return content.seek(0, os.SEEK_END)


def _digest(content: IO[bytes]) -> bytes:
    """Return what a file is known by, without holding all of it."""
    digest = sha256()
    while piece := content.read(_PIECE_BYTES):
        digest.update(piece)
    return digest.digest()


def _again(file: BankFile) -> Taken:
    return Taken(file, tuple(file.statements.order_by("pk")), again=True)


def _locked_accounts(
    host: Host, statements: list[Statement], *, is_ours: bool
) -> dict[tuple[str, str], BankAccount]:
    """Return the accounts of these statements under a lock, so that one file comes at a time."""
    # No key is changed, so promises to this host go on meanwhile.
    list(Host.objects.select_for_update(of=("self",), no_key=True).filter(pk=host.pk))
    own = host.iban.replace(" ", "")
    found = {}
    for iban, currency in dict.fromkeys((one.account, one.currency) for one in statements):
        account = BankAccount.objects.filter(host=host, iban=iban, currency=currency).first()
        if account is None:
            if iban != own and not is_ours:
                raise NotOurAccount(iban=iban)
            account = BankAccount.objects.create(host=host, iban=iban, currency=currency)
        found[iban, currency] = account
    return found


def _take_statement(file: BankFile, account: BankAccount, told: Statement) -> BankStatement:
    first, last = _days(told)
    marked = same.marked(told.family, told.lines)
    new = _unknown(account, told.family, marked)
    statement = BankStatement(
        file=file,
        account=account,
        family=told.family,
        number=told.number,
        currency=told.currency,
        opening_minor=told.opening.amount.minor if told.opening else None,
        closing_minor=told.closing.amount.minor if told.closing else None,
        from_on=first,
        to_on=last,
        new_lines=len(new),
        known_lines=len(marked) - len(new),
        pending_lines=told.pending,
    )
    statement.gap_minor = queries.gap_before(statement)
    statement.save()
    lines = [_line(account, statement, line, marks) for line, marks in new]
    _open(account, statement)
    BankLine.objects.bulk_create(lines, batch_size=_AT_ONCE)
    booking.book(account, lines)
    _push_opening_back(account, statement, lines)
    return statement


def _days(told: Statement) -> tuple[date, date]:
    """Return the first and last day that a statement speaks of: its lines know best."""
    days = [line.booked_on for line in told.lines]
    if told.closing is not None:
        days.append(told.closing.on)
    days = days or [one for one in (told.from_on, told.to_on) if one]
    return min(days, default=clock.today()), max(days, default=clock.today())


def _unknown(
    account: BankAccount, family: str, marked: list[tuple[Line, Marks]]
) -> list[tuple[Line, Marks]]:
    """Return the lines that are not here yet, in this or another format."""
    if not marked:
        return []
    days = [line.booked_on for line, _ in marked]
    here = BankLine.objects.filter(account=account, booked_on__range=(min(days), max(days)))
    has_no_name = _has_no_name(marked)
    names, contents, whole = set(), set(), Counter[str]()
    for name, content, booking_name, minor, other in here.values_list(
        "name", "content", "booking", "amount_minor", "statement__family"
    ):
        names.add(name)
        whole[booking_name] += minor
        if other != family or name.startswith("content:") or has_no_name:
            contents.add(content)
    sums: Counter[str] = Counter()
    for line, marks in marked:
        sums[marks.booking] += line.amount.minor
    return [
        (line, marks)
        for line, marks in marked
        if marks.name not in names
        and marks.content not in contents
        and not (
            marks.booking and marks.booking in whole and whole[marks.booking] == sums[marks.booking]
        )
    ]


def _has_no_name(marked: Iterable[tuple[Line, Marks]]) -> bool:
    """Whether a file says nothing by which its bank would know its lines again."""
    return all(marks.name.startswith("content:") for _, marks in marked)


def _line(account: BankAccount, statement: BankStatement, line: Line, marks: Marks) -> BankLine:
    said = {
        "name": line.name, "iban": line.iban, "text": line.text, "reference": line.reference,
        "end_to_end": line.end_to_end_id, "reason": line.reason, "bank_ref": line.bank_ref,
        "original": line.original, "batch": line.batch,
    }  # fmt: skip
    return BankLine(
        uuid=ids.uuid7(),
        account=account,
        statement=statement,
        name=marks.name,
        content=marks.content,
        booking=marks.booking,
        amount_minor=line.amount.minor,
        currency=line.amount.currency,
        booked_on=line.booked_on,
        value_on=line.value_on,
        payer=blind(line.iban),
        said=json.dumps({what: words for what, words in said.items() if words}),
        code=line.code,
        is_return=line.is_return,
    )


def _open(account: BankAccount, statement: BankStatement) -> None:
    """Take over what the first statement with a balance begins with."""
    if account.opened_on is not None or statement.opening_minor is None:
        return
    account.opened_on, account.opening_minor = statement.from_on, statement.opening_minor
    account.save(update_fields=["opened_on", "opening_minor"])
    booking.open_books(account, opening_minor=statement.opening_minor, on=statement.from_on)


def _push_opening_back(
    account: BankAccount, statement: BankStatement, lines: list[BankLine]
) -> None:
    """Let older lines, taken in later, come out of the opening that they were a part of."""
    if account.opened_on is None or statement.from_on >= account.opened_on:
        return
    earlier = sum(one.amount_minor for one in lines if one.booked_on < account.opened_on)
    booking.correct_opening(
        account, minor=earlier, on=statement.from_on - timedelta(days=1), why=statement.pk
    )
    account.opened_on, account.opening_minor = statement.from_on, account.opening_minor - earlier
    account.save(update_fields=["opened_on", "opening_minor"])


def _remember(
    accounts: dict[tuple[str, str], BankAccount], file: BankFile, columns: table.Columns
) -> None:
    with file.file.open("rb") as kept:
        names = table.headers(reading.text_of(io.BytesIO(b"".join(opened(kept)))))
    for account in accounts.values():
        account.columns = {**account.columns, table.signature(names): columns.kept()}
        account.save(update_fields=["columns"])
