"""Figures of a place as CSV and JSON, row after row, however many there are."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from commonweal.ledger.models import Chart, Kind
from commonweal.ledger.queries import GROUP, WHOLE, Figure, totals_of

COLUMNS = (
    "row", "group", "month", "kind", "category", "incoming_minor", "outgoing_minor", "currency",
    "position",
)  # fmt: skip
DEFINITION = "docs/concepts/city-figures.md: groups and eliminations add up to the totals"


def as_csv(figures: Iterable[tuple[str, Figure]]) -> Iterator[str]:
    """Write groups and what cancels out between them as CSV; slugs cannot be formulas."""
    yield _written(COLUMNS)
    for slug, one in figures:
        if one.part != WHOLE:
            yield _written(_record(slug, one).values())


def as_json(figures: Iterable[tuple[str, Figure]], *, query: str) -> Iterator[str]:
    """Write the same rows as one JSON object, and then the totals of the place itself.

    The query that read them comes along.
    """
    whole: dict[str, list[dict[str, Any]]] = defaultdict(list)
    position, between = 0, "\n"
    yield f'{{"definition": {json.dumps(DEFINITION)}, "query": {json.dumps(query)}, "figures": ['
    for slug, one in figures:
        position = one.position
        if one.part == WHOLE:
            whole[one.currency].append({**vars(one), "entries": 0})
            continue
        yield between + json.dumps(_record(slug, one))
        between = ",\n"
    totals = {
        currency: {"raised": str(found.raised.minor), "spent": str(found.spent.minor)}
        for currency, found in ((one, totals_of(rows, one)) for one, rows in whole.items())
    }
    yield f'\n], "position": {position}, "totals": {json.dumps(totals)}}}\n'


def _record(slug: str, one: Figure) -> dict[str, str | int]:
    return {
        "row": "group" if one.part == GROUP else "between groups of this place",
        "group": slug,
        "month": f"{one.month:%Y-%m}",
        "kind": Kind(one.kind).name.lower(),
        "category": Chart(one.category).name.lower() if one.category else "",
        "incoming_minor": str(one.incoming),
        "outgoing_minor": str(one.outgoing),
        "currency": one.currency,
        "position": one.position,
    }


def _written(cells: Iterable[object]) -> str:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
