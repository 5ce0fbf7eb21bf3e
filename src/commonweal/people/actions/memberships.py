"""Giving roles and ending them."""

from __future__ import annotations

from django.db import transaction

from commonweal.activity.actions import record
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.people import policies, queries
from commonweal.people.models import Membership, Party, Role


class LastAdmin(Refused):
    """You are the only admin. Make somebody else an admin first, then you can leave."""


class NotAMember(Refused):
    """This person does not have that role, or not any more."""


class NotAPerson(Refused):
    """Only a person can have a role. Choose somebody by name."""


@transaction.atomic
def grant(*, person: Party, party: Party, role: str, by: Party | None) -> Membership:
    """Give a person a role; one who has it keeps it. `by` None: the server knows why."""
    if by is not None and not policies.may_grant(by, party, role, to=person):
        raise NotAllowed
    return hold_role(person=person, party=party, role=role, by=by)


@transaction.atomic
def hold_role(*, person: Party, party: Party, role: str, by: Party | None) -> Membership:
    """Write a role down that another action has decided on, such as that of a founder."""
    if person.kind != Party.Kind.PERSON or person.erased_at:
        raise NotAPerson
    membership, fresh = Membership.objects.get_or_create(
        person_id=person.pk, party_id=party.pk, role=role, until=None,
        defaults={"since": clock.now()},
    )  # fmt: skip
    if fresh:
        _tell("membership.granted", membership, by)
    return membership


@transaction.atomic
def leave(*, person: Party, party: Party, role: str, by: Party | None) -> None:
    """End a role today. The last admin stays until there is another, or the group has ended."""
    if by is not None and not policies.may_end(by, person, party):
        raise NotAllowed
    # Two admins leaving at once must not both believe that the other stays.
    locked = Party.objects.select_for_update().get(pk=party.pk)
    membership = Membership.objects.filter(
        person=person.pk, party=party.pk, role=role, until=None
    ).first()
    if membership is None:
        raise NotAMember
    has_ended = locked.closed_at is not None
    if role == Role.ADMIN and not has_ended and queries.admins(party).count() == 1:
        raise LastAdmin
    end_membership(membership=membership, by=by)


@transaction.atomic
def end_membership(*, membership: Membership, by: Party | None) -> None:
    """Write down that a membership is over, as another action has decided."""
    membership.until = clock.now()
    membership.save(update_fields=["until"])
    _tell("membership.ended", membership, by)


def _tell(kind: str, membership: Membership, by: Party | None) -> None:
    record(
        kind,
        subject=f"membership:{membership.pk}",
        by=by.pk if by else None,
        party=membership.party_id,
        public=membership.role in {Role.ADMIN, Role.MEMBER, Role.ACCOUNTANT},
        person=membership.person_id,
        role=str(membership.role),
    )
