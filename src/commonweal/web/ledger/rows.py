"""Lines of the ledger as rows of a table, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from commonweal.collectives.models import Collective
from commonweal.foundation.money import Money
from commonweal.ledger.queries import Line, MonthTotal
from commonweal.web.ledger import words


@dataclass(frozen=True)
class Row:
    """What one row says."""

    day: date
    title: str
    address: str
    who: str
    group: Collective | None
    category: str
    fees: str
    amount: Money
    balance: Money | None


@dataclass(frozen=True)
class Month:
    """The rows of one month, and what moved in all of it where that is known."""

    first: date
    rows: tuple[Row, ...]
    raised: Money | None = None
    spent: Money | None = None

    @property
    def kept(self) -> Money | None:
        """What is left of the month."""
        return None if self.raised is None or self.spent is None else self.raised - self.spent


def row(line: Line, groups: Mapping[int, Collective] | None = None) -> Row:
    """Return a line as a row; `groups` names whose line it is, on pages about many."""
    group = (groups or {}).get(line.party_id or 0)
    return Row(
        day=line.effective_on,
        title=words.title(line),
        address=reverse("ledger:transaction", args=[line.key]),
        who=words.who(line),
        group=group,
        category=words.category(line.category) or str(line.kind.label),
        fees=words.fees(line.gross, line.fees),
        amount=line.amount,
        balance=line.balance_after if groups is None else None,
    )


def by_month(
    lines: Sequence[Line],
    *,
    sums: Iterable[MonthTotal] = (),
    groups: Mapping[int, Collective] | None = None,
) -> list[Month]:
    """Return lines, newest first, under the month they count for.

    Lines stand in the order they were written, so a late one may open its month a second time;
    the sums of a month stand at the first.
    """
    known = {one.month: one for one in sums}
    months = []
    for first, members in groupby(lines, key=lambda line: line.effective_on.replace(day=1)):
        total = known.pop(first, None)
        months.append(
            Month(
                first=first,
                rows=tuple(row(line, groups) for line in members),
                raised=total.raised if total else None,
                spent=total.spent if total else None,
            )
        )
    return months


def whole_transactions(lines: list[Line], size: int) -> tuple[list[Line], int | None]:
    """Return lines without the last transaction, and where to go on, if `size` may have cut it."""
    if len(lines) < size:
        return lines, None
    last = lines[-1].transaction_id
    return [line for line in lines if line.transaction_id != last], last + 1
