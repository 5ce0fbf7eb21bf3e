"""Paying many from the host's desk, in plain HTML, by who proved who they are."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from commonweal.foundation import clock
from commonweal.payments.models import Payout
from commonweal.spending import actions
from commonweal.spending.models import Expense, PayRun
from spending.conftest import IBAN, item, put_in_the_pot
from spending.test_runs import agreed
from web.spending.test_journey import confirmed

DESK = "/commons-house/hosting/pay"
SPACED = "BE68 5390 0754 7034"


@pytest.fixture
def ready(gardens, alice, bob):
    put_in_the_pot(gardens, 10_000)
    return [agreed(gardens, alice, bob, item(1250), title=f"Thing {n}") for n in range(3)]


@pytest.fixture
def at_work(carol, browse):
    """Return Carol's browser, in which she has just proved that it is her."""
    client = browse(carol)
    confirmed(client)
    return client


def numbers(ready):
    return {"expense": [one.pk for one in ready]}


def with_lock(client):
    """Let the browser have proved just now who is there with a second lock."""
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": clock.now().timestamp()}
    ]
    session.save()


def test_forty_people_are_paid_with_one_file(ready, at_work):
    desk = at_work.get(DESK).content.decode()
    assert "first payment to this payee" in desk

    answer = at_work.post(DESK, numbers(ready))
    assert answer["Location"] == f"{DESK}/1"
    page = at_work.get(f"{DESK}/1").content.decode()
    for words in ("€37.50", "Left afterwards", "€62.50", "Nothing has moved yet"):
        assert words in page

    assert "€62.50" in at_work.get(f"{DESK}/1/release").content.decode()
    page = at_work.post(f"{DESK}/1/release", follow=True).content.decode()
    assert "Take the file to your bank" in page

    file = at_work.post(f"{DESK}/1/file")
    assert file["Content-Disposition"] == 'attachment; filename="commons-house-1.xml"'
    assert file["Cache-Control"] == "private, no-store"
    assert file.content.count(IBAN.encode()) == 3

    page = at_work.post(
        f"{DESK}/1/paid", {"on": "2026-11-20", "reference": "S-1"}, follow=True
    ).content.decode()
    assert "Each payee gets a letter" in page
    assert set(Expense.objects.values_list("status", flat=True)) == {"paid"}


def test_no_page_at_the_desk_shows_a_whole_number(ready, at_work):
    pages = [at_work.get(DESK), at_work.post(DESK, numbers(ready), follow=True)]
    pages += [at_work.get(f"{DESK}/1/release"), at_work.post(f"{DESK}/1/release", follow=True)]

    for page in pages:
        assert page.status_code == 200
        assert "BE•• •••• 7034" in page.content.decode()
        assert IBAN not in page.content.decode()
        assert SPACED not in page.content.decode()


def test_a_double_click_prepares_releases_and_pays_once(ready, at_work):
    at_work.post(DESK, numbers(ready))
    again = at_work.post(DESK, numbers(ready))
    assert again.status_code == 422
    assert "in another pay run" in again.content.decode()

    first, second = (at_work.post(f"{DESK}/1/release") for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert Payout.objects.count() == 3
    one, two = (at_work.post(f"{DESK}/1/file").content for _ in range(2))
    assert one == two


def test_nothing_ticked_is_pointed_out(ready, at_work):
    answer = at_work.post(DESK, {"execute_on": ""})

    assert answer.status_code == 422
    assert "Choose at least one" in answer.content.decode()


def test_what_was_ticked_is_still_ticked_after_a_mistake(ready, at_work):
    answer = at_work.post(DESK, numbers(ready[:1]) | {"execute_on": "1999-01-01"})

    assert answer.status_code == 422
    assert [row.ticked for row in answer.context["rows"]] == [True, False, False]
    assert 'value="1999-01-01"' in answer.content.decode()


def test_letting_go_asks_who_is_there(ready, carol, browse):
    client = browse(carol)
    client.post(DESK, numbers(ready))

    for step in ("release", "file"):
        answer = client.post(f"{DESK}/1/{step}")
        assert answer["Location"].startswith("/settings/confirm")
    assert PayRun.objects.get().status == "prepared"


def test_letting_go_asks_for_the_second_lock_of_who_has_one(ready, carol, at_work):
    at_work.post(DESK, numbers(ready))
    Authenticator.objects.create(user=carol.login, type="totp", data={"secret": ""})

    asked = at_work.post(f"{DESK}/1/release")
    assert asked["Location"].startswith("/settings/confirm/app")
    assert PayRun.objects.get().status == "prepared"

    with_lock(at_work)
    at_work.post(f"{DESK}/1/release")
    assert PayRun.objects.get().status == "released"


def test_a_host_may_ask_everybody_for_a_second_lock(ready, commons, hana, at_work):
    actions.set_pay_terms(
        host=commons, second_person=False, second_lock=True, file_kind="", as_one=True, by=hana
    )
    at_work.post(DESK, numbers(ready))

    answer = at_work.post(f"{DESK}/1/release", follow=True)

    assert "needs a passkey or an app" in answer.content.decode()
    assert PayRun.objects.get().status == "prepared"


def test_the_second_person_lets_it_go(ready, commons, hana, browse, at_work):
    client = browse(hana)
    confirmed(client)
    saved = client.post(f"{DESK}/terms", {"second_person": "on", "file_kind": "pain.001.001.03"})
    assert saved.status_code == 302
    at_work.post(DESK, numbers(ready))

    assert "Somebody else than Carol Belkacem" in at_work.get(f"{DESK}/1").content.decode()
    assert at_work.post(f"{DESK}/1/release").status_code == 403
    assert client.post(f"{DESK}/1/release").status_code == 302
    assert b"pain.001.001.03" in client.post(f"{DESK}/1/file").content


def test_what_came_back_says_why(ready, at_work):
    at_work.post(DESK, numbers(ready))
    for step in ("release", "file"):
        at_work.post(f"{DESK}/1/{step}")
    payment = PayRun.objects.get().payments.first()

    form = at_work.get(f"{DESK}/1/return/{payment.pk}").content.decode()
    page = at_work.post(
        f"{DESK}/1/return/{payment.pk}", {"on": clock.today(), "code": "AC04"}, follow=True
    ).content.decode()

    assert "AC04: The account is closed" in form
    assert "The account is closed. Give us another one." in page
    assert "Take the file again" not in page
    payment.expense.refresh_from_db()
    assert payment.expense.status == "returned"


def test_giving_up_frees_the_expenses(ready, at_work):
    at_work.post(DESK, numbers(ready))
    at_work.post(f"{DESK}/1/release")

    page = at_work.post(f"{DESK}/1/cancel", follow=True).content.decode()

    assert "Its expenses can be chosen again" in page
    assert page.count('name="expense"') == 3


@pytest.mark.parametrize("who", ["bob", "dan"])
def test_others_do_not_see_the_desk(who, ready, carol, commons, browse, request):
    actions.prepare(host=commons, expenses=[ready[0].pk], by=carol)
    client = browse(request.getfixturevalue(who))
    confirmed(client)

    for page in ("", "/1", "/1/release", "/1/paid", "/terms"):
        assert client.get(f"{DESK}{page}").status_code == 403
    for step in ("release", "file", "cancel"):
        assert client.post(f"{DESK}/1/{step}").status_code == 403


def test_how_a_host_pays_is_for_its_admins(at_work):
    assert at_work.get(f"{DESK}/terms").status_code == 403


def test_the_pages_are_cheap_however_many_are_paid(
    gardens, alice, bob, commons, carol, at_work, django_assert_max_num_queries
):
    put_in_the_pot(gardens, 100_000)
    some = [agreed(gardens, alice, bob, title=f"Thing {n}") for n in range(25)]

    with django_assert_max_num_queries(24):
        at_work.get(DESK)
    at_work.post(DESK, numbers(some))
    with django_assert_max_num_queries(27):
        at_work.get(f"{DESK}/1")
    at_work.post(f"{DESK}/1/release")
    with django_assert_max_num_queries(16):
        at_work.get(f"{DESK}/1")
