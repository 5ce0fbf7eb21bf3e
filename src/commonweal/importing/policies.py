"""Who may bring a history along."""

from __future__ import annotations

from commonweal.hosting.models import Host
from commonweal.hosting.policies import may_decide
from commonweal.people.models import Party


def may_import(person: Party, host: Host) -> bool:
    """An admin of the host that holds the money may."""
    return may_decide(person, host)
