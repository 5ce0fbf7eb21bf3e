"""Who may bring a history, or rates, along."""

from __future__ import annotations

from commonweal.hosting.models import Host
from commonweal.hosting.policies import may_decide
from commonweal.people.models import Party


def may_import(person: Party, host: Host) -> bool:
    """An admin of the host that holds the money may."""
    return may_decide(person, host)


def may_import_rates(person: Party | None) -> bool:
    """Nobody who is a person: rates are for all groups, so only who runs the server may."""
    return person is None
