"""How groups are paid for, as CSV and as part of the JSON of what things cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from commonweal.discovery.queries import Paid, Raised
from commonweal.discovery.rules import funding
from commonweal.discovery.rules.funding import Funds, Middle
from commonweal.documents.cells import rate, written
from commonweal.ledger.models import FIRST_OUTGOING, Chart

_SOURCES = (0, *(one for one in Chart if one < FIRST_OUTGOING))
_DIGITS = 4


def name(source: int) -> str:
    """Return what a source is called in files."""
    return Chart(source).name.lower() if source else "no_category"


COLUMNS = (
    "group", "city", "opened_on", "currency", "rate_numerator", "rate_denominator", "rate_on",
    "gifts", "givers", "people_came", "days_to_first_gift", "days_to_goal", "median_gift_minor",
    *(f"from_{name(source)}_minor" for source in _SOURCES),
)  # fmt: skip


def as_csv(paid: Paid) -> Iterator[str]:
    """Write each group, and nobody who gave; where they are too few for a figure, without numbers.

    The median gift is empty where it could say what one of a few givers gave.
    """
    yield written(COLUMNS)
    is_told = funding.enough([one.funded for one in paid.raised])
    for one in paid.raised:
        told = _told(one)
        yield written(
            [
                one.group.slug,
                one.kept.city.slug if one.kept.city else "",
                one.kept.opened_on.isoformat(),
                one.kept.currency,
                *(told if is_told else [""] * len(told)),
            ]
        )


def figures(funds: Funds) -> dict[str, Any]:
    """Return the figures of the funding side, shares rounded to four digits."""
    return {
        "groups": funds.groups,
        "sources": {
            name(at): part for at, share in funds.sources.items() if (part := round(share, _DIGITS))
        },
        "median_gift": _middle(funds.gift),
        "days_to_first_gift": _middle(funds.first_days),
        "days_to_goal": _middle(funds.goal_days),
        "givers_per_100": _middle(funds.per_hundred),
    }


def _told(one: Raised) -> list[object]:
    funded = one.funded
    usual = one.kept.median_gift_minor if funded.told is not None else None
    known = [funded.first_days, funded.goal_days, usual]
    return [
        *rate(one.exchange),
        funded.gifts,
        funded.givers,
        funded.people_came,
        *("" if value is None else value for value in known),
        *(funded.income.get(source, 0) for source in _SOURCES),
    ]


def _middle(middle: Middle | None) -> dict[str, int] | None:
    return dict(vars(middle)) if middle else None
