"""Bank statements: how fast a year of lines is read and placed, and what a large file takes."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from django.db.models import Sum

from commonweal.banking import actions, queries
from commonweal.banking.models import BankLine, BankStatement
from commonweal.banking.rules.statements import Line
from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Collective, Theme
from commonweal.demo.statements import camt
from commonweal.foundation.money import Money
from commonweal.hosting import actions as hosting
from commonweal.hosting.models import Host
from commonweal.ledger.models import Entry, Purpose
from commonweal.ledger.queries import account_of
from commonweal.people import actions as people
from commonweal.places.models import Place

# The year is made up where the tests make up theirs.
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from banking import year as made_up
from banking.test_year import became
from cast import IBAN

LARGE_BYTES = 100_000_000
READ = """
import re, sys, time
from pathlib import Path
from commonweal.banking.rules import reading
def most():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
before = most()
start = time.monotonic()
with open(sys.argv[1], "rb") as file:
    (found,) = reading.read(file, which=None, account="", currency="EUR")
took_s = time.monotonic() - start
print(len(found.lines), took_s, before // 1024, most() // 1024)
"""


def run(*, quick: bool) -> list[dict[str, object]]:
    """Read and place a made-up year, then read one file of a hundred megabytes."""
    return [*_year(150 if quick else 1_500), _large(LARGE_BYTES // (20 if quick else 1))]


def _year(promises: int) -> list[dict[str, object]]:
    host, groups = _host()
    year = made_up.lived(made_up.promises(host, groups, promises), months=10, seed=1)
    took = {"take": 0.0, "place": 0.0}
    files = list(made_up.statements(year))
    for name, content in files:
        start = time.monotonic()
        actions.take(host=host, name=name, content=io.BytesIO(content), by=None)
        took["take"] += time.monotonic() - start
        start = time.monotonic()
        actions.place_new(host=host, by=None)
        took["place"] += time.monotonic() - start
    could, placed, wrong = _judged(year)
    new = sum(
        actions.take(host=host, name=name, content=io.BytesIO(content), by=None).new
        for name, content in files
    )
    lines = len(year.lines)
    return [
        {"what": "take in", "lines": lines, "seconds": round(took["take"], 1),
         "lines a second": round(lines / took["take"])},
        {"what": "place", "lines": lines, "seconds": round(took["place"], 1),
         "lines a second": round(lines / took["place"]), "could be placed": could,
         "placed": placed, "percent": round(100 * placed / could, 2), "wrong": wrong,
         "new when read again": new, "statements that differ": _differing(host),
         "not explained": len(queries.unexplained())},
    ]  # fmt: skip


def _judged(year: made_up.Year) -> tuple[int, int, int]:
    could = placed = wrong = 0
    for line in BankLine.objects.prefetch_related("matches__charge").iterator(chunk_size=1000):
        truth, found = year.truth[queries.said_of(line).bank_ref], became(line)
        could += bool(truth)
        placed += bool(truth) and found == truth
        wrong += found not in {(), truth}
    return could, placed, wrong


def _differing(host: Host) -> int:
    """Return for how many statements the books hold something else than its last balance."""
    bank = account_of(Purpose.BANK, host=host.pk, currency="EUR", rail="transfer")
    differing = 0
    for one in BankStatement.objects.exclude(closing_minor=None):
        entries = Entry.objects.filter(account=bank, transaction__effective_on__lte=one.to_on)
        differing += -entries.aggregate(s=Sum("amount"))["s"] != one.closing_minor
    return differing


def _large(size: int) -> dict[str, object]:
    """Read one large file in a process of its own, and say what it took."""
    line = Line(
        amount=Money(2_000, "EUR"), booked_on=date(2026, 3, 2), name="Alice Peeters",
        iban="BE68539007547034", reference="+++090/9337/55493+++", bank_ref="R0000001",
        text="For the garden, with love. " * 12,
    )  # fmt: skip
    each = len(camt([line] * 1000, account=IBAN, opening=Money(0, "EUR"))) / 1000
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        lines = [line] * int(size / each)
        file.write(camt(lines, account=IBAN, opening=Money(0, "EUR"), version=8))
        file.flush()
        told = subprocess.run(
            [sys.executable, "-c", READ, file.name], capture_output=True, text=True, check=True
        ).stdout.split()
    count, took_s = int(told[0]), float(told[1])
    return {
        "what": f"read {size // 1_000_000} MB", "lines": count, "seconds": round(took_s, 1),
        "lines a second": round(count / took_s), "memory before, MB": int(told[2]),
        "at most, MB": int(told[3]),
    }  # fmt: skip


def _host() -> tuple[Host, list[Collective]]:
    brussels = Place.objects.get(slug="brussels")
    hana = people.sign_up(email="hana@example.org", name="Hana").person
    house = people.create_organization(name="Commons House", by=hana, place=brussels)
    host = hosting.become_host(
        organization=house, by=hana, fee_ppm=50_000, iban=IBAN, bic="", account_holder=""
    )
    groups = []
    for number in range(20):
        made = collectives.start(
            name=f"Group {number}", about="", place=brussels, by=hana,
            themes=Theme.objects.filter(slug="community-garden"),
        )  # fmt: skip
        asked = hosting.apply(collective=made, host=host, message="Hello", by=hana)
        groups.append(hosting.approve(application=asked, by=hana).collective)
    return host, groups
