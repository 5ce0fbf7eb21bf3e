"""The log's key: made once, kept in a file that only the server reads, handed over by signature."""

from __future__ import annotations

import inspect
import os
from pathlib import Path

from django.conf import settings
from django.db import transaction

from commonweal.foundation import clock
from commonweal.ledger.models import Sequencer
from commonweal.transparency import queries
from commonweal.transparency.models import Key
from commonweal.transparency.rules import notes

HANDOVER = "commonweal-key-handover/1"


class NotSigned(Exception):
    """Why nothing new is signed: told to whoever runs the server."""

    def __str__(self) -> str:
        """Return the sentence of the class."""
        return inspect.cleandoc(self.__doc__ or "")


class KeyMissing(NotSigned):
    """The private key of the log is not where it should be, so nothing new is signed.

    Put the key file back. If it is lost for good, read docs/operating/log.md.
    """


class OtherKey(NotSigned):
    """The key file holds another key than the one this log signs with, so nothing is signed."""


def signer() -> notes.Signer:
    """Return the key that signs; raises `KeyMissing` or `OtherKey`."""
    wanted = queries.verifier()
    for path in (settings.LOG_KEY, _next()):
        found = _read(path)
        if found and found.verifier == wanted:
            return found
    raise OtherKey if settings.LOG_KEY.exists() else KeyMissing


@transaction.atomic
def make_key(*, origin: str) -> None:
    """Make the first key of a log, named by its `origin`; do nothing where there is one."""
    if Key.objects.exists():
        return
    made = kept_key(settings.LOG_KEY, notes.ED25519, origin)
    Key.objects.create(number=0, verifier=str(made.verifier), since=0, at=clock.now())


@transaction.atomic
def rotate_key() -> Key:
    """Hand the log over to a new key, by a note that old and new sign; return the new one.

    It signs what is larger than the newest checkpoint. It is written beside the old key first and
    takes its place once the hand-over is certain, so that a crash leaves at least the key that is
    in force.
    """
    Sequencer.objects.select_for_update().get()  # nothing is signed meanwhile
    old = signer()
    if _read(_next()) == old:  # a crash kept it from its place: never delete the key in force
        _next().replace(settings.LOG_KEY)
    number = Key.objects.count()
    _next().unlink(missing_ok=True)
    new = _written(notes.Signer.made(old.name), _next())
    newest = queries.checkpoint()
    size = newest.size if newest else 0
    text = f"{HANDOVER}\n{old.name}\n{number}\n{size}\n{old.verifier}\n{new.verifier}\n"
    handover = notes.signed(text, [old, new])
    transaction.on_commit(lambda: _next().replace(settings.LOG_KEY))
    return Key.objects.create(
        number=number, verifier=str(new.verifier), handover=str(handover), since=size,
        at=clock.now(),
    )  # fmt: skip


def kept_key(path: Path, algorithm: int, name: str = "") -> notes.Signer:
    """Return the key in a file, made now where there is none; by default named as the log is."""
    known = queries.verifier()
    name = name or (known.name if known else "commonweal")
    return _read(path) or _written(notes.Signer.made(name, algorithm), path)


def _next() -> Path:
    return settings.LOG_KEY.with_suffix(".next")


def _read(path: Path) -> notes.Signer | None:
    try:
        return notes.Signer.read(path.read_text())
    except FileNotFoundError:
        return None


def _written(made: notes.Signer, path: Path) -> notes.Signer:
    """Write a key where nobody else can read it, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(made.secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return made
