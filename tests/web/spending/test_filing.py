"""Papers are read for people, drafts keep themselves, and others are paid than oneself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cast import IBAN as OTHER
from commonweal.collectives.models import Collective
from commonweal.foundation import ids
from commonweal.ledger.models import Chart
from commonweal.people.models import Party
from commonweal.spending import actions, queries
from commonweal.spending.models import AccountRequest, Expense, Supplier, Unsent
from spending.conftest import IBAN, filed, photo
from spending.invoices import REFERENCE, invoice, pdf_with
from spending.test_papers import pdf
from web.spending.test_journey import Browse, typed

NEW = "/gardens/expenses/new"


def sent(content: bytes, name: str) -> dict[str, Any]:
    """Return what somebody sends who chose a paper and typed nothing."""
    empty = {"line-0-what": "", "line-0-category": "", "line-0-day": "", "line-0-amount": ""}
    return typed(**empty, iban="", receipts=SimpleUploadedFile(name, content))


def values(answer: Any) -> dict[str, Any]:
    """Return what stands in the fields of a form."""
    context = answer.context
    lines = {bound.html_name: bound.value() for line in context["lines"] for bound in line}
    form = {bound.html_name: bound.value() for bound in context["form"] if bound.name != "receipts"}
    whole = lines | form | {"kept": context["kept"], "key": context["key"]}
    whole |= {"line-TOTAL_FORMS": len(context["lines"].forms), "line-INITIAL_FORMS": 0}
    return {name: "" if value is None else value for name, value in whole.items()}


@pytest.mark.parametrize("name", ["invoice.xml", "invoice.pdf"])
def test_an_invoice_fills_the_form_and_a_person_sends_it(
    gardens: Collective, alice: Party, browse: Browse, name: str
) -> None:
    client, content = browse(alice), invoice("ubl")
    first = client.post(NEW, sent(pdf_with(content) if "pdf" in name else content, name))

    page, found = first.content.decode(), values(first)
    assert (first.status_code, Expense.objects.count()) == (422, 0)
    assert "We read your invoice." in page
    assert "Have you paid Seed Barn already?" in page
    assert page.count("Read from your paper.") >= 10
    assert found["line-1-what"], found["line-1-amount"] == ("Tomato plants", "21.20")
    for number in range(2):
        found[f"line-{number}-category"] = str(Chart.PLANTS_SEEDS.value)
    answer = client.post(NEW, found | {"payee": "supplier"})

    assert answer.status_code == 302
    expense, supplier = Expense.objects.get(), Supplier.objects.get()
    assert (expense.amount_minor, expense.payee, expense.status) == (
        4540, supplier.party, "submitted",
    )  # fmt: skip
    assert (expense.reference, str(expense.due_on), expense.invoice_number) == (
        REFERENCE, "2026-12-10", "2026-71",
    )  # fmt: skip
    assert (supplier.number, expense.payout_method.iban) == ("BE0202239951", OTHER)  # type: ignore[union-attr]
    assert [one.vat_minor for one in expense.items.all()] == [420, 120]
    again = client.get(NEW).content.decode()
    assert "Seed Barn" in again
    assert client.get("/seed-barn").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (invoice("ubl", (">5.40<", ">5.50<")), "x.xml", "The parts of the VAT come to €5.40"),
        (invoice("ubl", ("EUR", "SEK")), "x.xml", "choose its currency"),
        (invoice("ubl", (">380<", ">381<")), "x.xml", "This is a credit note"),
        (pdf_with(invoice("ubl", ("billing:3.0", "x"), ("#compliant#", "#x#"))), "x.pdf",
         "rules that we do not know"),
        (invoice("smallest", ("Amount>12.10<", "Amount>-12.10<")), "x.xml", "asks for nothing"),
        (b"<!DOCTYPE x><Invoice/>", "x.xml", "This file cannot be used"),
        (b"%PDF-1.7 broken", "x.pdf", "This file cannot be used"),
        (b"", "x.pdf", "empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_as_it_is_is_said_and_nothing_typed_is_lost(
    gardens: Collective, alice: Party, browse: Browse, content: bytes, name: str, said: str
) -> None:
    answer = browse(alice).post(
        NEW, typed(receipts=SimpleUploadedFile(name, content), read="1", iban="BE68 5390")
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert said in page
    assert 'value="Seeds"' in page
    assert 'value="BE68 5390"' in page


def test_a_plain_pdf_only_suggests_and_a_photo_says_nothing(
    gardens: Collective, alice: Party, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browse(alice)
    monkeypatch.setattr("commonweal.spending.actions.pdfs._text", lambda _reader: TEXT)
    read = client.post(NEW, sent(pdf(), "bill.pdf") | {"read": "1"})
    seen = client.post(NEW, sent(photo(), "bill.jpg") | {"read": "1"})

    found = values(read)
    assert (found["line-0-amount"], found["line-0-day"]) == ("12.10", "2026-11-05")
    assert "We read your paper." in read.content.decode()
    assert "We read" not in seen.content.decode()
    assert "bill.jpg" in seen.content.decode()


TEXT = "Date 05/11/2026\nTotal TTC 12,10"


def test_a_draft_keeps_itself_and_becomes_an_expense(
    gardens: Collective, alice: Party, dan: Party, browse: Browse
) -> None:
    client, key = browse(alice), str(ids.uuid7())
    with_photo = client.post(NEW, typed(iban="BE00", key=key))
    half = {"line-0-what": "Half a thing", "iban": IBAN, "key": key, "csrfmiddlewaretoken": "x"}
    half |= {"kept": with_photo.context["kept"], "line-TOTAL_FORMS": "1", "line-INITIAL_FORMS": "0"}

    saved = client.post("/gardens/expenses/draft", half).content.decode()
    shown = client.get("/gardens/expenses").content.decode()
    back = client.get(f"{NEW}?draft={key}")
    others = browse(dan).get(f"{NEW}?draft={key}").content.decode()

    page = back.content.decode()
    assert "Kept as a draft at" in saved
    assert "Half a thing" in shown
    assert all(word in page for word in ('value="Half a thing"', IBAN, "slip.jpg"))
    assert "This field is required" not in page
    assert "Half a thing" not in others
    assert Unsent.objects.get().key == UUID(key)
    answer = client.post(NEW, typed(receipts="", key=key, kept=back.context["kept"]))
    assert answer.status_code == 302
    assert not Unsent.objects.exists()
    assert Expense.objects.get().receipts.get().name == "slip.jpg"


def test_a_draft_is_kept_by_a_button_and_thrown_away_by_another(
    gardens: Collective, alice: Party, dan: Party, browse: Browse
) -> None:
    client = browse(alice)
    answer = client.post(NEW, typed(draft="1", **{"line-0-amount": "?"}))
    key = Unsent.objects.get().key

    assert answer["Location"] == f"{NEW}?draft={key}"
    assert "slip.jpg" in client.get(answer["Location"]).content.decode()
    browse(dan).post(f"/gardens/expenses/draft/{key}/drop")
    assert Unsent.objects.exists()
    assert browse(dan).post("/gardens/expenses/draft", {"key": key}).status_code == 403
    client.post(f"/gardens/expenses/draft/{key}/drop")
    assert not Unsent.objects.exists()


def test_an_expense_can_be_asked_for_again_and_gets_a_receipt_later(
    gardens: Collective, alice: Party, browse: Browse
) -> None:
    actions.submit(expense=filed(gardens, alice), by=alice)
    client = browse(alice)

    again = values(client.get(f"{NEW}?like=1"))
    added = client.post(
        "/gardens/expenses/1/receipts", {"receipts": SimpleUploadedFile("two.jpg", photo("red"))}
    )
    bad = client.post("/gardens/expenses/1/receipts", {"receipts": SimpleUploadedFile("x", b"MZ")})

    assert (again["line-0-what"], again["line-0-amount"]) == ("Seeds", "12.50")
    assert added.status_code == 302
    assert bad.status_code == 422
    expense = Expense.objects.get()
    assert (expense.receipts.count(), expense.version) == (2, 1)


def test_money_in_another_currency_is_shown_in_both(
    gardens: Collective, alice: Party, browse: Browse
) -> None:
    client = browse(alice)
    dollars = {"line-0-currency": "USD", "line-0-vat_rate": "10", "line-0-day": "2026-01-02"}
    client.post(NEW, typed(**dollars))

    line = Expense.objects.get().items.get()
    page = client.get("/gardens/expenses/1").content.decode()
    assert (line.spent_minor, line.currency) == (1250, "EUR")
    assert "US$12.50" in page
    assert "of which VAT €" in page
    unknown = client.post(NEW, typed(**{"line-0-currency": "XOF", "line-0-amount": "12"}))
    assert "We know no rate for XOF" in unknown.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"payee": "supplier"}, "Write the name on the invoice."),
        ({"payee": "supplier", "supplier_name": "Barn", "supplier_iban": "BE00"}, "each digit"),
        ({"payee": "guest", "guest_name": "Nour"}, "to which we send the letter"),
        ({"payee": "guest", "guest_name": "Nour", "guest_email": "x"}, "valid email"),
        ({"line-0-vat": "12.50"}, "The VAT is a part of the amount."),
        ({"line-0-vat_rate": "-1"}, "greater than or equal"),
    ],
)
def test_what_is_missing_for_others_is_asked_for(
    gardens: Collective, alice: Party, browse: Browse, changes: dict[str, Any], said: str
) -> None:
    answer = browse(alice).post(NEW, typed(**changes))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Expense.objects.exists()


def test_a_false_invoice_does_not_lead_money_elsewhere(
    gardens: Collective, alice: Party, browse: Browse
) -> None:
    actions.add_supplier(collective=gardens, name="Barn", iban=OTHER, by=alice)
    supplier = {"payee": "supplier", "supplier_name": "Barn", "supplier_iban": IBAN}

    answer = browse(alice).post(NEW, typed(**supplier))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This group pays Barn on BE•• •••• 6769." in page
    assert OTHER not in page


def test_a_guest_is_asked_by_a_link_that_works_once(
    gardens: Collective, alice: Party, browse: Browse
) -> None:
    guest = {"payee": "guest", "guest_name": "Nour Aziz", "guest_email": "nour@example.org"}
    assert browse(alice).post(NEW, typed(**guest)).status_code == 302
    address = f"/account/{queries.account_token(AccountRequest.objects.get())}"
    client = browse(None)

    asked = client.get(address)
    wrong = client.post(address, {"holder": "Nour Aziz", "iban": "BE00"})
    given = client.post(address, {"holder": "Nour Aziz", "iban": OTHER})

    assert "Alice Peeters asks Gardens to pay you." in asked.content.decode()
    assert "nour@example.org" not in asked.content.decode()
    assert (wrong.status_code, given.status_code) == (422, 200)
    assert client.get(address).status_code == 410
    page = browse(alice).get("/gardens/expenses/1").content.decode()
    assert "BE•• •••• 6769" in page
    assert OTHER not in page


def test_the_form_is_cheap_however_many_suppliers(
    gardens: Collective, alice: Party, browse: Browse, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        actions.add_supplier(collective=gardens, name=f"Barn {number}", iban=OTHER, by=alice)
    client = browse(alice)

    with django_assert_max_num_queries(20):
        assert "Barn 7" in client.get(NEW).content.decode()
