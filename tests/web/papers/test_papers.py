"""Pages of papers: a giver's, a guest's, a host's desk, and checking one."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commonweal.giving import actions as giving
from commonweal.papers import actions, queries, tasks
from commonweal.papers.models import Details, Paper, Round
from commonweal.people import actions as people
from commonweal.web.people import own_data
from papers.conftest import ENTERPRISE, EUR, LAST_YEAR, NATIONAL, charge_of, recognise, said

MAY = date(LAST_YEAR, 5, 1)
IMPRINT = {
    "legal_name": "Commons House VZW", "address": "High Street 1", "number": "0403.019.261",
    "vat_words": "None", "in_belgium": "on", "belgian_reference": "EE",
    "belgian_since": "2025-01-01",
}  # fmt: skip


def is_pdf(answer):
    return answer.status_code == 200 and answer.content.startswith(b"%PDF-")


def test_who_has_the_address_of_a_gift_gets_its_receipt_from_its_page(came, browse):
    gift = came()
    page = browse().get(f"/contributions/{gift.secret}")
    address = f"/contributions/{gift.secret}/receipt.pdf"
    assert f'href="{address}"' in page.text

    answer = browse().get(address)

    assert is_pdf(answer)
    assert "private, no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'inline; filename="2026-R-00001.pdf"'
    assert browse().get(address).content == answer.content
    assert f"/contributions/{gift.secret}/receipts/{charge_of(gift).uuid}.pdf" in (
        browse().get(f"/contributions/{gift.secret}/papers").text
    )


def test_what_was_given_incognito_has_papers_for_its_giver_alone(came, browse, alice, carol):
    gift = came(incognito=True)
    address = f"/contributions/{gift.secret}/receipt.pdf"

    assert "receipt.pdf" not in browse().get(f"/contributions/{gift.secret}").text
    assert [browse(one).get(address).status_code for one in (None, carol)] == [403, 403]
    assert is_pdf(browse(alice).get(address))
    listed = browse(carol).get("/commons-house/hosting/papers").text
    assert "incognito" in listed
    assert "Alice" not in listed
    assert Paper.objects.get().secret not in listed


def test_a_guest_has_everything_through_the_address_of_one_gift(came, browse, guest, known):
    came("100.00", giver=guest, on=MAY)
    gift = came(giver=guest)
    here = f"/contributions/{gift.secret}"
    browser = browse()
    page = browser.get(f"{here}/papers")
    assert f"{here}/overview/commons-house/2025.pdf" in page.text
    assert is_pdf(browser.get(f"{here}/overview/commons-house/2025.pdf"))

    asked = browser.post(f"{here}/donations/commons-house/belgian/2025")
    assert asked["Location"] == f"{here}/details"
    wrong = browser.post(f"{here}/details", {"name": "Nour S", "address": "Lane 1", "number": "12"})
    assert wrong.status_code == 422
    assert "This number cannot be right." in wrong.text
    assert 'value="Nour S"' in wrong.text
    browser.post(f"{here}/details", {"name": "Nour S", "address": "Lane 1", "number": NATIONAL})
    shown = browser.get(f"{here}/details").text
    assert "••.••.••-•••.28" in shown
    assert NATIONAL not in shown

    given = browser.post(f"{here}/donations/commons-house/belgian/2025")
    assert is_pdf(browser.get(given["Location"]))
    assert "2025-B-00001" in browser.get(f"{here}/papers").text


def test_nobody_gets_the_overview_of_who_signs_in_through_a_gift(came, browse):
    gift = came(on=MAY)
    for rest in ("overview/commons-house/2025.pdf", "details"):
        assert browse().get(f"/contributions/{gift.secret}/{rest}").status_code == 403


def test_the_papers_page_lists_years_gifts_and_what_was_given_out(
    came, browse, alice, known, django_assert_max_num_queries
):
    shop = people.create_organization(name="Seed Shop", by=alice)
    for number in range(4):
        came("50.00", on=MAY.replace(day=number + 1))
    came("60.00", giver=shop, by=alice)
    said(alice, number=NATIONAL)
    browser = browse(alice)
    for address in ("overview/alice-peeters/commons-house/2025.pdf",):
        assert is_pdf(browser.get(f"/papers/{address}"))
    given = browser.post("/papers/donations/alice-peeters/commons-house/belgian/2025")
    assert is_pdf(browser.get(given["Location"]))

    with django_assert_max_num_queries(16):
        page = browser.get("/papers").text

    for words in ("2025, Commons House", "4 gifts", "2025-O-00001", "2025-B-00001", "Seed Shop"):
        assert words in page
    assert page.count("/invoices/") == 1


def test_a_paper_is_closed_to_others_and_asks_its_giver_to_sign_in(came, browse, alice, dan, carol):
    paper = actions.give_receipt(charge=charge_of(came()), by=alice)
    address = f"/papers/{paper.secret}.pdf"

    assert browse().get(address)["Location"].startswith("/sign-in")
    assert browse(dan).get(address).status_code == 403
    assert is_pdf(browse(alice).get(address))
    assert is_pdf(browse(carol).get(address))
    assert browse().get("/papers/xyz.pdf").status_code == 404


def test_an_organization_asks_for_an_invoice_and_is_asked_for_its_address_first(
    came, browse, alice, known
):
    shop = people.create_organization(name="Seed Shop", by=alice)
    gift = came("300.00", giver=shop, by=alice)
    address = f"/contributions/{gift.secret}/invoices/{charge_of(gift).uuid}"
    browser = browse(alice)
    assert browser.post(address)["Location"] == "/papers/details/seed-shop"

    browser.post("/papers/details/seed-shop", {
        "name": "Seed Shop BV", "address": "Side 2", "number": "be 0403.019.261",
    })  # fmt: skip
    given = browser.post(address)

    assert Details.objects.get().number == ENTERPRISE
    assert is_pdf(browser.get(given["Location"]))
    assert browse().post(address).status_code == 403


def test_a_changed_name_is_put_right_with_one_button(came, browse, alice):
    paper = actions.give_receipt(charge=charge_of(came()), by=alice)
    said(alice)
    browser = browse(alice)
    assert f"/papers/{paper.secret}/correct" in browser.get("/papers").text

    given = browser.post(f"/papers/{paper.secret}/correct")

    assert is_pdf(browser.get(given["Location"]))
    assert "Takes the place of 2026-R-00001." in browser.get("/papers").text


def test_the_desk_numbers_papers_and_gives_out_a_year(
    came, browse, known, carol, alice, guest, django_assert_max_num_queries
):
    came("50.00", on=MAY)
    came("70.00", on=MAY, giver=guest)
    said(alice, number=NATIONAL)
    browser = browse(carol)
    begun = browser.post(
        "/commons-house/hosting/papers/rounds", {"kind": "belgian", "year": LAST_YEAR}
    )
    assert begun["Location"] == "/commons-house/hosting/papers"
    assert 'http-equiv="refresh"' in browser.get("/commons-house/hosting/papers").text
    tasks.carry_on()

    with django_assert_max_num_queries(16):
        page = browser.get("/commons-house/hosting/papers").text

    for words in ("2025-B-00001", "Alice Peeters", "one given out", "one asked for details"):
        assert words in page
    assert "http-equiv" not in page
    assert Round.objects.get().finished_at


def test_a_long_list_goes_on_below_a_number(came, browse, known, carol, alice, monkeypatch):
    monkeypatch.setattr("commonweal.web.papers.views.desk._A_PAGE", 2)
    for _ in range(3):
        actions.give_receipt(charge=charge_of(came()), by=alice)
    browser = browse(carol)

    first = browser.get("/commons-house/hosting/papers?year=2026&kind=receipt").text
    second = browser.get("/commons-house/hosting/papers?year=2026&kind=receipt&below=2").text

    assert "2026-R-00003" in first
    assert "below=2" in first
    assert ("2026-R-00001" in second, "2026-R-00002" in second) == (True, False)


def test_a_host_says_how_it_stands_on_papers_and_loses_nothing_typed(
    browse, commons, hana, carol, dan
):
    address = "/commons-house/hosting/papers/imprint"
    assert [browse(one).get(address).status_code for one in (carol, dan)] == [403, 403]
    browser = browse(hana)
    wrong = browser.post(address, {**IMPRINT, "belgian_reference": "", "signed_by": "Hana W."})
    assert wrong.status_code == 422
    assert "Say under which decision" in wrong.text
    assert 'value="Hana W."' in wrong.text

    assert browser.post(address, IMPRINT).status_code == 302

    assert queries.imprint(commons).number == ENTERPRISE
    assert 'value="BE0403019261"' in browser.get(address).text


def test_anybody_checks_whether_a_paper_is_real(came, browse, alice, carol):
    gift = came()
    paper = actions.give_receipt(charge=charge_of(gift), by=alice)
    assert not browse().get("/papers/check").cookies.get("sessionid")

    def told(content):
        file = SimpleUploadedFile("paper.pdf", content, "application/pdf")
        return browse().post("/papers/check", {"file": file}).text

    real = bytes(paper.content)
    assert "Yes. Commons House gave it out." in told(real)
    assert "We do not know this file." in told(real + b" ")
    giving.refund(contribution=gift, amount=EUR("5"), by=carol)
    actions.give_receipt(charge=charge_of(gift), by=alice)
    assert "The paper 2026-R-00002 takes its place." in told(real)
    assert browse().post("/papers/check").status_code == 422
    assert "Alice" not in told(real)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_pages_speak_the_reader_s_language(language, browse, came, alice):
    came(on=MAY)
    browser = browse(alice)
    browser.get(f"/language/{language}")

    page = browser.get("/papers", HTTP_ACCEPT_LANGUAGE=language).text

    assert {"fr": "Par année", "nl": "Per jaar"}[language] in page


def test_what_somebody_said_and_has_goes_along_with_their_data(browse, came, alice):
    said(alice, number=NATIONAL)
    paper = actions.give_receipt(charge=charge_of(came()), by=alice)

    kept = own_data.collect(alice.login)

    assert kept["on_papers"]["number"] == NATIONAL
    assert kept["papers"][0]["address"].endswith(f"/papers/{paper.secret}.pdf")


def test_a_host_that_says_nothing_gives_out_no_donation_receipts(browse, commons, hana, carol):
    page = browse(carol).get("/commons-house/hosting/papers").text
    assert "Say first how you stand on papers." in page
    assert "Give them out" not in page
    recognise(commons, hana)
    assert "Give them out" in browse(carol).get("/commons-house/hosting/papers").text
