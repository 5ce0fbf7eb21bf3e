"""A receipt: one transaction and the proof that it is in the log, checked without a network."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from commonweal_verify import keys, leaves
from commonweal_verify.merkle import leaf_hash, root_by_path
from commonweal_verify.notes import SignedNote
from commonweal_verify.problems import Wrong


@dataclass(frozen=True)
class Receipt:
    """What a good receipt proves."""

    origin: str
    fingerprint: str
    index: int
    size: int
    leaf: leaves.Leaf
    facts: dict[str, str]


def check(content: bytes, trusted: str = "") -> Receipt:
    """Return what a receipt proves; raises `Wrong` where it proves nothing."""
    try:
        found: dict[str, Any] = json.loads(content)
        body = str(found["leaf"]).encode()
        index, path = int(found["index"]), [b64decode(one) for one in found["proof"]]
        note = SignedNote.parse(str(found["checkpoint"]).encode())
        facts = {
            name: (b64decode(salt), str(text)) for name, (salt, text) in found["facts"].items()
        }
        listed = json.dumps({"keys": found["keys"]}).encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Wrong("receipt", "This file is no receipt, or was not copied whole.") from error
    head, key = keys.head(note, keys.chain(listed, [trusted] if trusted else []))
    leaf = leaves.parse(body)
    if root_by_path(leaf_hash(body), index, head.size, path) != head.root:
        raise Wrong("receipt", "The proof does not lead to the root that was signed.")
    for name, (salt, text) in facts.items():
        if leaf.commitments.get(name) != leaves.commitment(name, salt, text):
            raise Wrong("receipt", f"The {name} on it is not the one that was logged.")
    told = {name: text for name, (_salt, text) in facts.items()}
    return Receipt(head.origin, key.fingerprint, index, head.size, leaf, told)
