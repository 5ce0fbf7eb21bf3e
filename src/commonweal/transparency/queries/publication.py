"""The log as others read it: the bytes of its files, and what was published last."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.storage import storages
from django.db import transaction

from commonweal.ledger.models import Sequencer
from commonweal.transparency.models import Checkpoint, Key, Leaf
from commonweal.transparency.queries.trees import checkpoint, hashes, key_history
from commonweal.transparency.queries.written import Written, written
from commonweal.transparency.rules import leaves, notes
from commonweal.transparency.rules.tiles import WIDTH, Tile, bundle
from commonweal.transparency.rules.tree import HASH_BYTES

type Claims = Callable[[], Mapping[str, object]]


class Unpublished(LookupError):
    """No checkpoint speaks of this tile yet."""


def tile(wanted: Tile) -> bytes:
    """Return the bytes of a tile or bundle; raises `Unpublished` beyond the newest checkpoint."""
    newest = checkpoint()
    if newest is None or wanted.size > newest.size:
        raise Unpublished(wanted.path)
    if wanted.level is not None:
        return hashes(wanted.level, wanted.n)[: wanted.width * HASH_BYTES]
    first = wanted.n * WIDTH
    rows = Leaf.objects.filter(position__range=(first, first + wanted.width - 1))
    return bundle(bytes(one) for one in rows.order_by("position").values_list("body", flat=True))


def note(newest: Checkpoint) -> str:
    """Return a checkpoint as it is published: signed by us, and by who has witnessed it."""
    lines = newest.cosignatures.order_by("witness_id").values_list("line", flat=True)
    return newest.note + "".join(lines)


def shown(number: int) -> bytes:
    """Return what pages show of the leaves of bundle `number`, from the books and not the log.

    JSON: a list of `leaf`, as the books would write it today, and `facts`, by field the salt and
    the value of what is private and may be shown. Raises `Unpublished` where there are no leaves.
    """
    first, newest = number * WIDTH, checkpoint()
    if newest is None or first >= newest.size:
        raise Unpublished(str(number))
    last = min(first + WIDTH, newest.size)
    logged = Leaf.objects.filter(position__range=(first, last - 1)).order_by("position")
    bodies = [json.loads(bytes(body)) for body in logged.values_list("body", flat=True)]
    rows = [_shown(one, body) for one, body in zip(written(first, last), bodies, strict=False)]
    return json.dumps({"shown": rows}, ensure_ascii=False).encode()


def _shown(one: Written, logged: dict[str, Any]) -> dict[str, object]:
    """Take from the log only the commitments to what was erased: nothing else can know them."""
    leaf = json.loads(leaves.body(one.record))
    erased = {field: text for field, text in logged["c"].items() if field not in one.facts}
    leaf["c"] = {**leaf["c"], **erased}
    return {"leaf": leaf, "facts": salted(one)}


def salted(one: Written) -> dict[str, list[str]]:
    """Return a transaction's private facts as JSON has them: by field, salt in base64 and value."""
    return {field: [b64encode(salt).decode(), text] for field, (salt, text) in one.facts.items()}


def keys_file() -> str:
    """Return every public key this log had and the notes that handed it over, as JSON."""
    return json.dumps({"keys": key_rows()}, indent=1) + "\n"


def key_rows() -> list[dict[str, object]]:
    """Return every public key this log had, with the notes that handed it over."""
    return [_told(one) for one in key_history()]


def signer_of(newest: Checkpoint) -> notes.Verifier:
    """Return the public key that signed a checkpoint: after a hand-over, still the old one."""
    note = notes.Note.read(newest.note)
    keys = [notes.Verifier.read(one.verifier) for one in key_history()]
    return next(one for one in reversed(keys) if note.signed_by(one))


def published() -> notes.Checkpoint | None:
    """Return the checkpoint that was published last, or None where nothing was.

    Raises `BadNote` where none of this log's keys signed it.
    """
    try:
        with storages["log"].open("checkpoint") as file:
            found = notes.Note.read(file.read().decode())
    except FileNotFoundError:
        return None
    verifiers = [notes.Verifier.read(one.verifier) for one in key_history()]
    if not any(found.signed_by(one) for one in verifiers):
        raise notes.BadNote("the published checkpoint is not one of this log")
    return notes.Checkpoint.read(found.text)


@transaction.atomic
def claimed(newest: Checkpoint, claims: Claims) -> bytes:
    """Return what pages show after exactly `newest`, or b"" where they show more by now.

    `claims` returns the balances and totals of the pages. The sequencer waits meanwhile, so that
    all of it is of one moment.
    """
    if Sequencer.objects.select_for_update().get().next_position != newest.size:
        return b""
    return json.dumps({"size": newest.size, **claims()}, ensure_ascii=False).encode()


def _told(key: Key) -> dict[str, object]:
    return {"verifier": key.verifier, "since": key.since, "handover": key.handover}
