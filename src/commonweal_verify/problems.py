"""What can be wrong, and what can be in the way."""

from __future__ import annotations

from dataclasses import dataclass


class CannotCheck(Exception):
    """Something is in the way, such as the network; it says nothing about the ledger."""


class Missing(CannotCheck):
    """A file is not there."""


@dataclass
class Wrong(Exception):
    """The ledger is not what it should be.

    `index` is the number of the first leaf that shows it, counted from 0, or None where no single
    leaf does. `what` is one word for machines: see `KINDS` in docs/using/verify.md.
    """

    what: str
    sentence: str
    index: int | None = None

    def __str__(self) -> str:
        """Return the sentence, with the leaf it is about."""
        return self.sentence if self.index is None else f"Leaf {self.index}: {self.sentence}"
