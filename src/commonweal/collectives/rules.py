"""Pure rules about collectives: what is left to do before one can be funded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from commonweal.foundation.money import Money

Step = Literal["host", "story", "picture", "tier", "goal", "people"]
LONGEST_PURPOSE = 200
MOST_TAGS = 10


class Size(IntEnum):
    """How large a group will be next to the one it starts from, in percent."""

    HALF = 50
    SAME = 100
    DOUBLE = 200


def for_size(amount: Money, size: Size) -> Money:
    """Return what would cost `amount` in a group of another size, rounded up to two digits.

    A plan is no more exact than that: 1,234.56 becomes 1,300 at the same size.
    """
    minor = -(-amount.minor * size // 100)
    step = 10 ** max(0, len(str(minor)) - 2)
    return Money(-(-minor // step) * step, amount.currency)


@dataclass(frozen=True)
class Progress:
    """What a collective has so far."""

    has_host: bool
    has_asked: bool
    has_story: bool
    has_picture: bool
    has_tier: bool
    has_goal: bool
    people: int


@dataclass(frozen=True)
class Given:
    """What was given in kind: so many units such as hours; None where nobody counted."""

    quantity: int | None = None
    unit: str = ""


def checklist(progress: Progress) -> list[tuple[Step, bool]]:
    """Return each step towards being funded, and whether it is done."""
    return [
        ("host", progress.has_host),
        ("story", progress.has_story),
        ("tier", progress.has_tier),
        ("goal", progress.has_goal),
        ("people", progress.people > 1),
        ("picture", progress.has_picture),
    ]


def tags(typed: str) -> list[str]:
    """Return the tags in a typed, comma-separated list: small letters, each once, at most ten."""
    words = (" ".join(word.lower().split())[:30].strip() for word in typed.split(","))
    return list(dict.fromkeys(word for word in words if word))[:MOST_TAGS]
