"""Nothing private reaches anybody: every public address is crawled, and every log line read."""

from __future__ import annotations

import html
import logging
import re
from collections import deque
from datetime import date
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import connection

from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.ledger.actions import advance
from commonweal.papers import actions as papers
from commonweal.payments import actions as payments
from commonweal.people import actions as people
from commonweal.spending import actions
from commonweal.transparency.models import Leaf
from debiting import can_collect, out, signed
from spending.conftest import IBAN, filed, item, photo, put_in_the_pot
from spending.test_runs import agreed
from transparency.conftest import log, seal  # noqa: F401 - a fixture
from web.spending.test_journey import confirmed

MOST_PAGES = 400
CHANGED = "BE43068999999501"
STARTS = (
    "/", "/explore", "/ledger", "/ledger.csv", "/gardens", "/commons-house", "/robots.txt",
    "/sitemap.xml", "/log/checkpoint", "/log/tile/entries/000", "/log/keys", "/log/claims",
)  # fmt: skip
# What must be found nowhere: numbers, whole or in parts, words meant for some, and addresses.
SECRETS = {
    IBAN, "BE68 5390 0754 7034", "BE•• •••• 7034", CHANGED, "BE43 0689 9999 9501", "BE•• •••• 9501",
    "539007547034", "068999999501", "Account of Alice", "Whisper in the dark", "S-SECRET-77",
    "face.jpg", "guest.of.honour@example.org", "alice@example.org",
    "bob@example.org", "carol@example.org", "AC04", "MD07", "85.07.30-033.28", "Hidden Lane 9",
}  # fmt: skip
LINK = re.compile(r"""(?:href|src|action)=["']([^"'#]+)|<link>([^<]+)</link>|"url": ?"([^"]+)""")


@pytest.fixture
def lived(log, gardens, alice, bob, carol, commons, hana):  # noqa: F811 - a fixture, by its name
    """Let a group have everything private that there is: paid, sent back, changed, whispered."""
    put_in_the_pot(gardens, 100_000)
    collected = out(can_collect(commons, hana), [signed(gardens, alice)], carol).collections.get()
    payments.mark_uncollected(collection=collected, state="refused", code="AC04", by=None)
    giving.fail_debit(charge=collected.charge, code="AC04", by=None)
    guest = people.ensure_guest(email="guest.of.honour@example.org", name="Nour")
    giving.pledge(
        collective=gardens, amount=Money(2000, "EUR"), rail="transfer", contributor=guest,
        given_by=guest, by=None,
    )  # fmt: skip
    some = [
        agreed(gardens, alice, bob, item(1000 + number), title=f"Thing {number}")
        for number in range(4)
    ]
    run = actions.prepare(host=commons, expenses=[one.pk for one in some[:3]], by=carol)
    run = actions.release(run=run, by=carol)
    actions.take_file(run=run, by=carol)
    on = date(2026, 11, 20)
    actions.return_payment(expense=some[0], on=on, reason="", code="MD07", by=carol)
    actions.return_payment(expense=some[1], on=on, reason="", code="AC04", by=carol)
    actions.mark_run_paid(run=run, on=on, reference="S-SECRET-77", by=carol)
    actions.add_payout_method(party=alice, holder="Account of Alice", iban=CHANGED, by=alice)
    actions.comment(expense=some[2], body="Whisper in the dark", by=bob, public=False)
    draft = filed(gardens, bob, title="A draft of Bob's")
    actions.attach_receipt(expense=draft, content=photo("red"), name="face.jpg", by=bob)
    papers.set_details(
        party=alice, name=alice.name, address="Hidden Lane 9", number="85.07.30-033.28", by=alice
    )
    while advance():
        pass
    seal()
    return run


def text_of(page) -> str:
    body = b"".join(page.streaming_content) if page.streaming else page.content
    headers = "\n".join(f"{name}: {value}" for name, value in page.headers.items())
    return headers + html.unescape(body.decode(errors="replace"))


def links_in(text: str, here: str) -> set[str]:
    """Return the addresses of ours that a page, feed or file leads to."""
    found = set()
    for match in LINK.finditer(text):
        address = urljoin(here, next(part for part in match.groups() if part))
        parts = urlsplit(address)
        ours = f"{parts.scheme}://{parts.netloc}" in {"://", settings.ADDRESS}
        if ours and not parts.path.startswith(("/static/", "/stylesheet/", "/language/")):
            found.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def crawled(client) -> dict[str, tuple[int, str]]:
    """Return all that one comes to from the first page by following links, to a limit."""
    waiting, seen = deque(STARTS), {}
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.popleft()
        if address in seen:
            continue
        page = client.get(address)
        text = text_of(page)
        seen[address] = (page.status_code, text)
        waiting.extend(sorted(links_in(text, address) - set(seen)))
    return seen


def spilled(text: str) -> set[str]:
    """Return what of the secrets stands in a text, also written as in an address or in JSON."""
    forms = (text, unquote(text), text.replace("\\u2022", "•"))
    return {secret for secret in SECRETS if any(secret in form for form in forms)}


def test_whoever_follows_every_link_comes_to_nothing_private(lived, client, caplog):
    caplog.set_level(logging.DEBUG)

    seen = crawled(client)

    assert {address: spilled(text) for address, (_, text) in seen.items() if spilled(text)} == {}
    good = [address for address, (status, _) in seen.items() if status == 200]
    kinds = {address.partition("?")[0].rpartition(".")[2] for address in good if "." in address}
    assert len(good) > 60  # it looked at pages, not at errors
    assert {"csv", "json"} <= kinds
    assert any("Thing 2" in text for _, text in seen.values())
    assert not spilled(caplog.text)


def test_no_error_and_no_log_line_says_what_somebody_may_not_know(
    lived, alice, dan, browse, caplog
):
    caplog.set_level(logging.DEBUG)
    client = browse(dan)
    confirmed(client)
    said = []
    for address in (
        "/gardens/expenses/1/pay", "/gardens/expenses/1/paid", "/gardens/expenses/1/return",
        "/commons-house/hosting/pay", "/commons-house/hosting/pay/1", "/alice-peeters/paid-to",
        "/commons-house/hosting/pay/1/file", f"/gardens/expenses/{IBAN}x",
    ):  # fmt: skip
        for page in (client.get(address), client.post(address, {"iban": "BE68 5390 0754 7035"})):
            assert page.status_code in {302, 403, 404, 405, 422}, address
            said.append(text_of(page).replace(address, ""))
    own = browse(alice)
    confirmed(own)
    own.post("/alice-peeters/paid-to", {"holder": "x" * 99, "iban": IBAN})

    assert not spilled("\n".join(said))
    assert not spilled(caplog.text.replace(f"/gardens/expenses/{IBAN}x", ""))


def test_no_table_holds_a_number_that_can_be_read(lived):
    tables = connection.introspection.table_names()
    numbers = (IBAN[4:], CHANGED[4:], "85.07.30")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT one::text FROM "{table}" one')
            text = "\n".join(row for (row,) in cursor)
            assert not [number for number in numbers if number in text], table

    assert len(tables) > 40
    bodies = b"\n".join(Leaf.objects.values_list("body", flat=True))
    assert b"expense" in bodies
    assert not [number for number in numbers if number.encode() in bodies]
