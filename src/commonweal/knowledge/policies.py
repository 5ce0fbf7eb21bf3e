"""Who may write what a group tells and needs, offer help, confirm it, ask, and be asked."""

from __future__ import annotations

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.hosting import policies as hosts
from commonweal.hosting import queries as hosting
from commonweal.knowledge.models import Answer, Ask, Call, HelpGiven
from commonweal.people import policies as people
from commonweal.people.models import Party, Role


def may_write(person: Party | None, collective: Collective) -> bool:
    """Whether this person may write updates: admins and members, until the group has ended."""
    if collective.status == Collective.Status.CLOSED:
        return False
    return people.has_role(person, collective, Role.ADMIN, Role.MEMBER)


def may_answer(person: Party | None, call: Call) -> bool:
    """Whether a call can be answered: by everybody, while it is open and its group is public.

    Who does not sign in proves an address first; somebody erased is nobody any more.
    """
    if person is not None and not people.signs_in(person):
        return False
    is_public = call.collective.published_at is not None
    is_open = call.status == Call.Status.OPEN and call.needed_by >= clock.today()
    return is_public and is_open and call.collective.status != Collective.Status.CLOSED


def is_helper(person: Party | None, thing: Answer | HelpGiven) -> bool:
    """Whether this is whose answer or help it is, perhaps from before they signed up."""
    if person is None or thing.helper is None or person.erased_at:
        return False
    return person.pk in {thing.helper_id, thing.helper.claimed_by_id}


def may_decide(person: Party | None, answer: Answer) -> bool:
    """Whether this person may say yes or no to an answer: the team, not about their own."""
    return may_write(person, answer.call.collective) and not is_helper(person, answer)


def may_tell_help(person: Party | None, collective: Collective) -> bool:
    """Whether this person may say that they helped: who signs in, or whose answer was taken."""
    if collective.published_at is None or collective.status == Collective.Status.CLOSED:
        return False
    if people.signs_in(person):
        return True
    accepted = Answer.objects.filter(call__collective=collective.pk, status="accepted")
    return person is not None and accepted.filter(helper=person.pk).exists()


def may_thank(person: Party | None, collective: Collective) -> bool:
    """Whether this person may thank for a group: its writers, once it is public.

    A letter goes to whatever address they type, so a draft that anybody can start sends none.
    """
    return collective.published_at is not None and may_write(person, collective)


def may_confirm_for_team(person: Party | None, given: HelpGiven) -> bool:
    """Whether this person may confirm help for the team: never their own."""
    return may_write(person, given.collective) and not is_helper(person, given)


def may_decline_help(person: Party | None, given: HelpGiven) -> bool:
    """Whether this person may say that it was not so: each side.

    None is whoever holds the letter to somebody who has not confirmed their address.
    """
    if person is None:
        return given.helper_id is None
    return is_helper(person, given) or may_confirm_for_team(person, given)


def may_wish(person: Party | None, party: Party) -> bool:
    """Whether this person says what a party would like to be asked for: oneself, one's company."""
    return party.kind in {Party.Kind.PERSON, Party.Kind.ORGANIZATION} and people.may_edit(
        person, party
    )


def may_ask(person: Party | None, collective: Collective) -> bool:
    """Whether this person may write to people for a group: its admins."""
    return people.has_role(person, collective, Role.ADMIN)


def may_answer_ask(person: Party | None, ask: Ask) -> bool:
    """Whether this person may read a letter, answer and refuse: whom it is for, or its admins."""
    return people.may_edit(person, ask.addressee)


def may_pause(person: Party | None, collective: Collective) -> bool:
    """Whether this person may stop a group from writing to people: the admins of its host."""
    current = hosting.current(collective)
    return current is not None and hosts.may_decide(person, current.host)
