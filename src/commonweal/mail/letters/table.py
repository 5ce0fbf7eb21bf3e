"""What a row of the tables says, and who is reached when a party is told something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress

from commonweal.activity.models import Fact
from commonweal.people.models import Party
from commonweal.people.queries import admins, contact_email


class NotYet(Exception):
    """What the letter tells is not known yet; look again a little later."""


@dataclass(frozen=True)
class Addressee:
    """Where a letter goes, in which language, and the page that stops more of its kind.

    `stop` is the path of that page with its secret; pressing its button needs no login.
    """

    address: str
    language: str
    stop: str = ""


@dataclass(frozen=True)
class Told:
    """Who is told, and what the letter needs to know; nobody, where it says nothing new."""

    people: tuple[Addressee, ...] = ()
    context: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Entry:
    """A kind of fact makes this letter; `tell` finds out for whom."""

    template: str
    tell: Callable[[Fact], Told]


NOBODY = Told()


def to(*parties: Party) -> tuple[Addressee, ...]:
    """Return how these people are reached, each once, without those who left no address."""
    found = {contact_email(party): party.language for party in parties}
    return tuple(Addressee(address, language) for address, language in found.items() if address)


def reached(person: Party, *, stop: str) -> Addressee:
    """Return how a person is reached whose `login` and `contact` are at hand, asking no more."""
    login, contact = getattr(person, "login", None), getattr(person, "contact", None)
    active = login.email if login and login.is_active else ""
    return Addressee(active or (contact.email if contact else ""), person.language, stop=stop)


def everywhere(person: Party) -> tuple[Addressee, ...]:
    """Return every address that somebody has proved to be theirs, not only the first."""
    proved = EmailAddress.objects.filter(user__person=person.pk, verified=True)
    found = dict.fromkeys([contact_email(person), *proved.values_list("email", flat=True)])
    return tuple(Addressee(address, person.language) for address in found if address)


def to_admins(party: Party, *, but: Iterable[int | None] = ()) -> tuple[Addressee, ...]:
    """Return how the admins of a party are reached, without those who know already."""
    left_out = set(but)
    return to(*(person for person in admins(party) if person.pk not in left_out))


def number_in(fact: Fact) -> int:
    """Return the number in a fact's subject, such as 12 in `expense:12`."""
    return int(fact.subject.rpartition(":")[2])
