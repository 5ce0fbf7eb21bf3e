"""What the log can be asked."""

from commonweal.transparency.queries.audit import discrepancies
from commonweal.transparency.queries.proofs import Proof, proof
from commonweal.transparency.queries.publication import (
    Claims,
    Unpublished,
    claimed,
    keys_file,
    note,
    published,
    shown,
    signer_of,
    tile,
)
from commonweal.transparency.queries.trees import (
    checkpoint,
    key_history,
    node,
    right_edge,
    size,
    verifier,
)
from commonweal.transparency.queries.witnesses import (
    cosignatures,
    watched,
    witness_verifier,
    witnesses,
    witnesses_to_ask,
)
from commonweal.transparency.queries.written import Written, written

__all__ = [
    "Claims",
    "Proof",
    "Unpublished",
    "Written",
    "checkpoint",
    "claimed",
    "cosignatures",
    "discrepancies",
    "key_history",
    "keys_file",
    "node",
    "note",
    "proof",
    "published",
    "right_edge",
    "shown",
    "signer_of",
    "size",
    "tile",
    "verifier",
    "watched",
    "witness_verifier",
    "witnesses",
    "witnesses_to_ask",
    "written",
]
