"""Who may be asked, by whom, how often, and in which words."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from commonweal.foundation.errors import Refused

DAY = timedelta(days=1)
MONTH = timedelta(days=30)
FIRST_AFTER = timedelta(days=2)
AGAIN_AFTER = timedelta(days=90)
MOST_A_DAY = 5
MOST_A_MONTH = 20
REPORTS_THAT_PAUSE = 2
TIMES_A_MONTH = (1, 2, 4)
DISTANCES_KM = (2, 5, 10, 25, 50)
MOST_THEMES = 10
LONGEST_SENTENCE = 200
LONGEST_ASK = 1200
LONGEST_ANSWER = 2000
_EARTH_KM = 6371
# Whatever a mail program would turn into a link, or take for an address.
_LINK = re.compile(r"://|www\.|\w@\w|\w[.\u3002][^\W\d_]{2}", re.IGNORECASE)


class NothingAsked(Refused):
    """Write something first."""

    status = 422


class AskTooLong(Refused):
    """This is too long. Leave something out."""

    status = 422


class HasLink(Refused):
    """Leave out links and e-mail addresses. If there are none, put a space after each full stop."""

    status = 422


class NoGroupFits(Refused):
    """Choose a place or themes, so that we know which groups may ask."""

    status = 422


class NothingOffered(Refused):
    """Choose what you would like to be asked for."""

    status = 422


class NotOpenYet(Refused):
    """A group can ask people once its page is public and a host holds its money."""


class TooNew(Refused):
    """A group can ask people when its page has been public for two days."""


class Paused(Refused):
    """This group may not write to people for now. Its host knows why."""


class EnoughToday(Refused):
    """Your group wrote five letters within a day. Write the next one tomorrow."""


class EnoughThisMonth(Refused):
    """Your group wrote twenty letters within 30 days. That is all for now."""


class NoWish(Refused):
    """They do not wish to be asked by this group."""


class HadEnough(Refused):
    """They have had as many letters this month as they wish to get. Try again in some weeks."""


class AskedLately(Refused):
    """Your group wrote to them within the last 90 days."""


@dataclass(frozen=True)
class Terms:
    """What somebody would like to be asked for, by which groups, and how often."""

    from_whom: str
    gives: tuple[str, ...]
    themes: tuple[str, ...] = ()
    within_km: int = 10
    sentence: str = ""
    most_a_month: int = 1
    shown: bool = False


@dataclass(frozen=True)
class Standing:
    """What decides whether a group may write at all.

    `open_since` is None unless it is public, living and hosted; `sent` is when it wrote lately.
    """

    open_since: datetime | None
    paused: bool
    sent: tuple[datetime, ...]


@dataclass(frozen=True)
class Reception:
    """What decides whether somebody gets a letter from a group; `received` counts those of a month.

    `wished` says that they wish to be asked by such groups and have not refused this one.
    """

    wished: bool
    most_a_month: int
    received: int
    last_from_group: datetime | None


def proper_terms(terms: Terms, *, has_place: bool) -> Terms:
    """Return terms that let some group ask for something, or refuse them."""
    if not terms.gives:
        raise NothingOffered
    nobody_near = terms.from_whom == "near" and not has_place
    nothing_shared = terms.from_whom == "themes" and not terms.themes
    if nobody_near or nothing_shared:
        raise NoGroupFits
    return terms


def lets(terms: Terms, *, themes: Collection[str], away_km: float | None) -> bool:
    """Whether a group about these themes, so far away, may ask."""
    if terms.from_whom == "near":
        return away_km is not None and away_km <= terms.within_km
    if terms.from_whom == "themes":
        return bool(set(terms.themes) & set(themes))
    return True


def away_km(latitude: float, longitude: float, other_latitude: float, other: float) -> float:
    """Return the kilometres between two points of the Earth taken as a sphere."""
    north, other_north = math.radians(latitude), math.radians(other_latitude)
    high = math.sin((other_north - north) / 2) ** 2
    wide = math.sin(math.radians(other - longitude) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(
        min(1.0, math.sqrt(high + math.cos(north) * math.cos(other_north) * wide))
    )  # fmt: skip


def group_refusal(group: Standing, now: datetime) -> Refused | None:
    """Return why a group may write to nobody now, or None."""
    if group.open_since is None:
        return NotOpenYet()
    if now - group.open_since < FIRST_AFTER:
        return TooNew()
    if group.paused:
        return Paused()
    if sum(now - at < DAY for at in group.sent) >= MOST_A_DAY:
        return EnoughToday()
    return EnoughThisMonth() if len(group.sent) >= MOST_A_MONTH else None


def addressee_refusal(somebody: Reception, now: datetime) -> Refused | None:
    """Return why somebody gets no letter from a group now, or None."""
    if not somebody.wished:
        return NoWish()
    last = somebody.last_from_group
    if last is not None and now - last < AGAIN_AFTER:
        return AskedLately()
    return HadEnough() if somebody.received >= somebody.most_a_month else None


def proper_letter(words: str, *, longest: int) -> str:
    """Return typed lines without signs that nobody sees, or refuse them."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    told = "".join(sign for sign in lines if sign.isprintable() or sign == "\n").strip()
    if not told:
        raise NothingAsked
    if len(told) > longest:
        raise AskTooLong
    return told


def proper_ask(words: str) -> str:
    """Return what a group asks in a few lines of plain text: no links, no addresses."""
    told = proper_letter(words, longest=LONGEST_ASK)
    if _LINK.search(unicodedata.normalize("NFKC", told)):
        raise HasLink
    return told
