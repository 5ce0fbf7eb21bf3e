"""Pure rules about collectives: what is left to do before one can be funded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Step = Literal["host", "story", "picture", "tier", "goal", "people"]
LONGEST_PURPOSE = 200
MOST_TAGS = 10


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
