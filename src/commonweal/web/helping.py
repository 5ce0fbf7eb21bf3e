"""What was given in kind, as a picture of its own: one shape for each hour, day or piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from commonweal.collectives.models import Activity, Collective
from commonweal.foundation import clock
from commonweal.knowledge import queries
from commonweal.knowledge.queries import InKind

_IN_A_ROW = 15
_CELL = 16
_MOST_SHAPES = 100
_SHOWN = 3
_THANKED = 8


@dataclass(frozen=True)
class Shapes:
    """A kind of help as drawn: full rows, what is left over, and what one shape stands for."""

    sum: InKind
    each: int
    full: int
    rest: int
    height: int

    @property
    def rest_y(self) -> int:
        """Where the row that is not full begins."""
        return self.full * _CELL

    @property
    def rest_width(self) -> int:
        """How wide that row is."""
        return self.rest * _CELL

    @property
    def width(self) -> int:
        """How wide the whole is."""
        return (_IN_A_ROW if self.full else self.rest) * _CELL


def drawn(sums: Sequence[InKind]) -> list[Shapes]:
    """Return the shapes of each kind; where there are many, one stands for ten or a hundred."""
    return [_drawn(one) for one in sums]


def of_group(collective: Collective) -> dict[str, Any]:
    """Return what a group's page shows of help: what it asks for, and whom it thanks."""
    open_calls = list(queries.open_calls(collective)[: _SHOWN + 1])
    sums = queries.given_to_groups([collective.pk]).get(collective.pk, [])
    return {
        "calls": open_calls[:_SHOWN],
        "more": len(open_calls) > _SHOWN,
        "kinds": drawn(sums),
        "thanks": queries.thanks(collective, most=_THANKED) if sums else [],
    }


def of_activity(activity: Activity) -> dict[str, Any]:
    """Return what the page of an event or project shows of help."""
    is_over = activity.ends_on < clock.today()
    sums = queries.given_to_activities([activity.pk]).get(activity.pk, [])
    return {
        "calls": [] if is_over else list(queries.open_calls_of(activity)[:_SHOWN]),
        "kinds": drawn(sums),
    }


def _drawn(one: InKind) -> Shapes:
    each = 1
    while one.quantity > each * _MOST_SHAPES:
        each *= 10
    shapes = -(-one.quantity // each)
    full, rest = divmod(shapes, _IN_A_ROW)
    return Shapes(one, each, full, rest, (full + bool(rest)) * _CELL)
