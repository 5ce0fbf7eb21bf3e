"""What a server claims, held against what follows from the leaves."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from commonweal_verify.books import Books, Statement, Total
from commonweal_verify.leaves import commitment, parse
from commonweal_verify.merkle import leaf_hash
from commonweal_verify.problems import Wrong

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Claims:
    """Balances and totals as the pages have them, after the first `size` leaves."""

    size: int
    groups: Rows
    totals: Rows

    @classmethod
    def read(cls, content: bytes) -> Claims:
        """Read the file `claims`; raises `Wrong` where it makes no sense."""
        try:
            found = json.loads(content)
            return cls(int(found["size"]), list(found["groups"]), list(found["totals"]))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Wrong("claims", "The server's list of balances cannot be read.") from error

    def accounts(self, slug: str) -> list[str]:
        """Return the accounts of a group; raises `Wrong` where the server lists no such group."""
        try:
            for group in self.groups:
                if group["slug"] == slug:
                    return [str(one["id"]) for one in group["accounts"]]
        except (KeyError, TypeError) as error:
            raise Wrong("claims", "The server's list of groups cannot be read.") from error
        raise Wrong("claims", f"The server lists no group called {slug}.")

    def compare(self, books: Books) -> None:
        """Raise `Wrong` for the first balance or total that does not follow from the leaves."""
        listed = set()
        try:
            for group in self.groups:
                for row in group["accounts"]:
                    listed.add(row["id"])
                    _compare_balance(group["name"], row, books.statements.get(row["id"]))
                for row in group["totals"]:
                    key = f"{group['party']}:{row['currency']}"
                    _compare_total(group["name"], row, books.groups.get(key))
            for row in self.totals:
                _compare_total("the whole server", row, books.platform.get(row["currency"]))
        except (KeyError, TypeError, ValueError) as error:
            raise Wrong("claims", "The server's list of balances cannot be read.") from error
        hidden = set(books.statements) - listed
        if hidden:
            raise Wrong("claims", f"The pages list no balance of {min(hidden)}, which has money.")


def shown(content: bytes, first: int, hashes: list[bytes]) -> list[set[str]]:
    """Check what the pages show of some leaves; return which private fields each no longer shows.

    `hashes` are those of the leaves from `first` on.
    """
    try:
        rows: Rows = json.loads(content)["shown"]
        pairs = zip(rows, hashes, strict=False)
        gone = [_check(row, first + at, known) for at, (row, known) in enumerate(pairs)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Wrong("shown", "what the pages show cannot be read.", first) from error
    if len(gone) < len(hashes):
        raise Wrong("shown", "the pages do not show this transaction.", first + len(gone))
    return gone


def _check(row: dict[str, Any], index: int, known: bytes) -> set[str]:
    text = json.dumps(row["leaf"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if leaf_hash(text.encode(errors="replace")) != known:
        raise Wrong("shown", "the pages show something else than what was logged.", index)
    leaf = parse(text.encode())
    for name, (salt, value) in row["facts"].items():
        if leaf.commitments.get(name) != commitment(name, b64decode(salt), value):
            raise Wrong("shown", f"the pages show another {name} than what was logged.", index)
    return set(leaf.commitments) - set(row["facts"])


def _compare_balance(name: str, row: dict[str, Any], found: Statement | None) -> None:
    held = found or Statement()
    if (int(row["seq"]), int(row["balance"])) != (held.seq, held.balance):
        raise Wrong(
            "claims",
            f"The pages say that {name} holds {row['balance']} after {row['seq']} lines in "
            f"{row['id']}; the ledger gives {held.balance} after {held.seq}.",
        )


def _compare_total(name: str, row: dict[str, Any], found: Total | None) -> None:
    total = found or Total()
    if (int(row["raised"]), int(row["spent"])) != (total.raised, total.spent):
        raise Wrong(
            "claims",
            f"The pages say that {name} raised {row['raised']} and spent {row['spent']} "
            f"({row['currency']}, smallest units); the ledger gives {total.raised} and "
            f"{total.spent}.",
        )
