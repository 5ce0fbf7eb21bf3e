"""Who may do what for a host."""

from commonweal.hosting.models import Host
from commonweal.people import policies as people
from commonweal.people.models import Party, Role


def may_decide(person: Party | None, host: Host) -> bool:
    """Whether this person may accept groups and change fee and terms: the host's admins."""
    return people.has_role(person, host.party, Role.ADMIN)


def may_handle_money(person: Party | None, host: Host) -> bool:
    """Whether this person may confirm transfers and pay: the host's admins and accountants."""
    return people.has_role(person, host.party, Role.ADMIN, Role.ACCOUNTANT)
