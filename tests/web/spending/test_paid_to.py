"""Where somebody is paid: asked who is there, compared with the name, told who looked."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from commonweal.mail import post
from commonweal.people import actions as people
from commonweal.spending import actions
from commonweal.spending.models import Expense, PayoutMethod
from spending.conftest import IBAN, filed
from web.spending.test_journey import confirmed, typed

NEW, SPACED = "BE71096123456769", "BE71 0961 2345 6769"
PAGE = "/alice-peeters/paid-to"


@pytest.fixture
def at_home(alice, browse):
    """Return Alice's browser, in which she has just proved that it is her."""
    client = browse(alice)
    confirmed(client)
    return client


def test_an_account_is_changed_by_who_just_proved_who_they_are(alice, browse):
    answer = browse(alice).post(PAGE, {"holder": "Alice Peeters", "iban": SPACED})

    assert (answer.status_code, PayoutMethod.objects.count()) == (302, 0)
    assert answer["Location"].startswith("/settings/confirm")


def test_a_changed_account_waits_and_says_so(alice, at_home):
    actions.add_payout_method(party=alice, holder=alice.name, iban=IBAN, by=alice)

    answer = at_home.post(PAGE, {"holder": "Alice Peeters", "iban": SPACED}, follow=True)

    page = answer.content.decode()
    assert "nothing is paid to it before" in page
    assert "BE•• •••• 6769" in page
    assert SPACED not in page
    assert NEW not in page


def test_an_account_in_another_name_is_asked_about_once(alice, at_home):
    sent = {"holder": "Bob Haddad", "iban": SPACED}

    asked = at_home.post(PAGE, sent)
    taken = at_home.post(PAGE, sent | {"other_name": "on"})

    assert asked.status_code == 422
    assert "Bob Haddad is not Alice Peeters" in asked.content.decode()
    assert 'value="BE71 0961 2345 6769"' in asked.content.decode()
    assert taken.status_code == 302
    assert PayoutMethod.objects.get().holder == "Bob Haddad"


def test_a_wrong_number_is_pointed_out(at_home):
    answer = at_home.post(PAGE, {"holder": "Alice", "iban": "BE00"})

    assert answer.status_code == 422
    assert "check each digit" in answer.content.decode()


def test_who_looked_is_on_the_page(
    gardens, alice, bob, carol, at_home, django_assert_max_num_queries
):
    expense = actions.submit(expense=filed(gardens, alice), by=alice)
    actions.approve(expense=expense, by=bob)
    actions.look_at_account(expense=expense, by=carol)

    with django_assert_max_num_queries(14):
        page = at_home.get(PAGE).content.decode()

    assert "Carol Belkacem" in page
    assert "Seeds and soil" in page


@pytest.mark.parametrize(("who", "status"), [("dan", 403), ("bob", 403)])
def test_nobody_sees_or_changes_where_others_are_paid(who, status, alice, browse, request):
    client = browse(request.getfixturevalue(who))
    confirmed(client)

    assert client.get(PAGE).status_code == status
    assert client.post(PAGE, {"holder": "Dan", "iban": SPACED}).status_code == status


def test_those_who_speak_for_a_shop_say_where_it_is_paid(alice, at_home):
    people.create_organization(name="Seed Shop", by=alice)

    answer = at_home.post("/seed-shop/paid-to", {"holder": "Seed Shop", "iban": SPACED})

    assert answer.status_code == 302
    assert PayoutMethod.objects.get().party.name == "Seed Shop"


def test_the_form_of_an_expense_leads_nobody_past_the_question_who_is_there(gardens, alice, browse):
    actions.add_payout_method(party=alice, holder=alice.name, iban=IBAN, by=alice)

    answer = browse(alice).post("/gardens/expenses/new", typed(iban=SPACED))

    assert answer.status_code == 422
    assert "change that account first" in answer.content.decode()
    assert PAGE in answer.content.decode()
    assert not Expense.objects.exists()
    assert PayoutMethod.objects.get().iban == IBAN


def test_a_host_says_that_it_asked_the_payee(gardens, alice, bob, carol, browse):
    for iban in (IBAN, NEW):
        method = actions.add_payout_method(party=alice, holder=alice.name, iban=iban, by=alice)
    expense = filed(gardens, alice)
    Expense.objects.update(payout_method=method)
    PayoutMethod.objects.exclude(pk=method.pk).update(retired_at=method.created_at)
    PayoutMethod.objects.filter(pk=method.pk).update(retired_at=None)
    actions.approve(expense=actions.submit(expense=expense, by=alice), by=bob)
    client = browse(carol)
    confirmed(client)

    before = client.get("/gardens/expenses/1/pay").content.decode()
    after = client.post("/gardens/expenses/1/account-checked", follow=True).content.decode()

    assert "the number is right" in before
    assert "It can be paid now" in after
    assert "the number is right" not in after


def test_the_old_address_hears_of_a_new_one_and_stays_for_three_days(alice, at_home):
    new = EmailAddress.objects.create(user=alice.login, email="new@example.org", verified=True)
    old = EmailAddress.objects.create(
        user=alice.login, email="alice@example.org", verified=True, primary=True
    )

    at_home.post(f"/settings/addresses/{new.pk}", {"first": "1"})
    post.send_waiting()
    at_home.post(f"/settings/addresses/{old.pk}", {})

    assert [letter.to for letter in mail.outbox] == [["alice@example.org"]]
    assert EmailAddress.objects.filter(pk=old.pk).exists()
