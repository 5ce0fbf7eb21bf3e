"""Collecting from the host's desk, in plain HTML, by who proved who they are."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from commonweal.payments.models import Collection, CollectRun
from debiting import ACCOUNT, CREDITOR, HOLDER, TERMS, can_collect, charge_of, signed, states
from web.spending.test_journey import confirmed

DESK = "/commons-house/hosting/collect"
SPACED = "BE68 5390 0754 7034"


@pytest.fixture
def gifts(commons, gardens, alice, dan, hana):
    can_collect(commons, hana)
    return [signed(gardens, alice, 2000), signed(gardens, dan, 550)]


@pytest.fixture
def at_work(carol, browse):
    """Return Carol's browser, in which she has just proved that it is her."""
    client = browse(carol)
    confirmed(client)
    return client


def numbers(gifts):
    return {"charge": [charge_of(one).pk for one in gifts]}


def refusal(run):
    """Return the bank's answer that refuses a whole run."""
    content = (
        f"<Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>{run.uuid.hex}</OrgnlMsgId>"
        "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf>"
        "</OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>"
    )
    return SimpleUploadedFile("answer.xml", content.encode())


def test_gifts_are_collected_with_one_file_and_refused_with_another(gifts, at_work):
    desk = at_work.get(DESK).text
    assert desk.count('name="charge"') == desk.count(" checked") == 2
    assert "€25.50" in desk

    assert at_work.post(DESK, numbers(gifts))["Location"] == f"{DESK}/1"
    assert "Nobody was told yet" in at_work.get(f"{DESK}/1").text
    assert "€25.50" in at_work.get(f"{DESK}/1/release").text
    page = at_work.post(f"{DESK}/1/release", follow=True).text
    assert "Each giver gets a letter" in page

    file = at_work.post(f"{DESK}/1/file")
    assert file["Content-Disposition"] == 'attachment; filename="commons-house-collect-1.xml"'
    assert file["Cache-Control"] == "private, no-store"
    assert file.content.count(ACCOUNT.encode()) == 2

    run = CollectRun.objects.get()
    page = at_work.post(f"{DESK}/answer", {"file": refusal(run)}, follow=True).text
    assert "The bank refuses 2 collections" in page
    assert "The account is closed" in at_work.get(f"{DESK}/1").text
    page = at_work.post(f"{DESK}/answer", {"file": refusal(run)}, follow=True).text
    assert "Nothing was counted twice" in page


def test_no_page_at_the_desk_shows_a_whole_number_and_each_costs_few_queries(
    gifts, at_work, django_assert_max_num_queries
):
    at_work.post(DESK, numbers(gifts))
    for address in (DESK, f"{DESK}/1", f"{DESK}/1/release", f"{DESK}/answer"):
        with django_assert_max_num_queries(16):
            page = at_work.get(address)
        assert page.status_code == 200
        assert not [one for one in (ACCOUNT, SPACED, HOLDER) if one in page.text], address
    assert "BE•• •••• 7034" in at_work.get(f"{DESK}/1").text


def test_a_double_click_chooses_and_releases_once(gifts, at_work):
    at_work.post(DESK, numbers(gifts))
    again = at_work.post(DESK, numbers(gifts))
    assert again.status_code == 422
    assert "in another collection run" in again.text

    first, second = (at_work.post(f"{DESK}/1/release") for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert Collection.objects.filter(state="asked").count() == 2


def test_what_cannot_be_chosen_or_read_is_said(gifts, at_work):
    assert "Choose at least one gift" in at_work.post(DESK, {}).text

    for sent in ({}, {"file": SimpleUploadedFile("a.xml", b"no")}):
        answer = at_work.post(f"{DESK}/answer", sent)
        assert answer.status_code == 422
        assert "error" in answer.text


def test_letting_go_asks_who_is_there_and_for_a_lock_where_the_host_wants_one(
    gifts, commons, hana, carol, browse
):
    client = browse(carol)
    client.post(DESK, numbers(gifts))
    for step in ("release", "file"):
        assert client.post(f"{DESK}/1/{step}")["Location"].startswith("/settings/confirm")

    can_collect(commons, hana, second_lock=True)
    confirmed(client)
    assert client.post(f"{DESK}/1/release")["Location"] == "/settings/security"
    run = CollectRun.objects.get()
    assert (run.status, states(run)) == ("prepared", ["chosen"] * 2)


def test_a_run_is_given_up_from_its_page(gifts, at_work):
    at_work.post(DESK, numbers(gifts))

    page = at_work.post(f"{DESK}/1/cancel", follow=True).text

    assert "Its gifts can be chosen again" in page
    assert page.count('name="charge"') == 2


def test_admins_say_how_the_host_collects(commons, hana, carol, browse):
    client = browse(hana)
    confirmed(client)
    assert "You cannot collect yet" in client.get(DESK).text
    typed = {"creditor_id": CREDITOR, **TERMS, "notice_days": 5} | {"second_person": ""}

    wrong = client.post(f"{DESK}/terms", typed | {"creditor_id": "BE69ZZZ0123456789"})
    assert wrong.status_code == 422
    assert "not a creditor identifier" in wrong.text

    assert client.post(f"{DESK}/terms", typed).status_code == 302
    commons.refresh_from_db()
    assert (commons.creditor_id, commons.collect_terms.notice_days) == (CREDITOR, 5)
    accountant = browse(carol)
    confirmed(accountant)
    assert accountant.get(f"{DESK}/terms").status_code == 403


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_desk_speaks_the_languages_of_the_city(gifts, at_work, language):
    with translation.override(language):
        assert at_work.get(DESK, headers={"accept-language": language}).status_code == 200


def test_a_stranger_finds_no_desk(gifts, browse, alice):
    assert browse(alice).get(DESK).status_code == 403
    assert io.BytesIO(browse().get(DESK).content).read() == b""
