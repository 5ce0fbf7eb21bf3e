"""Who may do what with a collective."""

from commonweal.collectives.models import Collective
from commonweal.people import policies as people
from commonweal.people.models import Party, Role


def may_run(person: Party | None, collective: Collective) -> bool:
    """Whether this person may change the collective's page, tiers, goals and people."""
    return people.has_role(person, collective, Role.ADMIN)


def may_see(person: Party | None, collective: Collective) -> bool:
    """Whether this person may see the page: everybody, except for drafts, which are the team's."""
    if collective.status != Collective.Status.DRAFT:
        return True
    return people.has_role(person, collective, Role.ADMIN, Role.MEMBER, Role.HELPER)
