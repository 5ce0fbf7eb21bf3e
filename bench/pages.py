"""The main public pages for a signed-out reader: time, queries and bytes, as the books grow."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from statistics import median

import brotli
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonweal.collectives.models import Collective
from commonweal.demo import actions as demo
from commonweal.foundation import clock, ids
from commonweal.hosting.models import Hosting
from commonweal.ledger import actions
from commonweal.ledger.models import Account, Entry, Kind, Purpose, Transaction
from commonweal.ledger.rules import Draft, Posting, Private
from commonweal.people.models import Party

SIZES = (10_000, 1_000_000)
ROUNDS = 15
BATCH = 200
LEGS = ((0, -2000, Kind.CONTRIBUTION), (1, 1880, Kind.CONTRIBUTION), (2, 100, Kind.HOST_FEE),
        (3, 20, Kind.PROCESSOR_FEE))  # fmt: skip


def run(*, quick: bool) -> list[dict[str, object]]:
    """Build the demo city, then measure its pages at each size of the books."""
    demo.build(progress=lambda *_: None)
    figures = []
    for size in (10_000, 50_000) if quick else SIZES:
        grow(size)
        figures += [measured(name, address, size) for name, address in pages().items()]
    return with_growth(figures)


def grow(size: int) -> None:
    """Let gifts come in until there are `size` entries, half of them to one group."""
    missing = size - Entry.objects.count()
    drafts = gifts(max(0, missing) // len(LEGS))
    while batch := [one for one, _ in zip(drafts, range(BATCH), strict=False)]:
        actions.post_batch(batch)
    while actions.advance():
        pass
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def gifts(count: int) -> Iterator[Draft]:
    """Yield gifts of the last three years, as giving posts them."""
    draw, today = Random(7), clock.today()
    hosted = list(Hosting.objects.filter(until=None).select_related("collective"))
    shared = {one.host_id: shared_accounts(one.host_id) for one in hosted}
    funds = {account.party_id: account.pk for account in Account.objects.filter(purpose=1)}
    for number in range(count):
        one = hosted[0] if number % 2 else draw.choice(hosted)
        clearing, host_fees, processor = shared[one.host_id]
        accounts = (clearing, funds[one.collective_id], host_fees, processor)
        yield Draft(
            key=ids.uuid7(), kind=Kind.CONTRIBUTION, host=one.host_id, category=1,
            effective_on=today - timedelta(days=draw.randint(0, 1000)),
            postings=tuple(Posting(accounts[n], amount, kind) for n, amount, kind in LEGS),
            private=(Private("description", "Gift"), Private("counterparty", "A neighbour")),
        )  # fmt: skip


def shared_accounts(host: int) -> tuple[int, int, int]:
    """Return where gifts wait at a host, and where fees go."""
    purposes = (Purpose.CHARGES, Purpose.HOST_FEES, Purpose.PROCESSOR_FEES)
    clearing, fees, processor = (
        actions.open_account(purpose=purpose, currency="EUR", host=host, rail="bench").pk
        for purpose in purposes
    )
    return clearing, fees, processor


def pages() -> dict[str, str]:
    """Return the main public pages, those of a group for the largest."""
    largest = Account.objects.filter(purpose=Purpose.FUNDS).order_by("-seq")[0]
    group = f"/{Collective.objects.get(pk=largest.party_id).slug}"
    newest = Transaction.objects.filter(entries__account=largest).latest("id")
    giver = Party.objects.filter(kind="person", supporting__incognito=False).first()
    middle = largest.seq // 20 // 2
    since = date(clock.today().year, 1, 1)
    found = {
        "home": "/", "explore": "/explore", "group": group, "its ledger": f"{group}/ledger",
        "a page in the middle": f"{group}/ledger?page={middle}",
        "one kind since January": f"{group}/ledger?kind=expense&since={since}",
        "ledger of all": "/ledger", "one transaction": f"/ledger/{newest.key}",
        "give": f"{group}/give", "expenses": f"{group}/expenses", "hosts": "/hosts",
        "a host": f"/{Hosting.objects.filter(until=None)[0].host.party.slug}",
    }  # fmt: skip
    return found | ({"a person": f"/{giver.slug}"} if giver else {})


def measured(name: str, address: str, size: int) -> dict[str, object]:
    """Ask for a page several times, as nobody in particular."""
    client = Client()
    client.get(address)
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        page = client.get(address)
        took.append(1000 * (time.perf_counter() - began))
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    if page.status_code != 200:
        raise RuntimeError(f"{address} answers {page.status_code}")
    return {
        "page": name, "entries": size, "ms": round(median(took), 1), "queries": len(asked),
        "kB": round(len(page.content) / 1000, 1),
        "kB compressed": round(len(brotli.compress(page.content, quality=5)) / 1000, 1),
    }  # fmt: skip


def with_growth(figures: list[dict[str, object]]) -> list[dict[str, object]]:
    """Add how much longer each page takes in the largest books than in the smallest."""
    smallest = {one["page"]: float(str(one["ms"])) for one in reversed(figures)}
    return [
        one | {"beside the smallest": round(float(str(one["ms"])) / smallest[one["page"]], 2)}
        for one in figures
    ]
