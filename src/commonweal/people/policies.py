"""Who may change a profile, give roles and end them."""

from __future__ import annotations

from commonweal.people.models import Membership, Party, Role

# A backer is somebody who gave, so only the server says so.
GIVEN_BY_ADMINS = frozenset({Role.ADMIN, Role.MEMBER, Role.ACCOUNTANT, Role.HELPER})


def has_role(person: Party | None, party: Party, *wanted: str) -> bool:
    """Whether a person has one of these roles in a party today; any role if none is named."""
    if person is None:
        return False
    current = Membership.objects.filter(person=person.pk, party=party.pk, until=None)
    return current.filter(role__in=wanted).exists() if wanted else current.exists()


def signs_in(person: Party | None) -> bool:
    """Whether this is somebody who signs in here, and so may do what everybody may."""
    return person is not None and person.erased_at is None and hasattr(person, "login")


def may_edit(person: Party | None, party: Party) -> bool:
    """Oneself, and what one is an admin of."""
    if person is None or party.erased_at:
        return False
    return person.pk == party.pk or has_role(person, party, Role.ADMIN)


def may_give_roles(person: Party | None, party: Party) -> bool:
    """Admins invite people, give roles and end them."""
    return has_role(person, party, Role.ADMIN)


def may_grant(person: Party | None, party: Party, role: str, to: Party | None = None) -> bool:
    """Admins give the roles of the team; anybody follows for themselves."""
    if role == Role.FOLLOWER:
        return person is not None and to is not None and person.pk == to.pk
    return role in GIVEN_BY_ADMINS and may_give_roles(person, party)


def may_end(person: Party | None, holder: Party, party: Party) -> bool:
    """One's own roles, and all in what one is an admin of."""
    if person is None:
        return False
    return person.pk == holder.pk or may_give_roles(person, party)


def may_erase(person: Party | None, whom: Party) -> bool:
    """Only oneself."""
    return person is not None and person.pk == whom.pk and whom.kind == Party.Kind.PERSON
