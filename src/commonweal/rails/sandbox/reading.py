"""What the pretend pages send."""

from __future__ import annotations

import json
from uuid import UUID

from commonweal.payments.port import NotUnderstood


def read(raw: bytes) -> tuple[UUID, str]:
    """Return the key of a payment and what the giver chose; raise `NotUnderstood` otherwise."""
    try:
        sent = json.loads(raw)
        return UUID(sent["key"]), str(sent["card"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotUnderstood("this is not a pretend choice") from error
