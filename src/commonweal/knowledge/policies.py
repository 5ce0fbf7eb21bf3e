"""Who may write what a group tells."""

from __future__ import annotations

from commonweal.collectives.models import Collective
from commonweal.people import policies as people
from commonweal.people.models import Party, Role


def may_write(person: Party | None, collective: Collective) -> bool:
    """Whether this person may write updates: admins and members, until the group has ended."""
    if collective.status == Collective.Status.CLOSED:
        return False
    return people.has_role(person, collective, Role.ADMIN, Role.MEMBER)
