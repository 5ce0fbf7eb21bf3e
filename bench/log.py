"""The public log: how fast it grows, how fast it is proved, and what checking all of it takes."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from statistics import median

from django.conf import settings
from django.core.files.storage import storages

from bench.ledger import Bench, draft, post_script, row
from commonweal.ledger import actions as ledger
from commonweal.transparency import actions, queries
from commonweal.transparency.actions.keys import signer
from commonweal.transparency.rules import notes, tree
from commonweal_verify.merkle import leaf_hash, root_by_path

SMALL = 10_000
NEW = 1000
BATCHES = 10  # posted before the sequencer takes them in
TRIES = 30


def run(*, quick: bool) -> list[dict[str, object]]:
    """Return P11 to P14, and what a whole audit and a returning verifier cost."""
    size = 50_000 if quick else 1_000_000
    bench = Bench(quick=quick)
    actions.make_key(origin="bench")
    posts = bench.rate(bench.script("gift", post_script(bench)), clients=8)
    while actions.advance():
        pass
    grown_to(bench, queries.size() + SMALL)
    small = extending()
    placed = grown_to(bench, queries.size() + size)
    large = extending()
    proofs = proving()
    return [
        row("P11", "places, leaves and sums a second / posts a second", placed / posts, 2,
            f"{placed:,.0f} / {posts:,.0f} a second"),
        row("P12", f"extend by 1,000 and sign, {queries.size():,} leaves / few", large / small, 1.5,
            f"{large * 1000:.2f} ms; goal 10 ms"),
        *proofs,
        *auditing(bench),
    ]  # fmt: skip


def grown_to(bench: Bench, size: int) -> float:
    """Post until there are `size` leaves; return how many a second the sequencer took in."""
    took, began_at = 0.0, queries.size()
    for start in range(began_at, size, BATCHES * NEW):
        for number in range(start, min(start + BATCHES * NEW, size), NEW):
            ledger.post_batch([draft(bench, number + n) for n in range(NEW)])
        began = time.perf_counter()
        while actions.advance():
            pass
        took += time.perf_counter() - began
    return (queries.size() - began_at) / took


def extending() -> float:
    """Return the median time to put 1,000 hashes on the tree's edge and sign the new root."""
    hashes = [sha256(str(n).encode()).digest() for n in range(NEW)]
    key = signer()

    def extend() -> None:
        edge = queries.right_edge()
        edge.grow(hashes)
        notes.signed(notes.Checkpoint(key.name, edge.size, edge.root).text, [key])

    return middle(extend)


def proving() -> list[dict[str, object]]:
    """P13: the proof of a leaf in the middle, from the database, and its check."""
    newest = queries.checkpoint()
    assert newest is not None
    index, node = newest.size // 2 + 7, queries.node()
    path = tree.inclusion(index, newest.size, node)
    proof = queries.proof(index)
    assert proof is not None
    body = proof.body.encode()
    prove = middle(lambda: tree.inclusion(index, newest.size, queries.node()))
    verify = middle(lambda: root_by_path(leaf_hash(body), index, newest.size, path))
    return [
        row("P13", f"prove inclusion in {newest.size:,} leaves, ms", prove * 1000, 2, "at most"),
        row("P13", "verify it, ms", verify * 1000, 0.1, "at most"),
    ]


def auditing(bench: Bench) -> list[dict[str, object]]:
    """P14: hash all leaves; then the whole verifier on a copy, and once more after 1,000 new."""
    newest = queries.checkpoint()
    assert newest is not None
    began = time.perf_counter()
    actions.publish()
    publishing = time.perf_counter() - began
    bodies = [bytes([n % 251]) * 350 for n in range(100_000)]
    began = time.perf_counter()
    for body in bodies:
        leaf_hash(body)
    hashing = len(bodies) / (time.perf_counter() - began)
    with tempfile.TemporaryDirectory(prefix="commonweal-memory-") as memory:
        first_s, first = audited(memory)
        grown_to(bench, newest.size + NEW)
        actions.publish()
        again_s, again = audited(memory)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        row("P14", "leaves hashed a second, in millions", hashing / 1e6, 0.3, "one process"),
        row("", f"publish {newest.size:,} leaves as files", newest.size / publishing, None,
            f"leaves a second, {publishing:,.0f} s"),
        row("", f"verify all {newest.size:,} from the files", newest.size / first_s, None,
            f"leaves a second, {first_s:,.0f} s, {first['received'] / 1e6:,.0f} MB"),
        row("", "most memory of the verifier, MB", peak, None, ""),
        row("", f"verify {NEW:,} new ones, bytes each", again["received"] / NEW, None,
            f"{again['received'] / 1e3:,.0f} kB, {again_s:,.1f} s"),
    ]  # fmt: skip


def audited(memory: str) -> tuple[float, dict[str, float]]:
    """Run the verifier in a process of its own; return seconds and its report."""
    folder = storages["log"].path("")  # type: ignore[attr-defined]
    words = [sys.executable, "-m", "commonweal_verify", folder, "--json", "--memory", memory]
    began = time.perf_counter()
    done = subprocess.run(
        words, capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(Path(settings.SOURCE).parent)},
    )  # fmt: skip
    return time.perf_counter() - began, json.loads(done.stdout)


def middle(work: Callable[[], object]) -> float:
    """Return the median time of a piece of work, in seconds."""
    times = []
    for _ in range(TRIES):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return median(times)
