"""The result in plain words on one screen, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from commonweal_verify.audit import Result
from commonweal_verify.leaves import Leaf
from commonweal_verify.receipts import Receipt

GOOD, BAD, APART = "✓", "✗", "·"
_MINOR = {"JPY": 0, "KRW": 0, "CLP": 0, "XOF": 0, "XAF": 0, "KWD": 3, "BHD": 3, "TND": 3, "JOD": 3}


def words(result: Result) -> str:
    """Return the report of a visit."""
    lines = [f"{result.origin or 'A log'}, read from {result.source}", ""]
    if result.wrong:
        lines += [f"{BAD} {result.wrong}", "", *_advice()]
        return "\n".join(lines)
    lines += [f"{GOOD} {line}" for line in _proved(result)]
    lines += [f"{APART} {line}" for line in _apart(result)]
    if result.lines:
        lines += ["", *_statement(result)]
    lines += [
        "",
        "Not proved: that a receipt is genuine, or that nothing was left out of the books.",
    ]
    return "\n".join(lines)


def receipt_words(receipt: Receipt) -> str:
    """Return what a receipt proves."""
    facts = [f"{GOOD} {name}: {value}" for name, value in sorted(receipt.facts.items())]
    return "\n".join([
        f"A receipt of {receipt.origin}", "",
        f"{GOOD} Signed by the key {receipt.fingerprint}: compare it with the one you know.",
        f"{GOOD} Transaction {receipt.leaf.key} is number {receipt.index} of {receipt.size}.",
        f"{GOOD} {_told(receipt.leaf)}",
        *facts,
    ])  # fmt: skip


def printable(text: str) -> str:
    """Return a text without what could move the cursor: the server that is checked chose names."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "?" for sign in text)


def machine(result: Result) -> str:
    """Return the same for machines."""
    found: dict[str, Any] = asdict(result)
    found["wrong"] = None
    if result.wrong:
        wrong = result.wrong
        found["wrong"] = {"what": wrong.what, "sentence": str(wrong), "leaf": wrong.index}
    found["lines"] = [
        {"leaf": index, "id": leaf.key, "on": leaf.effective_on, "line": line.seq,
         "amount": line.amount, "balance": str(line.balance), "currency": line.currency}
        for index, leaf, line in result.lines
    ]  # fmt: skip
    return json.dumps({"ok": result.wrong is None, **found}, indent=1)


def _proved(result: Result) -> Iterator[str]:
    known = "the key you know" if result.is_known_key else "a key seen for the first time"
    yield f"Signed by {known}: {result.fingerprint}"
    new = result.size - result.seen_before
    yield f"{result.size:,} transactions make the signed tree; {new:,} are new to you"
    if result.seen_before:
        yield f"None of the {result.seen_before:,} that you saw before was changed or removed"
    yield f"Every transaction adds up to zero: {result.entries:,} entries"
    yield (
        f"{result.statements:,} statements are numbered without a gap, each balance follows from "
        "the one before, and nobody spent more than they held"
    )
    if result.claims is not None:
        yield f"The pages of {result.claims:,} groups and of the whole server claim the same"
    if result.shown:
        yield f"What the pages show of {result.shown:,} transactions is what was logged"
    for witness in result.witnesses:
        yield f"{witness} has seen the same ledger, and signed that"


def _apart(result: Result) -> Iterator[str]:
    if not result.is_known_key:
        yield "Compare the key with its fingerprint on the server's page /verify, or elsewhere"
    if result.claims is None:
        yield "Balances on pages were not compared: none were given for what was read"
    if not result.shown:
        yield "What pages show was not compared: this is a copy of the log alone"
    if result.forgotten:
        yield f"{result.forgotten:,} transactions no longer show a name or text: it was erased"
    yield f"{result.received:,} bytes read"


def _statement(result: Result) -> Iterator[str]:
    yield "The whole statement, in the order of its lines:"
    for _index, leaf, line in sorted(result.lines, key=lambda one: (one[2].account, one[2].seq)):
        amount, balance = _money(line.amount, line.currency), _money(line.balance, line.currency)
        yield f"{line.seq:>6}  {leaf.effective_on}  {amount:>14}  {balance:>14} {line.currency}"


def _told(leaf: Leaf) -> str:
    parts = [f"{line.account} {_money(line.amount, line.currency)}" for line in leaf.lines]
    return f"On {leaf.effective_on}: " + ", ".join(parts)


def _money(minor: int | None, currency: str) -> str:
    """Write smallest units as people do: two decimals, but for the currencies that differ."""
    if minor is None:
        return ""
    digits = _MINOR.get(currency, 2)
    whole, rest = divmod(abs(minor), 10**digits)
    tail = f".{rest:0{digits}}" if digits else ""
    return f"{'-' if minor < 0 else ''}{whole:,}{tail}"


def _advice() -> list[str]:
    return [
        "Run it once more: a page may have changed while it was read. If it says the same again,",
        "keep the folder of this verifier, ask whoever runs the server, and tell others.",
    ]
