"""Keeping what each lot paid for: a little at a time behind the ledger, or all of it anew."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Max

from commonweal.discovery.models import Tracer
from commonweal.discovery.rules.tracing import UNMARKED, Movement, Part, Rest, follow, undone
from commonweal.ledger.models import Position

_PARTS = "COPY discovery_tracedpart (account_id, lot, use, amount) FROM STDIN"
_RESTS = "COPY discovery_tracedrest (account_id, seq, activity, amount) FROM STDIN"
_LINES_AT_ONCE = 10_000

# The pots (purpose 1) in which something new stands, up to which line, and the earliest line that
# it changes: a gift which goes back may be old. A line below one that was placed is committed too,
# so lines are read up to the newest, whichever of them were placed.
_NEWS = """
WITH news AS (
    SELECT e.account_id, max(e.seq) AS last FROM ledger_position p
    JOIN ledger_entry e ON e.transaction_id = p.transaction_id AND e.seq IS NOT NULL
    JOIN ledger_account a ON a.id = e.account_id AND a.purpose = 1
    WHERE p.position >= %s AND p.position < %s GROUP BY 1
)
SELECT n.account_id, min(coalesce(o.seq, e.seq)), n.last FROM news n
LEFT JOIN discovery_tracedpot f ON f.account_id = n.account_id
JOIN ledger_entry e ON e.account_id = n.account_id AND e.seq > coalesce(f.seq, 0)
    AND e.seq <= n.last
JOIN ledger_transaction t ON t.id = e.transaction_id
LEFT JOIN ledger_entry o ON o.transaction_id = t.reverses AND o.account_id = e.account_id
GROUP BY 1, 3 ORDER BY 1
"""
# What is left of each line after all that took it back.
_MOVEMENTS = """
SELECT n.account_id, e.seq, e.amount + coalesce((
           SELECT sum(b.amount) FROM ledger_transaction r
           JOIN ledger_entry b ON b.transaction_id = r.id AND b.account_id = e.account_id
           WHERE r.reverses = t.id AND b.seq <= n.last), 0)::bigint,
       coalesce(t.refs->>'activity', '')
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS n (account_id, since, last)
JOIN ledger_entry e ON e.account_id = n.account_id AND e.seq BETWEEN n.since AND n.last
JOIN ledger_transaction t ON t.id = e.transaction_id AND t.reverses IS NULL
ORDER BY 1, 2
"""
_UNDO = """
WITH gone AS (
    DELETE FROM discovery_tracedpart p
    USING unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS n (account_id, since, last)
    WHERE p.account_id = n.account_id AND (p.lot >= n.since OR p.use >= n.since)
    RETURNING p.account_id, p.lot, p.use, p.amount, least(p.lot, p.use) AS older
)
SELECT g.account_id, g.lot, g.use, g.amount, g.older, coalesce(t.refs->>'activity', '')
FROM gone g JOIN ledger_entry e ON e.account_id = g.account_id AND e.seq = g.older
JOIN ledger_transaction t ON t.id = e.transaction_id
"""
_FORGET = """
DELETE FROM discovery_tracedrest r
USING unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS n (account_id, since, last)
WHERE r.account_id = n.account_id AND r.seq >= n.since
"""
# Of each mark only as much as can be met by what is new; the oldest may be one that is undone.
_OPEN = """
SELECT account_id, seq, amount, activity FROM (
    SELECT r.*, n.comes, n.goes, sum(abs(amount)) OVER (
        PARTITION BY r.account_id, r.activity, amount > 0 ORDER BY r.seq) - abs(amount) AS before
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS n (account_id, comes, goes)
    JOIN discovery_tracedrest r ON r.account_id = n.account_id
) AS open WHERE before <= CASE WHEN amount > 0 THEN goes ELSE comes END
"""
_CLOSE = """
DELETE FROM discovery_tracedrest r USING unnest(%s::bigint[], %s::bigint[]) AS n (account_id, seq)
WHERE r.account_id = n.account_id AND r.seq = n.seq
"""
_REACHED = """
INSERT INTO discovery_tracedpot (account_id, seq)
SELECT * FROM unnest(%s::bigint[], %s::bigint[])
ON CONFLICT (account_id) DO UPDATE SET seq = excluded.seq
"""

# Every line of every pot: what is left of each, in order, and the marks of those that have one. A
# row for each pot rather than for each line, because there are millions. Lines are numbered from 1
# without a gap; one that takes another back stands there with zero.
_EVERYTHING = """
COPY (
    SELECT e.account_id,
           array_to_string(array_agg(
               CASE WHEN t.reverses IS NULL THEN e.amount + coalesce(b.back, 0) ELSE 0 END
               ORDER BY e.seq), ' '),
           coalesce(jsonb_object_agg(e.seq, t.refs->>'activity') FILTER (WHERE t.refs ? 'activity'),
                    '{}')
    FROM ledger_entry e
    JOIN ledger_account a ON a.id = e.account_id AND a.purpose = 1
    LEFT JOIN ledger_transaction t
        ON t.id = e.transaction_id AND (t.refs ? 'activity' OR t.reverses IS NOT NULL)
    LEFT JOIN (
        SELECT r.reverses AS transaction_id, b.account_id, sum(b.amount)::bigint AS back
        FROM ledger_transaction r JOIN ledger_entry b ON b.transaction_id = r.id
        WHERE r.reverses IS NOT NULL GROUP BY 1, 2
    ) b ON b.transaction_id = e.transaction_id AND b.account_id = e.account_id
    WHERE e.seq IS NOT NULL GROUP BY 1 ORDER BY 1
) TO STDOUT
"""


@dataclass(frozen=True)
class _News:
    """A pot in which lines came, up to `last`; they change what was from `since` on."""

    account: int
    since: int
    last: int


@transaction.atomic
def trace(*, most: int = 5000) -> int:
    """Follow what was put in order since the last time; return how many transactions those were.

    Whoever comes second waits, and goes on where the first one ended.
    """
    tracer = Tracer.objects.select_for_update().get()
    ahead = Position.objects.filter(position__gte=tracer.position)
    number = ahead.filter(position__lt=tracer.position + most).count()
    if not number:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_NEWS, [tracer.position, tracer.position + number])
        news = [_News(*row) for row in cursor.fetchall()]
        if news:
            _go_on(cursor, news)
    tracer.position += number
    tracer.save(update_fields=["position"])
    return number


@transaction.atomic
def trace_anew() -> int:
    """Follow the whole ledger from its first line, instead of what was kept; return how many parts.

    What was kept can be read until the new is there.
    """
    tracer = Tracer.objects.select_for_update().get()
    last = Position.objects.aggregate(last=Max("position"))["last"]
    tracer.position = 0 if last is None else last + 1
    made = _Made()
    with connection.cursor() as cursor:
        for account, movements in _everything(cursor):
            made.add(account, *follow([line for line in movements if line[1]]))
            made.reached.append((account, len(movements)))
        cursor.execute("TRUNCATE discovery_tracedpart, discovery_tracedrest, discovery_tracedpot")
        made.write(cursor)
    tracer.save(update_fields=["position"])
    return made.number


def _go_on(cursor: CursorWrapper, news: list[_News]) -> None:
    """Take back what the news changes, and follow those pots again from there."""
    asked = _columns((one.account, one.since, one.last) for one in news)
    lines = _by_account(cursor, _MOVEMENTS, asked)
    gone = _by_account(cursor, _UNDO, asked)
    cursor.execute(_FORGET, asked)
    opened = _by_account(cursor, _OPEN, _columns(_need(one, lines[one.account]) for one in news))
    made = _Made()
    closed: list[tuple[int, int]] = []
    for one in news:
        marks = {older: mark for *_, older, mark in gone[one.account]}
        known = set(opened[one.account])
        gave = [part[:3] for part in gone[one.account]]
        before = undone(known, gave, marks, since=one.since)
        parts, rests = follow([line for line in lines[one.account] if line[1]], before)
        closed += [(one.account, rest[0]) for rest in known.difference(rests)]
        made.add(one.account, parts, [rest for rest in rests if rest not in known])
        made.reached.append((one.account, one.last))
    if closed:
        cursor.execute(_CLOSE, _columns(closed))
    made.write(cursor)


@dataclass
class _Made:
    """What was found and is to be kept: parts as lines for COPY, since there may be millions."""

    parts: list[str] = field(default_factory=list)
    rests: list[tuple[int, int, str, int]] = field(default_factory=list)
    reached: list[tuple[int, int]] = field(default_factory=list)
    number: int = 0

    def add(self, account: int, parts: Sequence[Part], rests: Iterable[Rest]) -> None:
        """Keep what was found of one pot."""
        self.number += len(parts)
        self.parts += [f"{account}\t{lot}\t{use}\t{minor}\n" for lot, use, minor in parts]
        self.rests += [(account, seq, activity, minor) for seq, minor, activity in rests]

    def write(self, cursor: CursorWrapper) -> None:
        """Write all of it."""
        with cursor.copy(_PARTS) as copy:
            for lines in batched(self.parts, _LINES_AT_ONCE, strict=False):
                copy.write("".join(lines))
        with cursor.copy(_RESTS) as copy:
            for row in self.rests:
                copy.write_row(row)
        if self.reached:
            cursor.execute(_REACHED, _columns(self.reached))


def _everything(cursor: CursorWrapper) -> Iterator[tuple[int, list[Movement]]]:
    """Read each pot with all its lines."""
    with cursor.copy(_EVERYTHING) as copy:
        copy.set_types(["int8", "text", "text"])
        for account, amounts, told in copy.rows():
            marks = {int(seq): mark for seq, mark in json.loads(told).items()}
            numbered = enumerate(map(int, amounts.split()), 1)
            yield account, [(seq, left, marks.get(seq, UNMARKED)) for seq, left in numbered]


def _by_account(cursor: CursorWrapper, sql: str, asked: list[list[int]]) -> dict[int, list[Any]]:
    """Return the rows of an answer by their first column, without it."""
    cursor.execute(sql, asked)
    found: dict[int, list[Any]] = defaultdict(list)
    for row in cursor.fetchall():
        found[row[0]].append(row[1:])
    return found


def _need(one: _News, lines: Iterable[Sequence[Any]]) -> tuple[int, int, int]:
    """Return how much of what stands open a pot can meet: of uses, and of lots."""
    amounts = [line[1] for line in lines]
    comes = sum(amount for amount in amounts if amount > 0)
    return one.account, comes, comes - sum(amounts)


def _columns(rows: Iterable[Sequence[int]]) -> list[list[int]]:
    """Turn rows into columns; PostgreSQL takes many of them as arrays."""
    return [list(column) for column in zip(*rows, strict=True)]
