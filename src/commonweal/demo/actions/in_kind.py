"""What the events of the demo city had without paying for it."""

from __future__ import annotations

from random import Random

from commonweal.collectives.rules import Given
from commonweal.demo.rules import SEED, Event
from commonweal.ledger.models import Chart

# How often of a hundred times somebody gave it, and how often it was not needed.
_OFTEN = {
    Chart.VENUE: (35, 5), Chart.FOOD_DRINK: (30, 10), Chart.FEES_SERVICES: (40, 20),
    Chart.TRAVEL: (0, 50), Chart.INSURANCE: (0, 30),
}  # fmt: skip


def answers(event: Event) -> dict[int, Given | None]:
    """Return what the group says when it closes an event; of the rest it says nothing."""
    draw = Random(f"{SEED} in kind {event.group} {event.day}")
    said: dict[int, Given | None] = {}
    for category, (given, not_needed) in _OFTEN.items():
        chance = draw.randrange(100)
        if chance < given:
            said[category] = _given(category, event.people, draw)
        elif chance < given + not_needed:
            said[category] = None
    return said


def _given(category: Chart, people: int, draw: Random) -> Given:
    if category == Chart.FOOD_DRINK:
        return Given(max(5, people // 10 * 5), "meals")
    return Given(draw.choice((2, 3, 4, 6)), "hours")
