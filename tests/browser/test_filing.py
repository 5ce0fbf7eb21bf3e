"""Somebody in a shop, with a phone and by keyboard alone: the receipt is sent in six fields."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect

from browser.browsers import Reader
from commonweal.collectives.models import Collective
from commonweal.people.models import Instance, Party
from commonweal.people.queries import sign_in_token
from commonweal.spending.models import Expense, Unsent
from crash import city
from foundation.test_looks import slip

NEW = "/gardens/expenses/new"


@pytest.fixture
def alice(site: str) -> Party:
    """Return Alice, in a city where Gardens is."""
    city.found()
    Instance.objects.create(name="Test City", created_at=datetime(2026, 1, 1, tzinfo=UTC))
    return city.somebody("alice")


def arrives(reader: Reader, person: Party) -> Page:
    reader.page.goto(f"{reader.site}/sign-in/link/{sign_in_token(person.login)}")
    reader.page.get_by_role("main").get_by_role("button").first.press("Enter")
    reader.page.wait_for_load_state()
    reader.goes_to(NEW)
    return reader.page


def tabs_to(page: Page, name: str) -> None:
    """Press Tab until a field has the focus, as nobody sees who has no pointer."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"the keyboard never comes to {name}")


def test_a_receipt_is_sent_by_keyboard_in_six_fields(somebody, alice) -> None:
    photo = BytesIO()
    slip(1).save(photo, "JPEG")
    reader = somebody()
    page, filled = arrives(reader, alice), []

    tabs_to(page, "receipts")
    page.locator("[name=receipts]").set_input_files(
        {"name": "slip.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    )
    filled.append("receipts")
    for name, words in {
        "line-0-what": "Tomato seeds", "line-0-amount": "12,50", "iban": "BE68 5390 0754 7034",
    }.items():  # fmt: skip
        tabs_to(page, name)
        page.keyboard.type(words)
        filled.append(name)
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    reader.looks()
    expect(page.get_by_text("We think: Plants and seeds").first).to_be_visible()
    filled.append("line-0-category")
    tabs_to(page, "send")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gardens/expenses/1")
    reader.looks()

    expense = Expense.objects.get()
    assert (expense.status, expense.amount_minor) == ("submitted", 1250)
    assert expense.receipts.count() == 1
    assert len(filled) <= 6


def test_what_is_typed_keeps_itself(somebody, alice) -> None:
    reader = somebody(scripts=True)
    page = arrives(reader, alice)

    tabs_to(page, "line-0-what")
    page.keyboard.type("Half a thing")
    page.get_by_text("Kept as a draft at").wait_for()

    assert Unsent.objects.get().title == "Half a thing"
    assert Collective.objects.get(slug="gardens")
