"""The log as plain files that anyone may copy: written after commit, the checkpoint last."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from commonweal.transparency import queries
from commonweal.transparency.rules.tiles import tiles_of


def publish(*, claims: queries.Claims = dict) -> int:
    """Write what the newest checkpoint has and the published one had not; return how many files.

    `claims` returns the balances and totals that pages show; they are published beside it. The
    checkpoint is replaced last, so that it never speaks of a tile that is not there, and a kill
    half-way only means that some files are written again. Raises `BadNote` where the folder holds
    another log.
    """
    newest = queries.checkpoint()
    if newest is None:
        return 0
    seen = queries.published()
    note = queries.note(newest).encode()
    if seen and seen.size == newest.size and not _put("checkpoint", note):
        return 0
    before = seen.size if seen else 0
    files = {f"tile/{one.path}": queries.tile(one) for one in tiles_of(newest.size, beyond=before)}
    files["keys"] = queries.keys_file().encode()
    files["claims"] = queries.claimed(newest, claims)
    files["checkpoint"] = note
    return sum(_put(name, content) for name, content in files.items() if content)


def _put(name: str, content: bytes) -> bool:
    """Write a file unless it stands there already; return whether it was written."""
    store = storages["log"]
    if store.exists(name):
        with store.open(name) as file:
            if file.read() == content:
                return False
    store.save(name, ContentFile(content))
    return True
