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

__all__ = [
    "BehindWhatWasSeen",
    "Forked",
    "KeyMissing",
    "NotSigned",
    "OtherKey",
    "advance",
    "make_key",
    "publish",
    "rotate_key",
]
