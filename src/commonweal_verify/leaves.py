"""Reading `leaf/1`: one transaction, strictly as docs/concepts/leaf-1.md describes it."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from commonweal_verify.problems import Wrong

MOST = 10**15  # minor units in one entry
FEES = (2, 3, 4)  # of the host, the payment, the platform
GUARDED = ("funds", "host_funds")
BROUGHT = ("backers", "payees")  # whoever gave or was paid, in a history from elsewhere
_KEYS = {"v", "id", "kind", "at", "eff", "p", "refs", "c"}
_MORE_KEYS = {"host", "cat", "rev"}
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ACCOUNT = re.compile(r"[a-z_]+(?::[0-9]+)*(?::[a-z][a-z0-9_-]*)?:[A-Z]{3}")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_WHOLE = re.compile(r"-?[1-9]\d{0,30}|0")
_SHORT, _LONG = 3, 5


@dataclass(frozen=True, slots=True)
class Line:
    """One account's part, in minor units; `seq` and `balance` only for guarded accounts."""

    account: str
    kind: int
    amount: int
    seq: int | None
    balance: int | None

    @property
    def purpose(self) -> str:
        """Return what the account is for."""
        return self.account.partition(":")[0]

    @property
    def party(self) -> int:
        """Return the number of the group or organization that the account belongs to."""
        return int(self.account.split(":")[1])

    @property
    def currency(self) -> str:
        """Return the three letters of ISO 4217."""
        return self.account[-3:]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A transaction; `commitments` are hashes of what is personal, by the name of the field."""

    key: str
    kind: int
    at: str
    effective_on: str
    host: int | None
    category: str
    reverses: str
    refs: Mapping[str, str]
    commitments: Mapping[str, str]
    lines: tuple[Line, ...]

    @property
    def is_brought(self) -> bool:
        """Return whether it is history from elsewhere, where a balance may have been negative."""
        return any(line.purpose in BROUGHT for line in self.lines)


def commitment(name: str, salt: bytes, value: str) -> str:
    """Return the hash that stands in a leaf for a private value."""
    digest = sha256(b"commit/1\0" + name.encode() + b"\0" + salt + value.encode()).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def parse(body: bytes) -> Leaf:
    """Return the transaction in a leaf; raises `Wrong` unless it is canonical and whole."""
    try:
        found = json.loads(body)
        again = json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    except (ValueError, RecursionError) as error:
        raise Wrong("format", "it is not JSON.") from error
    if again.encode(errors="replace") != body or not isinstance(found, dict):
        raise Wrong("format", "its bytes are not the canonical ones.")
    if found.get("v") != "leaf/1":
        raise Wrong("format", "it is in a format that this verifier does not know.")
    if not _KEYS <= found.keys() <= _KEYS | _MORE_KEYS:
        raise Wrong("format", "its fields are not those of leaf/1.")
    return Leaf(
        key=_matching(found["id"], _ID),
        kind=_number(found["kind"], 1, 99),
        at=_moment(found["at"]),
        effective_on=_day(found["eff"]),
        host=_number(found["host"], 1, MOST) if "host" in found else None,
        category=_text(found["cat"]) if "cat" in found else "",
        reverses=_matching(found["rev"], _ID) if "rev" in found else "",
        refs=_texts(found["refs"]),
        commitments=_texts(found["c"]),
        lines=tuple(_line(row) for row in _list(found["p"])),
    )


def _line(row: Any) -> Line:
    wide = isinstance(row, list) and len(row) in {_SHORT, _LONG}
    if not wide:
        raise Wrong("format", "one of its lines makes no sense.")
    account = _matching(row[0], _ACCOUNT)
    line = Line(
        account=account,
        kind=_number(row[1], 1, 99),
        amount=_number(row[2], -MOST, MOST),
        seq=_number(row[3], 1, MOST) if len(row) == _LONG else None,
        balance=int(_matching(row[4], _WHOLE)) if len(row) == _LONG else None,
    )
    if (line.purpose in GUARDED) is (line.seq is None):
        raise Wrong("format", f"{account} must have a line number and a balance, or must not.")
    return line


def _number(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise Wrong("format", "one of its numbers is out of bounds.")
    return value


def _matching(value: Any, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise Wrong("format", f"{str(value)[:60]!r} should not stand there.")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong("format", "something that should be text is not.")
    return value


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise Wrong("format", "something that should be fields is not.")
    return {name: _text(one) for name, one in value.items()}


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Wrong("format", "something that should be a list is not.")
    return value


def _day(value: Any) -> str:
    try:
        date.fromisoformat(_text(value))
    except ValueError as error:
        raise Wrong("format", "its day is none.") from error
    return str(value)


def _moment(value: Any) -> str:
    text = _matching(value, _AT)
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise Wrong("format", "its time is none.") from error
    return text
