"""Following the euro: a million lines of pots from the first on, then a little at a time."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from random import Random
from statistics import median
from uuid import UUID

import psutil
from django.db import connection, transaction

from bench.ledger import HOST, copied, indexes, opened
from commonweal.discovery import queries
from commonweal.discovery.actions import trace, trace_anew
from commonweal.discovery.models import TracedPart, Tracer
from commonweal.foundation import clock, ids
from commonweal.ledger import actions
from commonweal.ledger.models import Account, Kind, Position, Purpose, Transaction
from commonweal.ledger.rules import Draft, Posting

POTS = 2000
GIFTS_TO_AN_EXPENSE = 4
ROUNDS = 30

# Number, pot, amount, line of the pot, what it holds then, what it takes back, mark.
type Line = tuple[int, int, int, int, int, int | None, str]


def run(*, quick: bool) -> list[dict[str, object]]:
    """Fill pots, follow every line of them, then measure what one more gift and expense take."""
    size = 100_000 if quick else 1_000_000
    outside = opened(Purpose.CHARGES, rail="card")
    pots = [opened(Purpose.FUNDS, party=n, place=1) for n in range(1, POTS + 1)]
    load(pots, outside, size)
    walls, cores = zip(*[timed() for _ in range(3)], strict=True)
    assert queries.untraced() == []
    largest = Account.objects.order_by("-seq")[0]
    figures = [
        row(f"all {size:,} lines of {POTS:,} pots (s)", median(walls), "at most 10"),
        row("processor time of it (s)", median(cores), "what others leave of the cores aside"),
        row("parts kept", TracedPart.objects.count(), f"{largest.seq:,} lines in the largest pot"),
    ]
    Tracer.objects.update(position=Position.objects.count())
    figures += [
        row("one more gift and expense of the largest pot (ms)", news(largest.pk, outside), ""),
        row("an old gift of it goes back (ms)", went_back(largest.pk), ""),
    ]
    assert queries.untraced() == []
    return figures


def load(pots: list[int], outside: int, size: int) -> None:
    """Fill the books by COPY: pots drawn by Pareto's law, one line in a hundred taken back."""
    heads, entries = io.StringIO(), io.StringIO()
    write_head = csv.writer(heads, delimiter="\t", lineterminator="\n", quotechar="'").writerow
    write_entry = csv.writer(entries, delimiter="\t", lineterminator="\n").writerow
    ends: dict[int, tuple[int, int]] = {}
    for number, pot, amount, seq, held, reverses, mark in lines(pots, size):
        refs = f'{{"activity": "{mark}"}}' if mark else "{}"
        kind = 1 if amount > 0 else 5
        day = f"{2023 + number * 3 // (size + 1)}-{1 + number % 12:02d}-11"
        write_head((
            number, UUID(int=number), "hash", kind, f"{day} 12:00+00", day, HOST, 1,
            reverses or "\\N", refs,
        ))  # fmt: skip
        write_entry((number, 1, pot, kind, "EUR", amount, held, seq))
        write_entry((number, 2, outside, kind, "EUR", -amount, "\\N", "\\N"))
        ends[pot] = held, seq
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        dropped = indexes(cursor)
        copied(cursor, "ledger_entry", entries.getvalue())
        for definition in dropped:
            cursor.execute(definition)
        copied(cursor, "ledger_transaction", heads.getvalue())
        changed = [(*end, pot) for pot, end in ends.items()]
        cursor.executemany(
            "UPDATE ledger_account SET balance = %s, seq = %s WHERE id = %s", changed
        )
        cursor.execute("SELECT setval('ledger_transaction_id_seq', %s)", [size + 1])
        cursor.execute(
            "INSERT INTO ledger_position (position, transaction_id)"
            " SELECT id - 1, id FROM ledger_transaction"
        )
        cursor.execute(
            "UPDATE ledger_sequencer SET low_id = %s, next_position = %s, sample_id = %s",
            [size, size, size],
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def lines(pots: list[int], size: int) -> Iterator[Line]:
    """Draw gifts, some for a purpose, expenses, and now and then a gift that goes back."""
    draw = Random(7)
    held = dict.fromkeys(pots, 0)
    seq = dict.fromkeys(pots, 0)
    newest: dict[int, tuple[int, int]] = {}
    for number in range(1, size + 1):
        pot = pots[min(int(draw.paretovariate(0.6)) - 1, POTS - 1)]
        mark = str(draw.randrange(20)) if draw.random() < 0.1 else ""
        reverses = None
        if pot in newest and number % 100 == 0:
            reverses, amount = newest.pop(pot)
            amount = -min(amount, held[pot])
        elif number % (GIFTS_TO_AN_EXPENSE + 1) == 0 and held[pot] > 1000:
            amount = -draw.randint(1000, min(held[pot], 10_000))
        else:
            amount = draw.randint(500, 3000)
            newest[pot] = number, amount
        held[pot] += amount
        seq[pot] += 1
        yield number, pot, amount or 1, seq[pot], held[pot], reverses, mark


def timed() -> tuple[float, float]:
    """Return how many seconds it takes to follow everything anew, by the clock and of the cores."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0])
    began, worked = time.perf_counter(), _worked(backend)
    trace_anew()
    return time.perf_counter() - began, _worked(backend) - worked


def _worked(backend: psutil.Process) -> float:
    spent = backend.cpu_times()
    return time.process_time() + float(spent.user + spent.system)


def post(pot: int, outside: int, minor: int) -> None:
    """Write a gift or an expense, and give it its place."""
    legs = (Posting(pot, minor, Kind.CONTRIBUTION), Posting(outside, -minor, Kind.CONTRIBUTION))
    actions.post(Draft(ids.uuid7(), Kind.CONTRIBUTION, legs, clock.today(), host=HOST))


def news(pot: int, outside: int) -> float:
    """Return the time to follow one gift and one expense, in ms."""
    times = []
    for _ in range(ROUNDS):
        post(pot, outside, 2000)
        post(pot, outside, -1500)
        times.append(caught_up())
    return median(times)


def went_back(pot: int) -> float:
    """Return the time to follow a gift from the middle of a pot that goes back, in ms."""
    middle = Account.objects.get(pk=pot).seq // 2
    gift = Transaction.objects.filter(
        entries__account=pot, entries__seq__gt=middle, kind=Kind.CONTRIBUTION, reverses=None
    ).order_by("pk")[0]
    actions.reverse(
        key=ids.uuid7(), transaction_id=gift.pk, amount_minor=1, effective_on=clock.today()
    )
    return caught_up()


def caught_up() -> float:
    """Put in order what is new, and return how long following it takes, in ms."""
    while actions.advance():
        pass
    began = time.perf_counter()
    while trace():
        pass
    return (time.perf_counter() - began) * 1000


def row(what: str, measured: float, note: str) -> dict[str, object]:
    """Return one line of the table."""
    return {"what": what, "measured": f"{measured:,.1f}", "note": note}
