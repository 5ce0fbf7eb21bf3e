"""Lines of CSV files, and the cells that several of them have."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from commonweal.ledger.rules import Exchange


def written(cells: Iterable[object]) -> str:
    """Return a line of CSV."""
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def rate(exchange: Exchange | None) -> list[object]:
    """Return three cells: by what to multiply, and divide, an amount, and of which day that is."""
    if exchange is None:
        return [1, 1, ""]
    return [exchange.numerator, exchange.denominator, exchange.on.isoformat()]
