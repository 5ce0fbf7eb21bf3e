"""Scenes of the public log: money moves, and the sequencer takes it in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from commonweal.ledger.models import Transaction
from commonweal.people.models import Instance
from commonweal.transparency import queries
from commonweal.worker import log as worker
from commonweal_verify.audit import Audit
from commonweal_verify.memory import Memory
from commonweal_verify.sources import Folder
from crash import city
from web.conftest import Till

GIFTS_EACH = 130  # so that whole tiles come, too


def found() -> None:
    """Let there be a city whose log begins with the first gift."""
    city.found()
    Instance.objects.create(name="Test City", created_at="2026-01-01T00:00Z")


def give() -> int:
    """Move some money; return how many transactions there are."""
    till = Till(city.gardens(), city.commons())
    for _ in range(GIFTS_EACH):
        till.gift(1_00, who=city.somebody("alice"))
    return Transaction.objects.count()


def take_in(run: str) -> None:
    """Do a round of the worker: order, sums, leaves, signature, files."""
    while worker.grow():
        pass
    worker.publish()


def verify(memory: str) -> dict[str, Any]:
    """Check what is published now, as somebody who remembers every visit."""
    folder = Folder(settings.LOG_KEY.parent)
    result = Audit(folder, Memory(Path(memory))).run()
    newest = queries.checkpoint()
    return {
        "wrong": str(result.wrong or ""),
        "published": result.size,
        "signed": newest.size if newest else 0,
        "leaves": queries.size(),
        "audit": [str(one) for one in queries.discrepancies()],
    }
