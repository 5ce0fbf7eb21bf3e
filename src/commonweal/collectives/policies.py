"""Who may do what with a collective."""

from commonweal.collectives.models import Collective
from commonweal.people import policies as people
from commonweal.people.models import Party, Role
from commonweal.people.queries import TEAM


def may_start(person: Party | None) -> bool:
    """Whether this person may start a group: whoever is signed in."""
    return people.signs_in(person)


def may_run(person: Party | None, collective: Collective) -> bool:
    """Whether this person may change the collective's page, tiers, goals and people."""
    return people.has_role(person, collective, Role.ADMIN)


def may_plan(person: Party | None, collective: Collective) -> bool:
    """Whether this person may plan and close what the collective does: its admins and members."""
    return people.has_role(person, collective, Role.ADMIN, Role.MEMBER)


def may_see(person: Party | None, collective: Collective) -> bool:
    """Whether this person may see the group: everybody, but until it is published its team alone.

    A host that it asks may see it too, which `hosting.policies.may_see` knows.
    """
    return collective.published_at is not None or people.has_role(person, collective, *TEAM)
