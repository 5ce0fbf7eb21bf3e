"""Asking somebody by letter to take a role."""

from __future__ import annotations

from django.db import transaction

from commonweal.activity.actions import record
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.people import policies, queries, rules
from commonweal.people.actions.memberships import grant
from commonweal.people.models import Invitation, Membership, Party

_MOST_OPEN = 100


class NoSuchInvitation(Refused):
    """This invitation was used or is too old. Ask for a new one."""

    status = 410


class TooManyInvitations(Refused):
    """A hundred invitations are waiting for an answer. Withdraw some, then invite again."""


@transaction.atomic
def invite(*, party: Party, email: str, role: str, by: Party) -> str:
    """Ask whoever reads the letters of an address to take a role; return the link's secret."""
    if not policies.may_grant(by, party, role):
        raise NotAllowed
    address = rules.proper_address(email)
    waiting = queries.open_invitations(party)
    if waiting.count() >= _MOST_OPEN:
        raise TooManyInvitations
    again = waiting.filter(email=address, role=role).first()
    if again is not None:
        return queries.invitation_token(again)
    now = clock.now()
    invitation = Invitation.objects.create(
        party_id=party.pk, email=address, role=role, invited_by=by, created_at=now,
        expires_at=now + rules.INVITATION_LASTS,
    )  # fmt: skip
    _tell("membership.invited", invitation, by)
    return queries.invitation_token(invitation)


@transaction.atomic
def accept(*, token: str, by: Party) -> Membership:
    """Take the role that an invitation offers; its link works once."""
    if not policies.signs_in(by):
        raise NotAllowed
    found = queries.invitation_by_token(token)
    invitation = found and Invitation.objects.select_for_update().get(pk=found.pk)
    if invitation is None or invitation.accepted_at is not None:
        raise NoSuchInvitation
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    membership = grant(person=by, party=invitation.party, role=invitation.role, by=None)
    _tell("membership.accepted", invitation, by)
    return membership


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Party) -> None:
    """Take an invitation back; its link stops working."""
    if not policies.may_grant(by, invitation.party, invitation.role):
        raise NotAllowed
    _tell("membership.uninvited", invitation, by)
    invitation.delete()


def _tell(kind: str, invitation: Invitation, by: Party) -> None:
    record(
        kind, subject=f"invitation:{invitation.pk}", by=by.pk, party=invitation.party_id,
        public=False, role=str(invitation.role),
    )  # fmt: skip
