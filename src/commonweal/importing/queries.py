"""Questions about what was brought along: from where, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from commonweal.giving.models import Contribution
from commonweal.importing.models import History
from commonweal.importing.rules.export import RAIL, SOURCE


@dataclass(frozen=True)
class Origin:
    """Where a record came from, and when the newest part of its history was brought along."""

    name: str
    at: datetime


def origin(contribution: Contribution) -> Origin | None:
    """Return where a contribution was brought along from; None where it was given here."""
    if contribution.rail != RAIL:
        return None
    return Origin(SOURCE, History.objects.get(collective=contribution.collective_id).imported_at)
