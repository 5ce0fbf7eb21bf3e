"""Letters in which groups ask somebody, their answers, and what a host hears of them."""

from __future__ import annotations

from commonweal.activity.models import Fact
from commonweal.collectives.models import Collective
from commonweal.hosting import queries as hosting
from commonweal.knowledge import queries
from commonweal.knowledge.models import Ask
from commonweal.mail.letters.table import NOBODY, Addressee, Entry, Told, number_in, to_admins
from commonweal.people.models import Party
from commonweal.people.queries import admins, contact_email


def _sent(fact: Fact) -> Told:
    """Write to whom it is for, unless they changed their mind or the words are gone."""
    ask = queries.ask(number_in(fact))
    if ask is None or not ask.words or ask.refused_at or not _is_open(ask.addressee):
        return NOBODY
    is_person = ask.addressee.kind == Party.Kind.PERSON
    readers = [ask.addressee] if is_person else list(admins(ask.addressee))
    told = tuple(_reached(ask, one) for one in readers)
    return Told(tuple(one for one in told if one.address), {"ask": ask, "is_person": is_person})


def _is_open(party: Party) -> bool:
    wish = queries.wish_of(party)
    return wish is not None and wish.open


def _reached(ask: Ask, person: Party) -> Addressee:
    stop = f"asks/refuse/{queries.refuse_token(ask, person)}"
    return Addressee(contact_email(person), person.language, stop=stop)


def _answered(fact: Fact) -> Told:
    ask = queries.ask(number_in(fact))
    if ask is None or not ask.answer:
        return NOBODY
    return Told(to_admins(ask.collective), {"ask": ask})


def _reported(fact: Fact) -> Told:
    """Tell the admins of the group's host; who reported it stays unsaid."""
    ask = queries.ask(number_in(fact))
    current = hosting.current(ask.collective) if ask else None
    if ask is None or current is None:
        return NOBODY
    context = {"ask": ask, "host": current.host, "paused": queries.is_paused(ask.collective)}
    return Told(to_admins(current.host.party), context)


def _paused(fact: Fact) -> Told:
    group = Collective.objects.get(pk=number_in(fact))
    return Told(to_admins(group), {"group": group})


LETTERS = {
    "ask.sent": Entry("ask_sent", _sent),
    "ask.answered": Entry("ask_answered", _answered),
    "ask.reported": Entry("ask_reported", _reported),
    "asking.paused": Entry("asking_paused", _paused),
    "asking.allowed": Entry("asking_allowed", _paused),
}
