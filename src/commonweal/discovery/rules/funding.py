"""How groups of a kind are paid for: from where, how much at a time, and how soon.

There is no figure from fewer than three groups or five gifts. What fewer than five givers gave is
not told of a group if one of them withheld a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from commonweal.discovery.rules.costs import middle
from commonweal.discovery.rules.health import FEW_GIVERS

_LEAST_GROUPS = 3
_LEAST_GIFTS = 5


@dataclass(frozen=True)
class Funded:
    """The gifts to a group: how many, from whom, how large and how soon after it opened.

    `income` is what came in twelve months by category, in any currency: only shares of it count.
    """

    group: int
    gifts: int = 0
    givers: int = 0
    withheld: int = 0
    usual: int | None = None  # the median gift
    first_days: int | None = None
    goal_days: int | None = None
    people_came: int = 0
    income: Mapping[int, int] = field(default_factory=dict, hash=False)

    @property
    def told(self) -> int | None:
        """The median gift, unless it could say what one of a few givers gave."""
        return self.usual if not self.withheld or self.givers >= FEW_GIVERS else None

    @property
    def per_hundred(self) -> int | None:
        """How many gave for each hundred who came; None where nobody came or counted."""
        return 100 * self.givers // self.people_came if self.people_came else None


@dataclass(frozen=True)
class Middle:
    """The median over so many groups, rounded down."""

    median: int
    groups: int


@dataclass(frozen=True)
class Funds:
    """What can be said of how groups are paid for; None and nothing where they are too few."""

    groups: int
    sources: Mapping[int, float]
    gift: Middle | None
    first_days: Middle | None
    goal_days: Middle | None
    per_hundred: Middle | None


def enough(groups: Collection[Funded]) -> bool:
    """Whether these are so many, with so many gifts, that a figure may be told."""
    return len(groups) >= _LEAST_GROUPS and sum(one.gifts for one in groups) >= _LEAST_GIFTS


def funds(groups: Collection[Funded]) -> Funds:
    """Return what can be said of groups, each of which weighs the same."""
    paid = [one for one in groups if sum(one.income.values()) > 0]
    return Funds(
        groups=len(groups),
        sources=mean_shares(one.income for one in paid) if enough(paid) else {},
        gift=_middle(groups, lambda one: one.told),
        first_days=_middle(groups, lambda one: one.first_days),
        goal_days=_middle(groups, lambda one: one.goal_days),
        per_hundred=_middle(groups, lambda one: one.per_hundred),
    )


def mean_shares(incomes: Iterable[Mapping[int, int]]) -> dict[int, float]:
    """Return which part of its income a group has from each source, on average, largest first.

    Each group weighs the same, whatever it raised; one without income has no part in it.
    """
    wholes = [(income, sum(income.values())) for income in incomes]
    told = [(income, whole) for income, whole in wholes if whole > 0]
    sums: dict[int, float] = defaultdict(float)
    for income, whole in told:
        for source, minor in income.items():
            sums[source] += max(0, minor) / whole / len(told)
    return dict(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))


def _middle(groups: Collection[Funded], asked: Callable[[Funded], int | None]) -> Middle | None:
    known = [(one, value) for one in groups if (value := asked(one)) is not None]
    if not enough([one for one, _ in known]):
        return None
    return Middle(middle(sorted(value for _, value in known)), len(known))
