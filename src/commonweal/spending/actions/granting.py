"""Grants: money for a purpose, to somebody or to another group of the same host."""

from __future__ import annotations

from commonweal.collectives.models import Collective
from commonweal.foundation.errors import Refused
from commonweal.hosting import queries as hosting
from commonweal.people import policies as people
from commonweal.people.models import Party, Role
from commonweal.spending import queries
from commonweal.spending.models import Expense, PayoutMethod


class PurposeMissing(Refused):
    """Say what the money is for. Everybody can read it."""

    status = 422


class NotTogether(Refused):
    """Money goes from group to group where one host keeps both, in one currency."""

    status = 422


def refuse(collective: Collective, payee: Party, purpose: str) -> None:
    """Refuse a grant for nothing said, and one to a group whose money lies elsewhere."""
    if not purpose.strip():
        raise PurposeMissing
    if payee.kind == Party.Kind.COLLECTIVE:
        receiver(collective, payee)


def receiver(collective: Collective, payee: Party) -> Collective:
    """Return the group that is given to, which another one can reach from pot to pot."""
    found = Collective.objects.filter(pk=payee.pk, currency=collective.currency).first()
    ours = hosting.current(collective)
    theirs = hosting.current(found) if found else None
    if found is None or ours is None or theirs is None or found.pk == collective.pk:
        raise NotTogether
    if theirs.host_id != ours.host_id:
        raise NotTogether
    return found


def is_for_another(kind: str, collective: Collective, payee: Party, *, by: Party) -> bool:
    """Whether an admin files a grant for somebody whom they do not speak for."""
    if kind != Expense.Kind.GRANT or people.may_edit(by, payee):
        return False
    return people.has_role(by, collective, Role.ADMIN)


def method_of(payee: Party) -> PayoutMethod | None:
    """Return where the payee wants to be paid; whoever files a grant does not choose that."""
    return queries.payout_methods(payee).first()
