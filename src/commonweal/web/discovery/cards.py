"""Groups as cards on the noticeboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from commonweal.collectives.models import Goal
from commonweal.discovery.queries import Aim, Group
from commonweal.foundation.money import Money
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Scope
from commonweal.web import formats


@dataclass(frozen=True)
class Progress:
    """How far a goal is, from 0 to 100, and as the language writes it."""

    percent: int
    share: str


@dataclass(frozen=True)
class Card:
    """What a card says."""

    slug: str
    name: str
    address: str
    about: str
    where: str
    pot: Money
    closed: bool
    goal: Progress | None


def cards(groups: Sequence[Group], *, currency: str) -> list[Card]:
    """Return a card for each group; how far goals are is asked for all of them at once."""
    aiming = [one.pk for one in groups if one.goal and one.goal.per == Goal.Per.ONCE]
    raised = ledger.many_totals(Scope.COLLECTIVE, aiming, currency) if aiming else {}
    return [
        Card(
            slug=one.slug,
            name=one.name,
            address=reverse("people:profile", args=[one.slug]),
            about=one.about,
            where=_where(one),
            pot=one.pot,
            closed=one.closed,
            goal=_progress(one.goal, raised[one.pk].raised)
            if one.goal and one.pk in raised
            else None,
        )
        for one in groups
    ]


def progress(reached: Money, aim: Money) -> Progress:
    """Return how far towards an amount another one is, never above the whole."""
    part = max(0, min(reached.minor, aim.minor))
    return Progress(100 * part // aim.minor, formats.share(100 * part // aim.minor, 100))


def _progress(aim: Aim, raised: Money) -> Progress | None:
    if raised.currency != aim.amount.currency:
        return None
    return progress(aim.reached(raised), aim.amount)


def _where(group: Group) -> str:
    place = formats.local(group.place.names, group.place.name) if group.place else ""
    themes = [formats.local(names, "").lower() for names in group.theme_names[:2]]
    return ", ".join(word for word in (place, *themes) if word)
