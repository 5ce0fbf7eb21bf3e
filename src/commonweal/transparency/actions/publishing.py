"""The log as plain files that anyone may copy: written after commit, the checkpoint last."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from commonweal.transparency import queries
from commonweal.transparency.actions.extending import BehindWhatWasSeen, Forked
from commonweal.transparency.rules import tree
from commonweal.transparency.rules.tiles import tiles_of


def publish(*, claims: queries.Claims | None = None) -> int:
    """Write what the newest checkpoint has and the published one had not; return how many files.

    `claims` returns the balances and totals that pages show, to be published beside it. The
    checkpoint is replaced last, so that it never speaks of a tile that is not there, and a kill
    half-way only means that some files are written again. What was published is never replaced by
    less or by another history: that raises `BehindWhatWasSeen`, `Forked`, or `BadNote` where the
    folder holds another log.
    """
    newest = queries.checkpoint()
    if newest is None:
        return 0
    seen = queries.published()
    if seen and seen.size > newest.size:
        raise BehindWhatWasSeen
    if seen and tree.root(seen.size, queries.node()) != seen.root:
        raise Forked
    note = queries.note(newest).encode()
    if seen and seen.size == newest.size and not _put("checkpoint", note):
        return 0
    written = 0
    for tile in tiles_of(newest.size, beyond=seen.size if seen else 0):
        written += _put(f"tile/{tile.path}", queries.tile(tile))
    written += _put("keys", queries.keys_file().encode())
    if claims and (claimed := queries.claimed(newest, claims)):
        written += _put("claims", claimed)
    return written + _put("checkpoint", note)


def _put(name: str, content: bytes) -> bool:
    """Write a file unless it stands there already; return whether it was written."""
    store = storages["log"]
    if store.exists(name):
        with store.open(name) as file:
            if file.read() == content:
                return False
    store.save(name, ContentFile(content))
    return True
