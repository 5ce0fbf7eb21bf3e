"""Signing a mandate in the browser, without a script, and taking it back."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.core import mail

from commonweal.giving.models import Contribution
from commonweal.mail import reader
from commonweal.payments import actions as payments
from commonweal.payments.models import Mandate
from debiting import ACCOUNT, CREDITOR, HOLDER, can_collect, charge_of, out, promised, signed

SPACED = "BE68 5390 0754 7034"
TYPED = {"iban": SPACED, "holder": HOLDER, "signature": "Nour Haddad", "agree": "on"}


@pytest.fixture
def host(commons, hana):
    return can_collect(commons, hana)


def to_sign(give):
    """Give as a guest, and return where they are led to sign."""
    return urlsplit(give(way="debit")["Location"]).path


def letters():
    while reader.read():
        pass
    return {one.subject: one for one in mail.outbox}


def test_a_guest_gives_by_direct_debit_and_signs(host, gardens, give, newest, browse):
    address = to_sign(give)
    page = browse().get(address)
    for words in (
        "Sign the mandate", "authorise (A) Commons House VZW", "within 8 weeks", CREDITOR,
        "Rue Haute 1", "This mandate is for one payment", "at least 2 days before",
    ):  # fmt: skip
        assert words in page.text

    page = browse().post(address, TYPED, follow=True)
    mandate = Mandate.objects.get()
    assert "Thank you, all is signed" in page.text
    assert mandate.reference in page.text
    assert "BE•• •••• 7034" in page.text
    assert not [one for one in (ACCOUNT, SPACED, HOLDER) if one in page.text]
    assert (mandate.iban, mandate.signature, mandate.notice_days) == (ACCOUNT, "Nour Haddad", 2)

    letter = letters()["What you signed for Gardens"]
    for words in (mandate.reference, CREDITOR, "BE•• •••• 7034", "Nour Haddad", "8 weeks"):
        assert words in letter.body
    assert ACCOUNT not in letter.body


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"iban": "BE68 5390 0754 7035"}, "check each digit"),
        ({"iban": "TR330006100519786457841326"}, "do not take part"),
        ({"signature": ""}, "required"),
        ({"agree": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(host, gardens, give, browse, wrong, says):
    address = to_sign(give)

    page = browse().post(address, TYPED | wrong)

    assert page.status_code == 422
    assert says in page.text
    assert f'value="{HOLDER}"' in page.text
    assert not Mandate.objects.exists()


def test_a_host_without_an_identifier_offers_no_direct_debit(commons, gardens, give, browse):
    assert "Direct debit" not in browse().get("/gardens/give").text
    assert give(way="debit").status_code == 422


def test_only_who_gives_signs_and_takes_back(host, gardens, alice, dan, browse):
    gift = promised(gardens, alice)
    address = f"/charges/{charge_of(gift).uuid}/mandate"

    assert browse(dan).get(address).status_code == 403
    assert browse(alice).get(address).status_code == 200
    browse(alice).post(address, TYPED)
    assert browse(dan).post(f"/contributions/{gift.secret}/revoke").status_code == 403
    page = browse(alice).post(f"/contributions/{gift.secret}/revoke", follow=True)
    assert "Nothing more is collected from your account" in page.text
    assert Mandate.objects.get().state == "revoked"


def test_givers_are_told_before_and_when_it_is_called_off_or_refused(host, gardens, alice, carol):
    run = out(host, [signed(gardens, alice, 2000)], carol)
    collection = run.collections.get()
    day = f"{collection.collect_on.day} {collection.collect_on:%B %Y}"

    told = letters()[f"On {day} we collect €20.00"].body
    for words in (collection.mandate.reference, CREDITOR, "€20.00", day, "8 weeks"):
        assert words in told
    assert ACCOUNT not in told

    payments.mark_uncollected(collection=collection, state="refused", code="AC04", by=None)
    body = letters()["€20.00 for Gardens could not be collected"].body
    assert "The account is closed." in body
    assert "sign again" in body

    gift = signed(gardens, alice, 3000)
    other = payments.prepare_collection(host=host, charges=[charge_of(gift).pk], by=carol)
    other = payments.release_collection(run=other, by=carol)
    payments.cancel_collection(run=other, by=carol)
    assert any(subject.startswith("Nothing is collected on") for subject in letters())


def test_what_is_known_of_a_person_holds_what_they_signed(host, gardens, alice, browse):
    signed(gardens, alice)
    page = browse(alice).get(f"/contributions/{Contribution.objects.get().secret}")

    assert "Your mandate" in page.text
    assert ACCOUNT not in page.text
