"""What a call for help may ask for, what may be offered and given, and how a call goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from commonweal.foundation.errors import Refused

LONGEST_NEED = 100
LONGEST_WORDS = 1000
LONGEST_SKILL = 30
MOST_SKILLS = 6
MOST = 1000  # of any unit
FARTHEST = timedelta(days=365)
OLDEST = timedelta(days=365)
# How long the link in a letter works that proves an address, for an answer and for a thank-you.
ANSWER_LINK_LASTS = timedelta(days=3)
THANKS_LINK_LASTS = timedelta(days=30)
THANKED_FOR = timedelta(days=365)

type Unit = Literal["hours", "pieces", "days"]

UNITS: dict[str, Unit] = {
    "time": "hours", "know_how": "hours", "thing": "pieces", "room": "days", "vehicle": "days",
}  # fmt: skip
# A call that was withdrawn was a mistake, and stays so.
_TURNS = {
    ("open", "filled"), ("open", "closed"), ("open", "withdrawn"), ("filled", "open"),
    ("filled", "closed"), ("closed", "open"),
}  # fmt: skip


class NothingNeeded(Refused):
    """Say in one line what you need."""

    status = 422


class TooManyWords(Refused):
    """This is too long. One line has at most 100 letters, a text at most 1,000."""

    status = 422


class NoSuchKind(Refused):
    """Choose what kind of help it is."""

    status = 422


class NotThatMany(Refused):
    """Type how much: a whole number from 1 to 1,000."""

    status = 422


class NotThatDay(Refused):
    """Choose a day from today on, at most a year ahead."""

    status = 422


class NotGivenThen(Refused):
    """Choose the day of the help: today, or within the last year."""

    status = 422


class TooManySkills(Refused):
    """Name at most six skills, each with at most 30 letters."""

    status = 422


@dataclass(frozen=True)
class Need:
    """What is needed in one line, a few words more, how much of which kind, until which day."""

    title: str
    kind: str
    quantity: int
    needed_by: date
    details: str = ""
    skills: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """How much of which kind somebody gave, on which day, and what that was in one line."""

    kind: str
    quantity: int
    on: date
    what: str = ""


def proper_need(need: Need, today: date) -> Need:
    """Return what a call says, tidied, or refuse it."""
    title, details = _line(need.title), need.details.strip()
    if not title:
        raise NothingNeeded
    if len(details) > LONGEST_WORDS:
        raise TooManyWords
    _check(need.kind, need.quantity)
    if not today <= need.needed_by <= today + FARTHEST:
        raise NotThatDay
    return replace(need, title=title, details=details, skills=proper_skills(need.skills))


def proper_given(given: Given, today: date) -> Given:
    """Return what somebody gave, tidied, or refuse it."""
    _check(given.kind, given.quantity)
    if not today - OLDEST <= given.on <= today:
        raise NotGivenThen
    return replace(given, what=_line(given.what))


def proper_offer(words: str, quantity: int) -> str:
    """Return what somebody says who offers so much, or refuse it."""
    if not 1 <= quantity <= MOST:
        raise NotThatMany
    return proper_words(words)


def proper_words(words: str) -> str:
    """Return a text without space around it, or refuse a long one."""
    if len(words.strip()) > LONGEST_WORDS:
        raise TooManyWords
    return words.strip()


def proper_skills(skills: Iterable[str]) -> tuple[str, ...]:
    """Return each skill once, in small letters, or refuse them."""
    found = tuple(dict.fromkeys(tidy for one in skills if (tidy := " ".join(one.lower().split()))))
    if len(found) > MOST_SKILLS or any(len(one) > LONGEST_SKILL for one in found):
        raise TooManySkills
    return found


def may_turn(status: str, to: str) -> bool:
    """Whether a call may go from one state to another."""
    return (status, to) in _TURNS


def _check(kind: str, quantity: int) -> None:
    if kind not in UNITS:
        raise NoSuchKind
    if not 1 <= quantity <= MOST:
        raise NotThatMany


def _line(text: str) -> str:
    tidy = " ".join(text.split())
    if len(tidy) > LONGEST_NEED:
        raise TooManyWords
    return tidy
