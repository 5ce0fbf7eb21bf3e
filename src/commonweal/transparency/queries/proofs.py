"""That one transaction is in the log: what a page shows and what a receipt carries."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from commonweal.transparency.models import Checkpoint, Leaf
from commonweal.transparency.queries.publication import key_rows, note, salted
from commonweal.transparency.queries.trees import checkpoint, node
from commonweal.transparency.queries.written import written
from commonweal.transparency.rules import tree


@dataclass(frozen=True)
class Proof:
    """The leaf of a transaction, and the hashes that lead from it to a signed root.

    `facts` are the private values behind the leaf's commitments: by field, salt and value.
    """

    index: int
    body: str
    path: list[bytes]
    checkpoint: Checkpoint
    note: str
    facts: dict[str, list[str]]

    def receipt(self) -> dict[str, object]:
        """Return the proof as a file that can be checked without this server."""
        return {
            "v": "receipt/1", "leaf": self.body, "index": self.index,
            "proof": [b64encode(one).decode() for one in self.path],
            "checkpoint": self.note, "keys": key_rows(), "facts": self.facts,
        }  # fmt: skip


def proof(index: int | None) -> Proof | None:
    """Return the proof of a leaf by its position, or None while no checkpoint covers it."""
    newest = checkpoint()
    if newest is None or index is None or index >= newest.size:
        return None
    [one] = written(index, index + 1)
    return Proof(
        index=index,
        body=bytes(Leaf.objects.values_list("body", flat=True).get(position=index)).decode(),
        path=tree.inclusion(index, newest.size, node()),
        checkpoint=newest,
        note=note(newest),
        facts=salted(one),
    )
