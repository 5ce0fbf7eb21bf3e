"""Who has seen this log, and whom we watch."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from commonweal.foundation import clock
from commonweal.transparency.models import Checkpoint, Cosignature, Watched, Witness
from commonweal.transparency.rules import notes

PATIENCE = timedelta(minutes=1)
# Also one that has signed already: after a restore it may know more than we do.
ASKED_ANYWAY = timedelta(hours=1)


def cosignatures(newest: Checkpoint) -> list[Cosignature]:
    """Return who has witnessed a checkpoint."""
    return list(newest.cosignatures.select_related("witness").order_by("witness_id"))


def witnesses_to_ask(newest: Checkpoint) -> list[Witness]:
    """Return the witnesses to send a checkpoint to now."""
    signed = Exists(Cosignature.objects.filter(checkpoint=newest, witness=OuterRef("pk")))
    lately, today = clock.now() - PATIENCE, clock.now() - ASKED_ANYWAY
    due = (
        Q(asked_at=None)
        | Q(asked_at__lt=today)
        | (~signed & (Q(trouble="") | Q(asked_at__lt=lately)))
    )
    return list(Witness.objects.filter(due).order_by("pk"))


def witnesses() -> list[Witness]:
    """Return everybody we ask, with what they said last."""
    return list(Witness.objects.order_by("pk"))


def watched() -> list[Watched]:
    """Return the logs that we are a witness for."""
    return list(Watched.objects.order_by("origin"))


def witness_verifier() -> notes.Verifier | None:
    """Return the public key that we cosign with, or None before we did for the first time."""
    try:
        return notes.Signer.read(settings.LOG_KEY.with_name("witness.key").read_text()).verifier
    except FileNotFoundError:
        return None
