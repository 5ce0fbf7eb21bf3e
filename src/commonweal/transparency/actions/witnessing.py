"""Witnesses: others who cosign our checkpoints, and whose checkpoints we cosign.

The protocol is C2SP tlog-witness. A witness signs that a tree only grew since the last one it saw.
So a log that shows two people two histories needs a witness that lies with it.
"""

from __future__ import annotations

import urllib.error
import urllib.request

from django.conf import settings
from django.db import transaction

from commonweal.foundation import clock
from commonweal.transparency import queries
from commonweal.transparency.actions.keys import kept_key
from commonweal.transparency.models import Checkpoint, Cosignature, Watched, Witness
from commonweal.transparency.rules import notes, tree
from commonweal.transparency.rules.requests import Request

PATIENCE_S = 10
_LONGEST_ANSWER = 64 * 1024
_CONFLICT = 409


class NotCosigned(Exception):
    """We do not cosign this. `status` is what tlog-witness says to answer."""

    status = 400


class UnknownLog(NotCosigned):
    """This witness does not watch the log of that name."""

    status = 404


class NotTheirs(NotCosigned):
    """The checkpoint is not signed by the key that this witness knows the log by."""

    status = 403


class Inconsistent(NotCosigned):
    """The proof does not show that the log only grew."""

    status = 422


class OtherSize(NotCosigned):
    """The log believes that this witness has seen another size; `size` is what it saw."""

    status = _CONFLICT

    def __init__(self, size: int) -> None:
        """Say which size was seen."""
        super().__init__(size)
        self.size = size


@transaction.atomic
def watch(*, verifier: str) -> None:
    """Be a witness for the log that has this public key, from its next checkpoint on."""
    key = notes.Verifier.read(verifier)
    Watched.objects.get_or_create(origin=key.name, defaults={"verifier": str(key)})
    _own_key()


@transaction.atomic
def add_witness(*, verifier: str, address: str) -> None:
    """Ask the witness with this public key to cosign our checkpoints from now on."""
    key = notes.Verifier.read(verifier)
    Witness.objects.update_or_create(verifier=str(key), defaults={"address": address.rstrip("/")})


@transaction.atomic
def cosign(*, request: Request) -> str:
    """Return our signature line under another log's checkpoint; raises `NotCosigned`.

    What was seen is committed before the line can leave, so a crash never lets us sign two trees.
    """
    asked = notes.Checkpoint.read(request.note.text)
    watched = Watched.objects.select_for_update().filter(origin=asked.origin).first()
    if watched is None:
        raise UnknownLog
    if not request.note.signed_by(notes.Verifier.read(watched.verifier)):
        raise NotTheirs
    if request.old > asked.size:
        raise NotCosigned
    if request.old != watched.size:
        raise OtherSize(watched.size)
    _refuse_rewriting(request, watched, asked)
    Watched.objects.filter(pk=watched.pk).update(
        size=asked.size, root=asked.root, note=str(request.note), at=clock.now()
    )
    return _own_key().signature(request.note.text, at=int(clock.now().timestamp()))


def ask_witnesses() -> int:
    """Send our newest checkpoint to every witness that has not cosigned it; return how many did.

    A witness that could not be reached, or did not sign, is asked again a little later.
    """
    newest = queries.checkpoint()
    if newest is None:
        return 0
    return sum(_asked(one, newest) for one in queries.witnesses_to_ask(newest))


def _own_key() -> notes.Signer:
    return kept_key(settings.LOG_KEY.with_name("witness.key"), notes.COSIGNATURE)


def _refuse_rewriting(request: Request, watched: Watched, asked: notes.Checkpoint) -> None:
    if watched.size == 0:
        if request.proof:
            raise Inconsistent
    elif watched.size == asked.size:
        if bytes(watched.root) != asked.root:
            raise OtherSize(watched.size)
    elif not tree.is_consistent(
        watched.size, bytes(watched.root), asked.size, asked.root, request.proof
    ):
        raise Inconsistent


def _asked(witness: Witness, newest: Checkpoint) -> bool:
    """Ask one witness; on a conflict once more, from the size that it says it has seen."""
    status, answer = _posted(witness, newest)
    if status == _CONFLICT and answer.strip().isdigit():
        witness.size = int(answer[:19])
        if witness.size <= newest.size:
            status, answer = _posted(witness, newest)
    line = _line(witness, newest, answer) if status == 200 else ""  # noqa: PLR2004
    witness.trouble = "" if line else f"{status}: {answer.strip()[:200]}"
    witness.size = newest.size if line else witness.size
    witness.asked_at = clock.now()
    with transaction.atomic():
        witness.save(update_fields=["size", "trouble", "asked_at"])
        if line:
            Cosignature.objects.update_or_create(
                checkpoint_id=newest.size, witness=witness,
                defaults={"line": line, "at": clock.now()},
            )  # fmt: skip
    return bool(line)


def _posted(witness: Witness, newest: Checkpoint) -> tuple[int, str]:
    """Return status and text of the answer; status 0 where there was none."""
    proof = []
    if 0 < witness.size <= newest.size:
        proof = tree.consistency(witness.size, newest.size, queries.node())
    note = notes.Note.read(newest.note)
    body = str(Request(old=witness.size, proof=proof, note=note)).encode()
    post = urllib.request.Request(f"{witness.address}/add-checkpoint", body, method="POST")  # noqa: S310 - set by whoever runs the server
    try:
        with urllib.request.urlopen(post, timeout=PATIENCE_S) as answer:  # noqa: S310
            return answer.status, answer.read(_LONGEST_ANSWER).decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read(_LONGEST_ANSWER).decode(errors="replace")
    except OSError as error:
        return 0, str(error)


def _line(witness: Witness, newest: Checkpoint, answer: str) -> str:
    """Return the witness's line if it is right, or ""."""
    try:
        note = notes.Note.read(newest.note.partition("\n\n")[0] + "\n\n" + answer)
        return note.signed_by(notes.Verifier.read(witness.verifier))
    except notes.BadNote:
        return ""
