"""What is wrong with a file, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.foundation.errors import Refused

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A line of the file, counted from 1, and one sentence about it."""

    line: int
    sentence: str

    def __str__(self) -> str:
        """Show both, as a person would say it."""
        return f"Line {self.line}: {self.sentence}"


class WrongFile(Refused):
    """This file cannot be read. Nothing was stored."""

    status = 422

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Take what is wrong, the most telling first; the first of it becomes the message."""
        self.problems = tuple(problems)
        shown = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        more = len(self.problems) - len(shown)
        if more:
            shown.append(f"… and {more} more.")
        super().__init__("\n".join([*shown, "Nothing was stored."]))
