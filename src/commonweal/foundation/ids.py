"""Ids: time-ordered random ones, and ones derived from what they stand for."""

import os
import secrets
import uuid

from commonweal.foundation import clock

_OURS = uuid.UUID("6f1c5d0e-4a6b-5b8f-9a5e-2f3d8c1b7a90")
_READABLE = "23456789abcdefghjkmnpqrstvwxyz"


def uuid7() -> uuid.UUID:
    """Return a UUID version 7 (RFC 9562): milliseconds since 1970, then random bits."""
    milliseconds = int(clock.now().timestamp() * 1000)
    value = milliseconds << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def key(*parts: object) -> uuid.UUID:
    """Return the one UUID for these words: the idempotency key of what they name."""
    return uuid.uuid5(_OURS, "\x1f".join(str(part) for part in parts))


def readable(length: int = 10) -> str:
    """Return a random name without look-alike letters, for addresses people may type."""
    return "".join(secrets.choice(_READABLE) for _ in range(length))
