"""What happens to papers in the background: rounds go on until they are through."""

from __future__ import annotations

from commonweal.papers import actions, queries


def carry_on() -> int:
    """Give out what unfinished rounds still owe; return how many steps that took.

    It may be killed anywhere and called again.
    """
    steps = 0
    for begun in queries.unfinished_rounds():
        while actions.carry_on(begun=begun, by=None):
            steps += 1
    return steps
