"""Somebody presses "Check this": their own browser does the sums."""

import json

import pytest

from browser.browsers import Reader
from commonweal.ledger.models import PrivateFact
from commonweal.people.models import Instance
from crash import city
from transparency.conftest import seal
from web.conftest import Till

VERDICTS = "[data-step] [data-mark]:visible"


@pytest.fixture
def till(site: str) -> Till:
    """Return the till of Gardens, in a city whose log has begun."""
    city.found()
    Instance.objects.create(name="Test City", created_at="2026-01-01T00:00Z")
    return Till(city.gardens(), city.commons())


@pytest.fixture
def gift(till: Till):
    """Return the key of a gift of Alice's, under the seal of a log with 300 others before it."""
    for _ in range(300):
        till.gift(1_00)
    key = till.gift(20_00, who=city.somebody("alice"), what="For the tomatoes")
    seal()
    return key


def checks(reader: Reader, key) -> list[str]:
    """Press the button; return the verdicts in their order."""
    reader.page.goto(f"{reader.site}/ledger/{key}/check")
    reader.page.get_by_role("button", name="Check this").click()
    reader.page.locator("[data-outcome]:visible").wait_for()
    return reader.page.locator(VERDICTS).all_inner_texts()


def test_without_scripts_the_page_shows_the_proof_and_the_command(somebody, gift):
    reader = somebody()
    reader.goes_to(f"/ledger/{gift}/check")

    reader.reads("commonweal-verify --receipt")
    reader.reads("For the tomatoes")
    reader.goes_to("/verify")


def test_the_browser_checks_a_gift_and_remembers(somebody, gift, till):
    reader = somebody(scripts=True)

    assert checks(reader, gift) == ["right"] * 5
    till.gift(5_00)
    seal()
    assert checks(reader, gift) == ["right"] * 5
    reader.reads("All of it is right.")


def test_the_browser_sees_another_history_than_it_remembers(somebody, gift):
    reader = somebody(scripts=True)
    checks(reader, gift)
    reader.page.evaluate(
        """() => {
          for (const [name, text] of Object.entries(localStorage)) {
            const seen = { ...JSON.parse(text), root: btoa("x".repeat(32)) };
            localStorage.setItem(name, JSON.stringify(seen));
          }
        }"""
    )

    assert checks(reader, gift)[-1] == "wrong"
    reader.reads("Something is wrong here.")


def test_the_browser_sees_a_changed_name(somebody, gift):
    fact = PrivateFact.objects.get(transaction__key=gift, field="counterparty")
    reader = somebody(scripts=True)
    reader.page.route(
        "**/receipt.json",
        lambda route: route.fulfill(json=forged(route.fetch().json(), fact.value)),
    )

    assert checks(reader, gift)[1] == "wrong"


def forged(receipt: dict, name: str) -> dict:
    return json.loads(json.dumps(receipt).replace(name, "Mallory"))
