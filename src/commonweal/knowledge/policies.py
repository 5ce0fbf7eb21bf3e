"""Who may write what a group tells, ask, and be asked."""

from __future__ import annotations

from commonweal.collectives.models import Collective
from commonweal.hosting import policies as hosts
from commonweal.hosting import queries as hosting
from commonweal.knowledge.models import Ask
from commonweal.people import policies as people
from commonweal.people.models import Party, Role


def may_write(person: Party | None, collective: Collective) -> bool:
    """Whether this person may write updates: admins and members, until the group has ended."""
    if collective.status == Collective.Status.CLOSED:
        return False
    return people.has_role(person, collective, Role.ADMIN, Role.MEMBER)


def may_wish(person: Party | None, party: Party) -> bool:
    """Whether this person says what a party would like to be asked for: oneself, one's company."""
    return party.kind in {Party.Kind.PERSON, Party.Kind.ORGANIZATION} and people.may_edit(
        person, party
    )


def may_ask(person: Party | None, collective: Collective) -> bool:
    """Whether this person may write to people for a group: its admins."""
    return people.has_role(person, collective, Role.ADMIN)


def may_answer(person: Party | None, ask: Ask) -> bool:
    """Whether this person may read a letter, answer and refuse: whom it is for, or its admins."""
    return people.may_edit(person, ask.addressee)


def may_pause(person: Party | None, collective: Collective) -> bool:
    """Whether this person may stop a group from writing to people: the admins of its host."""
    current = hosting.current(collective)
    return current is not None and hosts.may_decide(person, current.host)
