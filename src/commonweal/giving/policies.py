"""Who may do what to tiers and contributions."""

from __future__ import annotations

from commonweal.collectives.models import Collective
from commonweal.giving.models import Contribution
from commonweal.hosting import policies as hosting
from commonweal.hosting.models import Host
from commonweal.people import policies as people
from commonweal.people.models import Party


def may_edit_tiers(person: Party | None, collective: Collective) -> bool:
    """Whether this person may change the ways of giving: admins of the collective."""
    return people.may_edit(person, collective)


def may_give_as(person: Party | None, contributor: Party) -> bool:
    """Whether this person may give in that name: their own, or one they are an admin of.

    Without signing in only a guest gives, who is known by an address alone.
    """
    if contributor.erased_at is not None:
        return False
    if person is None:
        return is_guest(contributor)
    return people.may_edit(person, contributor)


def may_speak_as(person: Party | None, giver: Party, contributor: Party) -> bool:
    """Whether this person may be `giver`, who promised it: themselves, or the guest who gives."""
    return giver.pk == (contributor if person is None else person).pk


def may_cancel(person: Party | None, contribution: Contribution) -> bool:
    """Whether this person may take the promise back: whoever could have made it."""
    return may_give_as(person, contribution.contributor)


def may_handle(person: Party | None, host: Host) -> bool:
    """Whether this person may confirm arrivals and give money back: the host's money handlers."""
    return hosting.may_handle_money(person, host)


def may_be_named(person: Party | None, contribution: Contribution) -> bool:
    """Whether this reader may learn who gave: everybody, unless it was incognito."""
    if not contribution.incognito:
        return True
    return person is not None and people.may_edit(person, contribution.contributor)


def is_guest(party: Party) -> bool:
    """Whether a party is a guest: a person who never signed in."""
    return party.kind == Party.Kind.PERSON and hasattr(party, "contact")
