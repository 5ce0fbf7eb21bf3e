"""What activities cost as CSV and JSON, for those who want to compute the figures themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from commonweal.collectives.rules import Given
from commonweal.discovery.queries import Paid, Priced
from commonweal.discovery.rules.costs import BANDS, Figure, Finished, Part, Unpaid
from commonweal.documents import funding
from commonweal.documents.cells import rate, written
from commonweal.ledger.models import FIRST_OUTGOING, Chart

DEFINITION = "docs/concepts/costs.md: the median of groups, from five activities of three groups on"
_CATEGORIES = [one for one in Chart if one >= FIRST_OUTGOING and one != Chart.EQUIPMENT]
_AMOUNTS = ("no_category", *(one.name.lower() for one in _CATEGORIES), "equipment", "overhead")
COLUMNS = (
    "activity", "group", "city", "first_day", "closed_on", "attendance", "currency",
    "rate_numerator", "rate_denominator", "rate_on", *(f"{name}_minor" for name in _AMOUNTS),
    "in_kind", "not_needed",
)  # fmt: skip


def as_csv(priced: Priced) -> Iterator[str]:
    """Write each that counts; where they are too few for a figure, without amounts.

    Amounts are in their own currency; times the rate, each rounded to the nearest cent (halves
    away from zero), they are those that the figures are made of.
    """
    yield written(COLUMNS)
    for own in priced.own.values():
        one = own.finished
        first = own.activity.starts_on if own.activity else one.closed_on.replace(month=1, day=1)
        told = [*rate(own.exchange), *_amounts(one), _in_kind(one), _not_needed(one)]
        yield written(
            [
                own.slug,
                own.group.slug,
                own.city.slug if own.city else "",
                first.isoformat(),
                one.closed_on.isoformat(),
                "" if one.attendance is None else one.attendance,
                own.currency,
                *(told if priced.summary.enough else [""] * len(told)),
            ]
        )


def as_json(priced: Priced, paid: Paid, **asked: Any) -> str:
    """Write the figures of the page as one JSON object, with what was `asked`."""
    summary = priced.summary
    told = {
        "definition": DEFINITION,
        **asked,
        "of": priced.of,
        "within": priced.within,
        "activities": summary.activities,
        "groups": summary.groups,
        "left_out": priced.apart,
        "whole": _figure(summary.whole),
        "each": _figure(summary.each),
        "categories": {
            _name(at): _part(part) | _unpaid(summary.unpaid[at])
            for at, part in summary.categories.items()
        },
        "equipment": _part(summary.equipment),
        "overhead": _part(summary.overhead),
        "sizes": {size(band): _part(part) for band, part in summary.sizes.items()},
        "typical": priced.own[summary.typical.unit].slug if summary.typical else None,
        "funding": funding.figures(paid.funds),
    }
    return json.dumps(told, indent=1) + "\n"


def size(band: int) -> str:
    """Return how many people came, such as 31-100 or 301-."""
    fewest = BANDS[band - 1] + 1 if band else 1
    return f"{fewest}-{BANDS[band] if band < len(BANDS) else ''}"


def _amounts(one: Finished) -> list[object]:
    paid = [one.paid.get(category, 0) for category in (0, *_CATEGORIES)]
    return [*paid, one.equipment, one.overhead]


def _in_kind(one: Finished) -> str:
    """Return what was given, such as `venue=3 hours;food_drink=`."""
    return ";".join(
        f"{_name(category)}={_counted(given)}"
        for category, all_of_it in one.given.items()
        for given in all_of_it
    )


def _not_needed(one: Finished) -> str:
    return ";".join(_name(category) for category in sorted(one.not_needed))


def _counted(given: Given) -> str:
    return f"{given.quantity} {given.unit}" if given.quantity else ""


def _name(category: int) -> str:
    return Chart(category).name.lower() if category else "no_category"


def _part(part: Part) -> dict[str, Any]:
    return {"had": part.had, "figure": _figure(part.figure)}


def _unpaid(unpaid: Unpaid) -> dict[str, Any]:
    return vars(unpaid) | {"given": [told for one in unpaid.given if (told := _counted(one))]}


def _figure(figure: Figure | None) -> dict[str, Any] | None:
    """Return a figure; one that varies too much says only that."""
    if figure is None:
        return None
    return {"varies": True} if figure.varies else dict(vars(figure))
