"""Plan beside actual: what is left of each line of a plan, and what goes beyond it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """What was planned for a category, spent on it and asked for, in minor units."""

    category: int
    planned: int
    spent: int = 0
    asked: int = 0

    @property
    def left(self) -> int:
        """What may still be asked for; below zero where more was asked for than planned."""
        return self.planned - self.spent - self.asked


def lines(
    planned: Mapping[int, int], spent: Mapping[int, int], asked: Mapping[int, int]
) -> list[Line]:
    """Return each line of a plan, the largest first."""
    found = [
        Line(category, minor, spent.get(category, 0), asked.get(category, 0))
        for category, minor in planned.items()
    ]
    return sorted(found, key=lambda line: (-line.planned, line.category))


def beyond(
    plan: Collection[Line], own: Mapping[int, int], *, counted: bool
) -> list[Line]:  # fmt: skip
    """Return the lines that an expense with these amounts by category goes beyond.

    What is `counted` is among what the lines say was asked for; a draft is not yet.
    """
    new = {} if counted else own
    return [
        line for line in plan
        if line.category in own and line.left < new.get(line.category, 0)
    ]  # fmt: skip
