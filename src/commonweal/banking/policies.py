"""Who may read and sort what the bank says."""

from __future__ import annotations

from commonweal.hosting import policies as hosting
from commonweal.hosting.models import Host
from commonweal.people.models import Party


def may_handle(person: Party | None, host: Host) -> bool:
    """Whether this person may take in statements and place lines: the host's money handlers."""
    return hosting.may_handle_money(person, host)
