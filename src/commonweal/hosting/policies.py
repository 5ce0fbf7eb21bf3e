"""Who may do what for a host."""

from commonweal.collectives import policies as collectives
from commonweal.collectives.models import Collective
from commonweal.hosting.models import Application, Host
from commonweal.people import policies as people
from commonweal.people.models import Party, Role


def may_decide(person: Party | None, host: Host) -> bool:
    """Whether this person may accept groups and change fee and terms: the host's admins."""
    return people.has_role(person, host.party, Role.ADMIN)


def may_handle_money(person: Party | None, host: Host) -> bool:
    """Whether this person may confirm transfers and pay: the host's admins and accountants."""
    return people.has_role(person, host.party, Role.ADMIN, Role.ACCOUNTANT)


def may_see(person: Party | None, collective: Collective) -> bool:
    """Whether this person may see a group: a draft is its team's, and the host's that it asks."""
    if collectives.may_see(person, collective):
        return True
    status = Application.Status
    asked = Application.objects.select_related("host__party").filter(
        collective=collective.pk, status__in=[status.PENDING, status.ASKED]
    )
    return any(may_handle_money(person, one.host) for one in asked)
