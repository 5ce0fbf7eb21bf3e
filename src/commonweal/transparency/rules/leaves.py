"""A transaction as the log keeps it: the canonical bytes of `leaf/1`, and commitments.

docs/concepts/leaf-1.md is the specification. The bytes are JSON as RFC 8785 writes it, of a shape
so plain (ASCII keys, whole numbers within ±10^15, strings) that sorted keys without spaces suffice.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import UUID

FORMAT = "leaf/1"


@dataclass(frozen=True, slots=True)
class Line:
    """An entry: `amount` in minor units of the currency that the account's id ends in.

    Guarded accounts have `seq` and `balance_after`, which make their statement provably complete.
    """

    account: str
    kind: int
    amount: int
    seq: int | None = None
    balance_after: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A transaction without anything personal: `commitments` stand for what is."""

    key: UUID
    kind: int
    at: datetime
    effective_on: date
    lines: Sequence[Line]
    host: int | None = None
    category: str = ""
    reverses: UUID | None = None
    refs: Mapping[str, str] = field(default_factory=dict)
    commitments: Mapping[str, str] = field(default_factory=dict)


def body(record: Record) -> bytes:
    """Return the bytes of a leaf."""
    shape = {
        "v": FORMAT,
        "id": str(record.key),
        "kind": record.kind,
        "at": record.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "eff": record.effective_on.isoformat(),
        "p": [_line(one) for one in record.lines],
        "refs": dict(record.refs),
        "c": dict(record.commitments),
    }
    if record.host is not None:
        shape["host"] = record.host
    if record.category:
        shape["cat"] = record.category
    if record.reverses:
        shape["rev"] = str(record.reverses)
    text = json.dumps(shape, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def commitment(name: str, salt: bytes, value: str) -> str:
    """Return what stands in a leaf for a private value: a hash that only its salt can open."""
    content = b"\0".join([b"commit/1", name.encode(), salt + value.encode()])
    return urlsafe_b64encode(sha256(content).digest()).decode().rstrip("=")


def _line(line: Line) -> list[object]:
    """Balances are strings: they may be larger than what every reader of JSON holds exactly."""
    row: list[object] = [line.account, line.kind, line.amount]
    return row if line.seq is None else [*row, line.seq, str(line.balance_after)]
