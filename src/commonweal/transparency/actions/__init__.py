"""What changes the log: it grows, is signed, published, and handed over to new keys."""

from commonweal.transparency.actions.extending import BehindWhatWasSeen, Forked, advance
from commonweal.transparency.actions.keys import (
    KeyMissing,
    NotSigned,
    OtherKey,
    make_key,
    rotate_key,
)
from commonweal.transparency.actions.publishing import publish
from commonweal.transparency.actions.witnessing import (
    NotCosigned,
    OtherSize,
    add_witness,
    ask_witnesses,
    cosign,
    watch,
)

__all__ = [
    "BehindWhatWasSeen",
    "Forked",
    "KeyMissing",
    "NotCosigned",
    "NotSigned",
    "OtherKey",
    "OtherSize",
    "add_witness",
    "advance",
    "ask_witnesses",
    "cosign",
    "make_key",
    "publish",
    "rotate_key",
    "watch",
]
