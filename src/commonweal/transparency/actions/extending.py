"""The sequencer's second half: leaves, tree and checkpoint, in the transaction that gives order."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Max

from commonweal.foundation import clock
from commonweal.ledger import actions as ledger
from commonweal.transparency import queries
from commonweal.transparency.actions.keys import NotSigned, signer
from commonweal.transparency.models import Checkpoint, Key, Tile, Witness
from commonweal.transparency.rules import leaves, notes, tree
from commonweal.transparency.rules.tiles import Edge

BATCH = 1000

_ADD = """
INSERT INTO transparency_leaf (position, body, hash)
SELECT %s + n - 1, body, hash FROM unnest(%s::bytea[], %s::bytea[])
WITH ORDINALITY AS added (body, hash, n)
"""


class Forked(NotSigned):
    """What stands here is not what was published, so nothing new is signed.

    Restore a newer backup, or read docs/operating/log.md.
    """


class BehindWhatWasSeen(NotSigned):
    """More was published, or seen by a witness, than stands here, so nothing new is signed.

    This happens after an older backup was restored: restore a newer one.
    """


def advance(*, most: int = BATCH) -> int:
    """Give up to `most` transactions their order, add them up, make leaves of them, and sign.

    All in one transaction; two at once wait for each other. Returns how many leaves came; 0 means
    that everything visible is in the tree. It signs only once all that is visible is in: between
    batches a tree may hold an account's line 2 and not yet its line 1. Where signing is refused
    the leaves stay, and `Forked`, `BehindWhatWasSeen` or what `signer` raises says why.
    """
    reason = None
    with transaction.atomic():
        placed = ledger.advance(most=most)
        added = _extend(most)
        if max(placed, added) < most and Key.objects.exists():
            reason = _try_to_sign()
    if reason:
        raise reason
    return added


def _extend(most: int) -> int:
    size = queries.size()
    bodies = [leaves.body(one.record) for one in queries.written(size, size + most)]
    if bodies:
        _add(queries.right_edge(), bodies)
    return len(bodies)


def _try_to_sign() -> NotSigned | None:
    """Sign what is not signed yet; return why that cannot be, if it cannot."""
    last, edge = queries.checkpoint(), queries.right_edge()
    if edge.size == (last.size if last else 0):
        return None
    try:
        key = signer()
        _refuse_fork(edge, last)
    except NotSigned as reason:
        return reason
    text = notes.Checkpoint(origin=key.name, size=edge.size, root=edge.root).text
    note = str(notes.signed(text, [key]))
    Checkpoint.objects.create(size=edge.size, root=edge.root, note=note, at=clock.now())
    return None


def _refuse_fork(edge: Edge, last: Checkpoint | None) -> None:
    """Hold the tree against the checkpoints that others may have: signed, published, witnessed."""
    known = [(last.size, bytes(last.root))] if last else []
    try:
        seen = queries.published()
    except notes.BadNote as error:
        raise Forked from error
    if seen:
        known.append((seen.size, seen.root))
    witnessed = Witness.objects.aggregate(most=Max("size"))["most"] or 0
    if edge.size < max([witnessed, *(size for size, _root in known)]):
        raise BehindWhatWasSeen
    node = queries.node()
    if any(tree.root(size, node) != root for size, root in known):
        raise Forked


def _add(edge: Edge, bodies: Sequence[bytes]) -> None:
    hashes = [tree.leaf_hash(body) for body in bodies]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [edge.size, list(bodies), hashes])
    Tile.objects.bulk_create(
        Tile(level=one.level, n=one.n, data=one.data, root=one.root) for one in edge.grow(hashes)
    )
