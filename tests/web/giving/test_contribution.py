"""The way of one gift, for its giver, for strangers and for the host."""

import pytest

from commonweal.payments import actions as payments
from commonweal.payments.models import Charge, InboxItem
from commonweal.payments.port import NextStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_of(browse):
    return lambda gift, reader=None: browse(reader).get(f"/contributions/{gift.secret}")


def test_a_transfer_shows_all_that_is_to_be_written(gift, page_of, django_assert_max_num_queries):
    found = gift()

    with django_assert_max_num_queries(6):
        page = page_of(found)

    for fact in ("BE71 0961 2345 6769", "GKCCBEBB", "Commons House VZW", "€20.00", "+++"):
        assert fact in page.text
    assert '<svg class="qr"' in page.text


@pytest.mark.parametrize(
    ("point", "rail", "words"),
    [
        ("pledged", "sandbox", "Choose a pretend card"),
        ("settled", "transfer", "Thank you"),
        ("settled", "sandbox", "Thank you"),
        ("failed", "sandbox", "The card was declined."),
        ("cancelled", "transfer", "You took this promise back."),
        ("refunded", "transfer", "will be sent back by the host"),
    ],
)
def test_each_point_says_what_happened_and_what_to_do(gift, page_of, alice, point, rail, words):
    page = page_of(gift(point, rail=rail), alice)

    assert page.status_code == 200
    assert words in page.text
    assert ("Pretend money." in page.text) is (rail == "sandbox")


def test_somebody_else_who_has_the_address_is_not_thanked(gift, page_of):
    page = page_of(gift("settled"))

    assert "A gift to Gardens" in page.text
    assert "What €20.00 did" in page.text
    assert "Thank you" not in page.text


def test_the_page_is_kept_by_nobody_and_found_by_no_search_engine(gift, page_of):
    page = page_of(gift())

    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page.text


def test_an_address_is_never_shown(give, newest, page_of):
    give()

    assert "nour@example.org" not in page_of(newest()).text


def test_the_thanks_lead_to_the_line_in_the_ledger(gift, page_of, browse):
    page = page_of(gift("settled"))

    address = page.text.split('href="/ledger/')[1].split('"')[0]
    assert browse().get(f"/ledger/{address}").status_code == 200


def test_an_unknown_gift_is_not_found(browse, db):
    for path in ("/contributions/xyz", "/charges/6f1c5d0e-4a6b-5b8f-9a5e-2f3d8c1b7a90"):
        assert browse().get(path).status_code == 404


def test_a_pretend_card_that_works_ends_in_thanks(give, newest, browse):
    address = give(way="sandbox")["Location"]

    answer = browse().post(f"{address}/pay", {"card": "works"}, follow=True)

    assert "Thank you" in answer.content.decode()
    assert newest().status == "settled"


def test_a_pretend_card_that_asks_leads_to_the_pretend_bank(give, newest, browse):
    address = give(way="sandbox")["Location"]
    browser = browse()

    bank = browser.post(f"{address}/pay", {"card": "asks"}, follow=True)
    assert "The pretend bank" in bank.content.decode()
    assert "Pretend money." in bank.content.decode()

    browser.post(f"{address}/pay", {"card": "yes"})
    assert newest().status == "settled"


def test_a_refused_card_can_be_tried_again(give, newest, browse):
    address = give(way="sandbox", own="12.50")["Location"]

    page = browse().post(f"{address}/pay", {"card": "declined"}, follow=True).content.decode()

    assert newest().status == "failed"
    assert "/gardens/give?amount=12.5" in page


def test_paying_twice_pays_once(give, newest, browse):
    address = give(way="sandbox")["Location"]
    for card in ("works", "works", "declined"):
        browse().post(f"{address}/pay", {"card": card})

    assert newest().status == "settled"
    assert InboxItem.objects.count() == 1


def test_a_transfer_cannot_be_paid_by_a_pretend_card(gift, browse):
    found = gift()

    browse().post(f"/contributions/{found.secret}/pay", {"card": "works"})

    found.refresh_from_db()
    assert found.status == "pledged"


def test_the_pretend_bank_is_closed_to_anything_else(gift, browse):
    charge = Charge.objects.get(subject=f"contribution:{gift().pk}")

    answer = browse().get(f"/pretend-bank/{charge.uuid}")

    assert answer.status_code == 302


def test_coming_back_from_a_rail_finds_the_gift(gift, browse):
    found = gift()
    charge = Charge.objects.get(subject=f"contribution:{found.pk}")

    answer = browse().get(f"/charges/{charge.uuid}")

    assert answer["Location"] == f"/contributions/{found.secret}"


def test_what_a_rail_refuses_at_once_is_told(gift, page_of):
    found = gift(rail="sandbox")
    charge = Charge.objects.get(subject=f"contribution:{found.pk}")

    payments.note_step(charge=charge, step=NextStep("redirect", url="/pretend-bank/x"), by=None)

    assert "Go on with the payment" in page_of(found).text


def test_a_promise_is_taken_back_by_its_giver_alone(gift, browse, alice, dan):
    found = gift()
    path = f"/contributions/{found.secret}/cancel"

    assert browse(dan).post(path).status_code == 403
    assert browse().post(path).status_code == 403
    assert browse(alice).post(path).status_code == 302

    found.refresh_from_db()
    assert found.status == "cancelled"


def test_a_guest_takes_a_promise_back_with_the_address_of_the_page(give, newest, browse):
    address = give()["Location"]

    browse().post(f"{address}/cancel")

    assert newest().status == "cancelled"


def test_news_from_a_rail_is_stored_once_and_answered(gift, client):
    found = gift(rail="sandbox")
    charge = Charge.objects.get(subject=f"contribution:{found.pk}")
    news = f'{{"key": "{charge.uuid}", "card": "works"}}'

    for _ in range(2):
        answer = client.post("/rails/sandbox/news", news, content_type="application/json")
        assert answer.status_code == 200

    assert InboxItem.objects.count() == 1


def test_news_that_no_rail_sent_is_refused(client, db):
    assert client.post("/rails/sandbox/news", b"{}", content_type="x/y").status_code == 400
    assert client.post("/rails/transfer/news", b"{}", content_type="x/y").status_code == 400
    assert client.post("/rails/gone/news", b"{}", content_type="x/y").status_code == 404
