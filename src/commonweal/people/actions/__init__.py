"""Verbs about people: joining, being named, belonging, leaving, and being forgotten."""

from commonweal.people.actions.erasure import NotHandedOver, erase
from commonweal.people.actions.guests import claim_guest, ensure_guest
from commonweal.people.actions.instances import AlreadySetUp, set_up, sound_alarm
from commonweal.people.actions.invitations import (
    NoSuchInvitation,
    TooManyInvitations,
    accept,
    invite,
    withdraw_invitation,
)
from commonweal.people.actions.memberships import (
    LastAdmin,
    NotAMember,
    NotAPerson,
    end_membership,
    grant,
    hold_role,
    leave,
)
from commonweal.people.actions.parties import (
    SlugTaken,
    add_party,
    create_organization,
    edit_profile,
    rename,
    set_picture,
)
from commonweal.people.actions.persons import AddressTaken, change_email, sign_up

__all__ = [
    "AddressTaken",
    "AlreadySetUp",
    "LastAdmin",
    "NoSuchInvitation",
    "NotAMember",
    "NotAPerson",
    "NotHandedOver",
    "SlugTaken",
    "TooManyInvitations",
    "accept",
    "add_party",
    "change_email",
    "claim_guest",
    "create_organization",
    "edit_profile",
    "end_membership",
    "ensure_guest",
    "erase",
    "grant",
    "hold_role",
    "invite",
    "leave",
    "rename",
    "set_picture",
    "set_up",
    "sign_up",
    "sound_alarm",
    "withdraw_invitation",
]
