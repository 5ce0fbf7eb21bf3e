"""The bank tab: statements come in, lines wait with a guess, and a click places them."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from banking import dialects
from banking.conftest import DAY, EUR, HERS
from cast import IBAN
from commonweal.banking.models import BankFile, BankLine, Match
from commonweal.banking.rules.statements import Line
from commonweal.demo.statements import camt
from commonweal.giving import actions as giving
from commonweal.giving.models import Contribution

PAGE = "/commons-house/hosting/bank"
LINES = [
    Line(amount=EUR("20.00"), booked_on=DAY, name="Alice Peeters", iban=HERS, bank_ref="1"),
    Line(amount=EUR("-9.00"), booked_on=DAY, name="Garage", iban=HERS, bank_ref="2"),
    Line(amount=EUR("-2.50"), booked_on=DAY, code="CHRG", bank_ref="3"),
]
STATEMENT = camt(LINES, account=IBAN, opening=EUR("100"))


@pytest.fixture
def promised(gardens, alice):
    """Return Alice's promise of twenty euros by bank."""
    return giving.pledge(
        collective=gardens, amount=EUR("20.00"), rail="transfer", contributor=alice,
        given_by=alice, by=alice,
    )  # fmt: skip


def upload(client, content=STATEMENT, name="march.xml", **more):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content), **more})


def waiting():
    return BankLine.objects.filter(state="asked").order_by("pk")


def test_only_those_who_handle_the_money_see_what_the_bank_says(commons, browse, bob, dan, carol):
    for reader in (bob, dan):
        assert browse(reader).get(PAGE).status_code == 403
        assert upload(browse(reader)).status_code == 403
    assert "/sign-in" in browse(None).get(PAGE)["Location"]
    assert "No statement was read yet" in browse(carol).get(PAGE).text


def test_a_statement_is_read_and_what_is_unclear_waits_with_a_guess(
    promised, sure, carol, django_assert_max_num_queries
):
    client = sure(carol)
    assert upload(client)["Location"] == PAGE

    with django_assert_max_num_queries(45):
        page = client.get(PAGE).text

    for sight in (
        "3 new lines",
        "Alice Peeters",
        "BE68 … 7034",
        "Gardens",
        "the name and the amount fit",
        "We do not know",
        "Money left",
        "Adds up to the cent",
        "march.xml",
        "The bank says that this is its price",
    ):
        assert sight in page, sight
    assert HERS not in page
    assert "bank lines without an owner" in client.get("/commons-house/hosting").text


def test_a_guess_is_accepted_with_one_click_and_undone_with_another(promised, sure, carol):
    client = sure(carol)
    upload(client)
    line = waiting().first()
    path = f"{PAGE}/{line.pk}"
    assert "the name and the amount fit" in client.get(path).text

    client.post(path, {"as_1": f"gift-{promised.pk}"})

    promised.refresh_from_db()
    assert promised.status == "settled"
    assert "A person said so" in client.get(path).text
    client.post(path, {"undo": "1"})
    promised.refresh_from_db()
    assert promised.status == "pledged"
    assert "undone by Carol Belkacem" in client.get(path).text


def test_a_line_is_placed_in_parts_and_wrong_parts_are_said(promised, gardens, sure, carol):
    client = sure(carol)
    upload(client)
    path = f"{PAGE}/{waiting().first().pk}"
    parts = {
        "as_1": f"group-{gardens.pk}", "amount_1": "12,00", "as_2": "own", "amount_2": "7.00",
        "words": "Nour",
    }  # fmt: skip

    for wrong in (parts, parts | {"amount_2": "x"}, {"as_1": ""}, {"as_1": "own"}):
        page = client.post(path, wrong)
        assert page.status_code == 422, wrong
    assert client.post(path, parts | {"amount_2": "8"}).status_code == 302

    gift = Contribution.objects.latest("pk")
    assert (gift.amount_minor, gift.incognito, gift.contributor.name) == (1200, False, "Nour")
    assert Match.objects.filter(kind="own", note="Nour").exists()


def test_what_goes_back_is_listed_until_the_bank_shows_it(promised, sure, carol):
    client = sure(carol)
    upload(client)
    line = waiting().first()

    client.post(f"{PAGE}/{line.pk}", {"as_1": "return"})

    assert "Make these transfers at your bank" in client.get(PAGE).text


def test_money_is_placed_only_by_somebody_who_proved_lately_who_they_are(
    promised, browse, sure, carol
):
    upload(browse(carol))
    path = f"{PAGE}/{waiting().first().pk}"

    assert "/confirm" in browse(carol).post(path, {"as_1": "own"})["Location"]
    assert sure(carol).get(f"{PAGE}/999999").status_code == 404


@pytest.mark.parametrize(
    ("content", "sight"),
    [
        (b"Dear accountant", "This is no bank statement"),
        (STATEMENT.replace(b">20.00<", b">21.00<"), "do not add up to its last balance"),
        (STATEMENT.replace(IBAN.encode(), b"NL91ABNA0417164300"), "This account is ours as well"),
    ],
)
def test_a_wrong_file_stores_nothing_and_says_why(commons, browse, carol, content, sight):
    page = upload(browse(carol), content)

    assert page.status_code == 422
    assert sight in page.text
    assert not BankFile.objects.exists()
    assert browse(carol).post(PAGE, {}).status_code == 422


def test_a_question_about_a_file_keeps_the_file(commons, browse, carol):
    other = STATEMENT.replace(IBAN.encode(), b"NL91ABNA0417164300")
    kept = {"kept": base64.b64encode(other).decode(), "name": "march.xml", "is_ours": "on"}

    assert browse(carol).post(PAGE, kept)["Location"] == PAGE

    assert BankFile.objects.get().name == "march.xml"


def test_the_columns_of_a_csv_are_named_once(commons, browse, carol):
    client = browse(carol)
    content = dialects.table(LINES, headers="Een;Twee;Drie;Vier;Vijf")
    page = upload(client, content, "march.csv")
    assert page.status_code == 422
    assert "Which column is which?" in page.text
    columns = {"column_booked_on": "Een", "column_amount": "Twee", "column_name": "Drie"}
    kept = {"kept": base64.b64encode(content).decode(), "name": "march.csv"}

    assert client.post(PAGE, kept | columns)["Location"] == PAGE
    again = dialects.table(LINES[:1], headers="Een;Twee;Drie;Vier;Vijf")
    assert upload(client, again, "april.csv")["Location"] == PAGE

    assert BankLine.objects.count() == 3


def test_a_file_that_is_too_large_for_the_desk_names_the_command(
    commons, browse, carol, monkeypatch
):
    monkeypatch.setattr("commonweal.web.hosting.bank_forms.LARGEST_BYTES", 1_000_000)
    file = SimpleUploadedFile("big.xml", b"x" * 1_000_001)

    page = browse(carol).post("/commons-house/hosting/bank", {"file": file})

    assert page.status_code == 422
    assert "commonweal import statement" in page.text
    assert not BankFile.objects.exists()
