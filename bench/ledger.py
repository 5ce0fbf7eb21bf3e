"""The ledger beside pgbench's own TPC-B-like load, in interleaved rounds on one server."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from commonweal.config.embedded import PROGRAMS
from commonweal.foundation import clock, ids
from commonweal.ledger import actions
from commonweal.ledger.models import Account, Entry, Kind, Purpose, Transaction
from commonweal.ledger.rules import Draft, Posting

COLLECTIVES = 2000
HOST = 1
_TPS = re.compile(r"tps = ([\d.]+)")
_LATENCY = re.compile(r"latency average = ([\d.]+)")


class Bench:
    """One run: accounts, scripts and how long a round takes."""

    def __init__(self, *, quick: bool) -> None:
        self.rounds, self.seconds = (3, 2) if quick else (5, 5)
        self.sizes = (10_000, 100_000) if quick else (10_000, 1_000_000, 10_000_000)
        self.folder = Path(tempfile.mkdtemp(prefix="commonweal-scripts-"))
        self.shared = [
            opened(Purpose.CHARGES, rail="card"), opened(Purpose.HOST_FEES),
            opened(Purpose.PROCESSOR_FEES, rail="card"), opened(Purpose.PLATFORM_FEES),
        ]  # fmt: skip
        self.funds = [opened(Purpose.FUNDS, party=n, place=1) for n in range(1, COLLECTIVES + 1)]

    def script(self, name: str, text: str) -> list[str]:
        """Write a pgbench script and return the words that run it."""
        path = self.folder / f"{name}.sql"
        path.write_text(text)
        return ["-f", str(path)]

    def pgbench(self, words: list[str], *, clients: int, seconds: int | None = None) -> str:
        """Run pgbench once and return what it printed."""
        database = settings.DATABASES["default"]
        command = [
            str(PROGRAMS / "pgbench"), "-h", database["HOST"], "-U", database["USER"],
            "-n", "-M", "prepared", "-c", str(clients), "-j", "2",
            "-T", str(seconds or self.seconds), *words, connection.settings_dict["NAME"],
        ]  # fmt: skip
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr[:400])
        return done.stdout

    def rate(self, words: list[str], *, clients: int) -> float:
        """Return transactions each second."""
        return float(_TPS.search(self.pgbench(words, clients=clients))[1])  # type: ignore[index]

    def milliseconds(self, words: list[str]) -> float:
        """Return how long one query takes, with one client."""
        printed = self.pgbench(words, clients=1, seconds=2)
        return float(_LATENCY.search(printed)[1])  # type: ignore[index]

    def interleaved(self, *measures: Callable[[], float]) -> list[float]:
        """Return each measure's median over rounds in which they take turns."""
        rounds = [[one() for one in measures] for _ in range(self.rounds)]
        return [median(column) for column in zip(*rounds, strict=True)]


def opened(
    purpose: Purpose, *, party: int | None = None, place: int | None = None, rail: str = ""
) -> int:
    """Open an account at the one host."""
    return actions.open_account(
        purpose=purpose, currency="EUR", party=party, host=HOST, place=place, rail=rail
    ).pk


def run(*, quick: bool) -> list[dict[str, object]]:
    """Measure P1 to P10 and P15."""
    bench = Bench(quick=quick)
    figures = writing(bench) + through_django(bench)
    for size in bench.sizes:
        figures += reading(bench, size)
    return figures + flatness(figures) + storage()


def post_script(bench: Bench, *, hot: bool = False) -> str:
    """Return a gift of five entries to a collective drawn by Zipf's law, or always the same."""
    draw = "\\set c 1" if hot else f"\\set c random_zipfian(1, {COLLECTIVES}, 1.01)"
    clearing, host_fees, processor, platform = bench.shared
    first = bench.funds[0] - 1
    return f"""{draw}
SELECT ledger_post(gen_random_uuid(), '\\x00', 1::smallint, current_date, 1, 1::smallint, NULL,
    '{{"contribution": "k3f9"}}', ARRAY[{clearing}, {first} + :c, {host_fees}, {processor},
    {platform}]::bigint[], ARRAY[-2000, 1790, 100, 55, 55]::bigint[],
    ARRAY[1, 1, 2, 3, 4]::smallint[], ARRAY['description', 'counterparty'], ARRAY['Gift', 'Alice'],
    ARRAY[sha256('a'), sha256('b')], ARRAY[NULL, 5]::bigint[]);
"""


def writing(bench: Bench) -> list[dict[str, object]]:
    """P1 to P3: how posting compares with pgbench's TPC-B-like load."""
    database = settings.DATABASES["default"]
    words = ["-h", database["HOST"], "-U", database["USER"], connection.settings_dict["NAME"]]
    subprocess.run(
        [str(PROGRAMS / "pgbench"), "-i", "-q", "-s", "20", *words], check=True, capture_output=True
    )
    gift = bench.script("gift", post_script(bench))
    hot = bench.script("hot", post_script(bench, hot=True))
    tpcb = ["-b", "tpcb-like"]
    tpcb8, post8, post4, post16, hot8, tpcb1, post1 = bench.interleaved(
        lambda: bench.rate(tpcb, clients=8),
        lambda: bench.rate(gift, clients=8),
        lambda: bench.rate(gift, clients=4),
        lambda: bench.rate(gift, clients=16),
        lambda: bench.rate(hot, clients=8),
        lambda: bench.rate(tpcb, clients=1),
        lambda: bench.rate(gift, clients=1),
    )
    return [
        row("P1", "post, 8 clients / tpcb", post8 / tpcb8, 1.2, f"{post8:.0f} / {tpcb8:.0f} tps"),
        row("P1", "post, 1 client / tpcb", post1 / tpcb1, 1.2, f"{post1:.0f} / {tpcb1:.0f} tps"),
        row(
            "P2",
            "post, 16 clients / 4 clients",
            post16 / post4,
            1.0,
            f"{post16:.0f} / {post4:.0f} tps",
        ),
        row("P3", "one hot collective / tpcb", hot8 / tpcb8, 0.35, f"{hot8:.0f} tps"),
    ]


def draft(bench: Bench, n: int) -> Draft:
    """Return the same gift for Python."""
    clearing, host_fees, processor, platform = bench.shared
    accounts = [clearing, bench.funds[n % COLLECTIVES], host_fees, processor, platform]
    amounts = [-2000, 1790, 100, 55, 55]
    kinds = [1, 1, 2, 3, 4]
    return Draft(
        key=ids.uuid7(), kind=Kind.CONTRIBUTION, host=HOST, category=1,
        effective_on=date(2026, 11, 1),
        postings=tuple(map(Posting, accounts, amounts, kinds)),
    )  # fmt: skip


def through_django(bench: Bench) -> list[dict[str, object]]:
    """P4 and P9: one call beside one statement a row, and batches beside single posts."""

    def each_second(work: Callable[[int], int]) -> float:
        began, done, n = time.perf_counter(), 0, 0
        while time.perf_counter() - began < bench.seconds:
            done += work(n)
            n += 1
        return done / (time.perf_counter() - began)

    def one(n: int) -> int:
        with transaction.atomic():
            actions.post(draft(bench, n))
        return 1

    def by_rows(n: int) -> int:
        with transaction.atomic():
            row_by_row(draft(bench, n))
        return 1

    def fifty(n: int) -> int:
        with transaction.atomic():
            actions.post_batch([draft(bench, n * 50 + k) for k in range(50)])
        return 50

    single, rows, batch = bench.interleaved(
        lambda: each_second(one), lambda: each_second(by_rows), lambda: each_second(fifty)
    )
    return [
        row(
            "P4",
            "post by Django / row by row",
            single / rows,
            3.0,
            f"{single:.0f} / {rows:.0f} a second",
        ),
        row(
            "P9",
            "batches of 50 / single posts",
            batch / single,
            2.0,
            f"{batch * 5:.0f} entries a second",
        ),
    ]


def row_by_row(one: Draft) -> None:
    """Write the same transaction as a program would that knows only rows: a trip for each.

    The triggers would refuse half-written rows, so they are off for it, which favours it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    head = Transaction.objects.create(
        key=one.key, request_hash=one.request_hash, kind=one.kind, at=clock.now(),
        effective_on=one.effective_on, host_id=one.host, category_id=one.category,
    )  # fmt: skip
    for n, leg in enumerate(one.postings, 1):
        account = Account.objects.select_for_update().get(pk=leg.account)
        if account.guarded:
            account.balance += leg.amount
            account.seq += 1
            account.save(update_fields=["balance", "seq"])
        Entry.objects.create(
            transaction=head, n=n, account=account, kind=leg.kind, currency=account.currency,
            amount=leg.amount, balance_after=account.balance if account.guarded else None,
            seq=account.seq if account.guarded else None,
        )  # fmt: skip


def reading(bench: Bench, size: int) -> list[dict[str, object]]:
    """P5 to P8 at one size: reload that many entries, then ask what pages ask."""
    loading = load(bench, size)
    largest = bench.funds[0]
    lines = (
        "SELECT e.*, t.* FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id"
        f" WHERE e.account_id = {largest} AND e.seq > {{top}} - 20 AND e.seq <= {{top}}"
        " ORDER BY e.seq DESC;"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM ledger_account WHERE id = %s", [largest])
        top = cursor.fetchone()[0]
    asked = {
        "nothing": "SELECT 1;",
        "balance": f"SELECT balance FROM ledger_account WHERE id = {largest};",
        "last 20": lines.format(top=top),
        "middle 20": lines.format(top=top // 2),
        "by offset": (
            f"SELECT * FROM ledger_entry WHERE account_id = {largest} AND seq IS NOT NULL"
            f" ORDER BY seq DESC LIMIT 20 OFFSET {top // 2};"
        ),
        "totals": (
            "SELECT kind, sum(incoming), sum(outgoing) FROM ledger_monthsum"
            " WHERE scope = 4 AND scope_id = 0 AND currency = 'EUR' GROUP BY kind;"
        ),
    }
    scripts = {name: bench.script(f"{name}-{size}", text) for name, text in asked.items()}
    times = bench.interleaved(
        *[lambda words=words: bench.milliseconds(words) for words in scripts.values()]
    )
    found = dict(zip(asked, times, strict=True))
    among, empty = f"{size:,} entries", f"SELECT 1: {found['nothing']:.3f} ms"
    flat = found["middle 20"] / found["last 20"]
    return [
        loading,
        row("P5", f"balance, {among} (ms)", found["balance"], None, empty),
        row("P6", f"last 20 lines, {among} (ms)", found["last 20"], None, f"of {top:,} lines"),
        row("P7", f"middle page / first page, {among}", flat, 1.5,
            f"at most; by offset {found['by offset']:.1f} ms"),
        row("P15", f"city totals, {among} (ms)", found["totals"], 5.0, "at most"),
    ]  # fmt: skip


def load(bench: Bench, size: int) -> dict[str, object]:
    """P8: empty the books and load `size` entries by COPY with every index, beside plain COPY."""
    gifts = size // 5
    heads, entries, ends = generated(bench, gifts)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "TRUNCATE ledger_transaction, ledger_entry, ledger_privatefact, ledger_position,"
            " ledger_tally, ledger_daysum, ledger_monthsum"
        )
        cursor.execute("CREATE TABLE plain (LIKE ledger_entry)")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        plain_s = timed(lambda: copied(cursor, "plain", entries))
        dropped = indexes(cursor)
        began = time.perf_counter()
        copied(cursor, "ledger_entry", entries)
        for definition in dropped:
            cursor.execute(definition)
        loading_s = time.perf_counter() - began
        copied(cursor, "ledger_transaction", heads)
        cursor.executemany("UPDATE ledger_account SET balance = %s, seq = %s WHERE id = %s", ends)
        cursor.execute("DROP TABLE plain")
        cursor.execute("SELECT setval('ledger_transaction_id_seq', %s)", [gifts + 1])
        cursor.execute(SUM_UP)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE ledger_entry, ledger_transaction, ledger_account")
    return row(
        "P8", f"load with indexes / plain COPY, {size:,} entries", plain_s / loading_s, 0.30,
        f"{size / loading_s:,.0f} entries a second",
    )  # fmt: skip


SUM_UP = """INSERT INTO ledger_monthsum
    SELECT 4, 0, 'EUR', date_trunc('month', t.effective_on)::date, t.kind, 0,
           sum(e.amount), 0, count(*)
    FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
    WHERE e.seq IS NOT NULL GROUP BY 4, 5"""


def generated(bench: Bench, gifts: int) -> tuple[str, str, list[tuple[int, int, int]]]:
    """Return rows for COPY: three years of gifts, half of all to the largest collectives."""
    heads, rows = io.StringIO(), io.StringIO()
    write_head = csv.writer(heads, delimiter="\t", lineterminator="\n").writerow
    write_entry = csv.writer(rows, delimiter="\t", lineterminator="\n").writerow
    held = [[0, 0] for _ in bench.funds]
    draw = Random(7)
    for number in range(1, gifts + 1):
        which = min(int(draw.paretovariate(0.6)) - 1, COLLECTIVES - 1)
        held[which][0] += 1790
        held[which][1] += 1
        day = f"{2023 + number * 3 // (gifts + 1)}-{1 + number % 12:02d}-11"
        write_head(
            (number, UUID(int=number), "hash", 1, f"{day} 12:00+00", day, HOST, 1, "\\N", "{}")
        )
        shared = zip(bench.shared, (1, 3, 4, 5), (-2000, 100, 55, 55), (1, 2, 3, 4), strict=True)
        for account, n, amount, kind in shared:
            write_entry((number, n, account, kind, "EUR", amount, "\\N", "\\N"))
        write_entry((number, 2, bench.funds[which], 1, "EUR", 1790, *held[which]))
    ends = [(*end, account) for end, account in zip(held, bench.funds, strict=True)]
    return heads.getvalue(), rows.getvalue(), ends


def copied(cursor: CursorWrapper, table: str, rows: str) -> None:
    """Load rows by COPY."""
    columns = {
        "ledger_transaction": " (id, key, request_hash, kind, at, effective_on, host_id,"
        " category_id, reverses, refs)"
    }.get(table, " (transaction_id, n, account_id, kind, currency, amount, balance_after, seq)")
    with cursor.copy(f"COPY {table}{columns} FROM STDIN") as copy:
        for start in range(0, len(rows), 1 << 20):
            copy.write(rows[start : start + (1 << 20)])


def indexes(cursor: CursorWrapper) -> list[str]:
    """Drop the indexes of the entries, and return how to make them again."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'ledger_entry'"
        " AND indexname NOT LIKE '%%pkey'"
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    cursor.execute("ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_pkey")
    primary = "ALTER TABLE ledger_entry ADD PRIMARY KEY (transaction_id, n)"
    return [primary, *(definition for _, definition in found)]


def timed(work: Callable[[], None]) -> float:
    """Return how many seconds something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def flatness(figures: list[dict[str, object]]) -> list[dict[str, object]]:
    """P5 and P6 as ratios: the largest books beside the smallest."""

    def ratio(target: str) -> float:
        values = [float(str(one["measured"])) for one in figures if one["target"] == target]
        return values[-1] / values[0]

    return [
        row("P5", "balance, largest / smallest books", ratio("P5"), 2.0, "at most"),
        row("P6", "last 20 lines, largest / smallest books", ratio("P6"), 1.5, "at most"),
    ]


def storage() -> list[dict[str, object]]:
    """P10: bytes an entry with all its indexes and its share of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (pg_total_relation_size('ledger_entry')"
            " + pg_total_relation_size('ledger_transaction'))::float"
            " / (SELECT count(*) FROM ledger_entry)"
        )
        size = cursor.fetchone()[0]
    return [row("P10", "bytes an entry, all indexes", size, 240, "at most, without the log")]


def row(
    target: str, what: str, measured: float, goal: float | None, note: str
) -> dict[str, object]:
    """Return one line of the table."""
    return {
        "target": target, "what": what, "measured": f"{measured:.3f}",
        "goal": "" if goal is None else goal, "note": note,
    }  # fmt: skip
