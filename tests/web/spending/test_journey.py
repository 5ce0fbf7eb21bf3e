"""Filing an expense from a phone, agreeing to it, and paying it: all of it in plain HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.ledger.models import Chart
from commonweal.people.models import Party
from commonweal.spending import actions, tasks
from commonweal.spending.models import Expense, PayoutMethod
from spending.conftest import IBAN, filed, item, photo, put_in_the_pot

Browse = Callable[[Party | None], Client]


def typed(**changes: Any) -> dict[str, Any]:
    """Return what somebody sends for one line of 12.50."""
    return {
        "line-TOTAL_FORMS": "1",
        "line-INITIAL_FORMS": "0",
        "line-0-what": "Seeds",
        "line-0-category": str(Chart.PLANTS_SEEDS.value),
        "line-0-day": "2026-11-18",
        "line-0-amount": "12,50",
        "iban": "BE68 5390 0754 7034",
        "receipts": SimpleUploadedFile("slip.jpg", photo()),
    } | changes


def test_a_receipt_is_sent_in_six_fields(gardens: Collective, alice: Party, browse: Browse) -> None:
    answer = browse(alice).post("/gardens/expenses/new", typed())

    assert (answer.status_code, answer["Location"]) == (302, "/gardens/expenses/1")
    expense = Expense.objects.get()
    assert (expense.status, expense.amount_minor, expense.title) == ("submitted", 1250, "Seeds")
    assert expense.receipts.count() == 1
    assert PayoutMethod.objects.get().iban == IBAN


@pytest.mark.parametrize(
    ("said", "category"),
    [
        ("Coffee and sugar", Chart.FOOD_DRINK),
        ("Tournevis", Chart.TOOLS_PARTS),
        ("Zaalhuur", Chart.VENUE),
    ],
)
def test_an_open_category_is_suggested_and_counts_once_a_person_sends_it(
    said: str, category: Chart, gardens: Collective, alice: Party, browse: Browse
) -> None:
    sent = typed(**{"line-0-what": said, "line-0-category": ""})

    asked = browse(alice).post("/gardens/expenses/new", sent)

    page = asked.content.decode()
    assert asked.status_code == 422
    assert f"We think: {category.label}." in page
    assert f'<option value="{category.value}" selected' in page
    assert not Expense.objects.exists()
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept
    again = typed(**{"line-0-what": said, "line-0-category": str(category.value)})
    browse(alice).post("/gardens/expenses/new", again | {"kept": kept[1], "receipts": ""})
    assert Expense.objects.get().items.get().category_id == category.value


def test_what_the_group_did_before_is_suggested_when_a_line_is_added(
    gardens: Collective, alice: Party, bob: Party, browse: Browse
) -> None:
    known = filed(gardens, alice, item(9_00, Chart.GIFTS_SOLIDARITY, "Seeds for the school"))
    actions.approve(expense=actions.submit(expense=known, by=alice), by=bob)
    sent = typed(**{"line-0-what": "Seeds for the school fair", "line-0-category": "", "add": "1"})

    page = browse(alice).post("/gardens/expenses/new", sent).content.decode()

    assert "We think: Gifts and solidarity." in page
    assert 'name="line-1-what"' in page
    assert "This field is required." not in page


def test_what_says_nothing_is_asked_as_before(
    gardens: Collective, alice: Party, browse: Browse
) -> None:
    sent = typed(**{"line-0-what": "Xyz", "line-0-category": ""})

    page = browse(alice).post("/gardens/expenses/new", sent).content.decode()

    assert "We think" not in page
    assert "This field is required." in page
    assert "coffee, soup, a barbecue" in page


def test_the_account_is_asked_for_once(gardens: Collective, alice: Party, browse: Browse) -> None:
    client = browse(alice)
    client.post("/gardens/expenses/new", typed())

    page = client.get("/gardens/expenses/new").content.decode()
    answer = client.post("/gardens/expenses/new", typed(iban=""))

    assert "BE•• •••• 7034" in page
    assert IBAN not in page
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"line-0-amount": "twelve"}, "in figures"),
        ({"line-0-amount": "0"}, "in figures"),
        ({"line-0-amount": "1.234"}, "in figures"),
        ({"line-0-day": "2999-01-01"}, "still to come"),
        ({"line-0-category": ""}, "We think: Plants and seeds"),
        ({"iban": "BE00"}, "check each digit"),
        ({"iban": ""}, "number of a bank account"),
        ({"receipts": ""}, "Add the receipt"),
        ({"receipts": SimpleUploadedFile("x.svg", b"<svg/>")}, "Send a photo"),
    ],
)
def test_bad_input_is_pointed_out_and_nothing_typed_is_lost(
    gardens: Collective, alice: Party, browse: Browse, changes: dict[str, Any], said: str
) -> None:
    answer = browse(alice).post("/gardens/expenses/new", typed(**changes))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'value="Seeds"' in page
    assert not Expense.objects.exists()


def test_a_photo_sent_with_a_mistake_is_still_there(
    gardens: Collective, alice: Party, browse: Browse
) -> None:
    client = browse(alice)
    first = client.post("/gardens/expenses/new", typed(iban="BE00"))
    kept = first.context["kept"]

    second = client.post("/gardens/expenses/new", typed(receipts="", kept=kept))

    assert "slip.jpg" in first.content.decode()
    assert second.status_code == 302
    assert Expense.objects.get().receipts.get().name == "slip.jpg"


def test_a_receipt_that_waited_too_long_is_asked_for_again(
    gardens: Collective, alice: Party, browse: Browse
) -> None:
    client = browse(alice)
    kept = client.post("/gardens/expenses/new", typed(iban="BE00")).context["kept"]
    with clock.moved_to(clock.now() + timedelta(days=8)):
        tasks.throw_away_waiting()

    again = client.post("/gardens/expenses/new", typed(receipts="", kept=kept))

    assert again.status_code == 422
    assert "Add the receipt" in again.content.decode()
    assert not Expense.objects.exists()


def test_a_forged_word_brings_no_file(gardens: Collective, alice: Party, browse: Browse) -> None:
    answer = browse(alice).post(
        "/gardens/expenses/new", typed(receipts="", kept="W1sieCIsICIvZXRjL3Bhc3N3ZCJdXQ:x:y")
    )

    assert answer.status_code == 422


def test_a_line_can_be_added(gardens: Collective, alice: Party, browse: Browse) -> None:
    answer = browse(alice).post("/gardens/expenses/new", typed(add="1"))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="line-1-what"' in page
    assert "slip.jpg" in page
    assert 'role="alert"' not in page


def test_a_stranger_signs_in_first(gardens: Collective, browse: Browse) -> None:
    answer = browse(None).get("/gardens/expenses/new")

    assert answer.status_code == 302
    assert "next=/gardens/expenses/new" in answer["Location"]


def test_agreeing_takes_one_press(
    gardens: Collective, alice: Party, bob: Party, browse: Browse
) -> None:
    expense = actions.submit(expense=filed(gardens, alice), by=alice)
    client = browse(bob)

    page = client.get("/gardens/expenses/1").content.decode()
    answer = client.post("/gardens/expenses/1/approve", {"version": expense.version})

    assert "Agree to €12.50" in page
    assert answer.status_code == 302
    expense.refresh_from_db()
    assert expense.status == "approved"


def test_an_admin_is_told_why_they_cannot_agree_to_their_own(
    gardens: Collective, bob: Party, browse: Browse
) -> None:
    actions.submit(expense=filed(gardens, bob), by=bob)
    client = browse(bob)

    page = client.get("/gardens/expenses/1").content.decode()
    answer = client.post("/gardens/expenses/1/approve", {"version": 1})

    assert "there is no other admin" in page
    assert answer.status_code == 403


def test_saying_no_needs_a_reason(
    gardens: Collective, alice: Party, bob: Party, browse: Browse
) -> None:
    actions.submit(expense=filed(gardens, alice), by=alice)
    client = browse(bob)

    assert client.post("/gardens/expenses/1/decline", {"reason": ""}).status_code == 422
    client.post("/gardens/expenses/1/decline", {"reason": "We have seeds."})

    assert "We have seeds." in browse(None).get("/gardens/expenses/1").content.decode()


def test_the_accountant_pays_in_two_steps(
    gardens: Collective, alice: Party, bob: Party, carol: Party, browse: Browse
) -> None:
    put_in_the_pot(gardens, 2000)
    expense = actions.submit(expense=filed(gardens, alice), by=alice)
    actions.approve(expense=expense, by=bob)
    client = browse(carol)
    confirmed(client)

    page = client.get("/gardens/expenses/1/pay").content.decode()
    client.post("/gardens/expenses/1/pay")
    client.post("/gardens/expenses/1/paid", {"on": "2026-11-20", "reference": "S-12"})

    assert IBAN in page
    expense.refresh_from_db()
    assert (expense.status, str(expense.paid_on)) == ("paid", "2026-11-20")


def test_paying_asks_who_is_there(
    gardens: Collective, alice: Party, carol: Party, browse: Browse
) -> None:
    actions.submit(expense=filed(gardens, alice), by=alice)

    answer = browse(carol).get("/gardens/expenses/1/pay")

    assert answer.status_code == 302
    assert IBAN not in answer.content.decode()


def test_what_is_private_is_on_no_public_page(
    gardens: Collective, alice: Party, bob: Party, dan: Party, browse: Browse
) -> None:
    expense = actions.submit(expense=filed(gardens, alice), by=alice)
    actions.comment(expense=expense, body="Whisper in the dark", by=bob, public=False)
    paper = expense.receipts.get()

    for reader in (None, dan):
        client = browse(reader)
        for address in ("/gardens/expenses", "/gardens/expenses/1"):
            page = client.get(address).content.decode()
            for secret in (IBAN, "7034", "receipt.jpg", "Whisper", "alice@example.org"):
                assert secret not in page
        assert client.get(f"/gardens/expenses/1/receipts/{paper.pk}").status_code == 403
    shown = browse(bob).get(f"/gardens/expenses/1/receipts/{paper.pk}")
    assert shown.getvalue()
    assert "sandbox" in shown["Content-Security-Policy"]


def test_a_draft_is_there_for_its_author_alone(
    gardens: Collective, alice: Party, bob: Party, browse: Browse
) -> None:
    filed(gardens, alice)

    assert browse(bob).get("/gardens/expenses/1").status_code == 404
    assert browse(alice).get("/gardens/expenses/1").status_code == 200
    assert "Seeds" not in browse(None).get("/gardens/expenses").content.decode()


def test_the_list_is_cheap_however_long(
    gardens: Collective, alice: Party, browse: Browse, django_assert_max_num_queries: Any
) -> None:
    for number in range(25):
        actions.submit(expense=filed(gardens, alice, item(100 + number)), by=alice)

    with django_assert_max_num_queries(16):
        page = browse(None).get("/gardens/expenses").content.decode()

    assert page.count("badge") >= 20
    assert 'rel="next"' in page


def test_one_expense_is_cheap(
    gardens: Collective, alice: Party, browse: Browse, django_assert_max_num_queries: Any
) -> None:
    actions.submit(expense=filed(gardens, alice), by=alice)

    with django_assert_max_num_queries(16):
        browse(None).get("/gardens/expenses/1")


def confirmed(client: Client) -> None:
    """Let the browser have proved just now who is there."""
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [
        {"method": "code", "at": clock.now().timestamp(), "reauthenticated": True}
    ]
    session.save()
