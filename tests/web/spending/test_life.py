"""What people see while an expense waits, is changed, comes back, or goes from pot to pot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cast import person, start
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.hosting import actions as hosting
from commonweal.hosting.models import Host
from commonweal.people import actions as people
from commonweal.people.models import Party, Role
from commonweal.places.models import Place
from commonweal.spending import actions
from commonweal.spending.models import Expense
from spending.conftest import filed, item, put_in_the_pot

Browse = Callable[[Party | None], Client]
ONE = "/gardens/expenses/1"


@pytest.fixture
def elena(gardens: Collective, bob: Party) -> Party:
    """Return Elena, the second admin of Gardens."""
    elena = person("Elena Rossi")
    people.grant(person=elena, party=gardens, role=Role.ADMIN, by=bob)
    return elena


def seen(client: Client, address: str = ONE) -> str:
    return client.get(address).content.decode()


def confirmed(client: Client) -> Client:
    """Let the browser have proved just now who is there."""
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [
        {"method": "code", "at": clock.now().timestamp(), "reauthenticated": True}
    ]
    session.save()
    return client


def test_an_admin_asks_for_a_change_with_a_word_to_those_who_check(
    gardens: Collective, alice: Party, bob: Party, dan: Party, browse: Browse
) -> None:
    actions.submit(expense=filed(gardens, alice), by=alice)

    empty = browse(bob).post(f"{ONE}/ask", {"reason": "", "private_note": "Twice?"})
    sent = browse(bob).post(f"{ONE}/ask", {"reason": "Which seeds?", "private_note": "Twice?"})

    assert (empty.status_code, sent.status_code) == (422, 302)
    assert "Twice?" in empty.content.decode()
    mine, public = seen(browse(alice)), seen(browse(dan))
    for page in (mine, public):
        assert "Which seeds?" in page
        assert "asked for a change" in page
    assert ("Twice?" in mine, "Twice?" in public) == (True, False)
    assert f'action="{ONE}/submit"' in mine


def test_who_may_not_is_told_who_may_and_sees_no_button(
    gardens: Collective, alice: Party, dan: Party, carol: Party, bob: Party, browse: Browse
) -> None:
    put_in_the_pot(gardens, 5000)
    expense = actions.submit(expense=filed(gardens, alice), by=alice)

    for who in (alice, dan, carol):
        page = seen(browse(who))
        assert f'action="{ONE}/approve"' not in page
        assert "Ask one of these: Bob Haddad" in page
    assert "Who may: Bob Haddad" in seen(browse(None))
    actions.approve(expense=expense, by=bob)
    assert "Ask Commons House" in seen(browse(bob))
    assert f'href="{ONE}/pay"' not in seen(browse(bob))


def test_a_host_lets_an_expense_wait_and_go_on(
    gardens: Collective, alice: Party, bob: Party, carol: Party, browse: Browse
) -> None:
    actions.approve(expense=actions.submit(expense=filed(gardens, alice), by=alice), by=bob)
    client = browse(carol)

    client.post(f"{ONE}/hold", {"reason": "The invoice is not here yet.", "private_note": ""})

    page = seen(client)
    assert "On hold" in page
    assert "The invoice is not here yet." in seen(browse(None))
    assert f'action="{ONE}/resume"' in page
    assert "Seeds and soil" in seen(client, "/commons-house/hosting/pay")
    client.post(f"{ONE}/resume")
    assert Expense.objects.get().status == "approved"
    assert browse(bob).get(f"{ONE}/hold").status_code == 403


def test_the_payee_reads_why_it_came_back_and_others_do_not(
    gardens: Collective, alice: Party, bob: Party, carol: Party, browse: Browse
) -> None:
    put_in_the_pot(gardens, 5000)
    agreed = actions.approve(
        expense=actions.submit(expense=filed(gardens, alice), by=alice), by=bob
    )
    actions.pay(expense=agreed, by=carol)

    confirmed(browse_as := browse(carol)).post(f"{ONE}/return", {"code": "AC04", "reason": ""})

    why = "The account is closed. Give us another one."
    assert why in seen(browse(alice))
    assert why not in seen(browse(None))
    assert f'action="{ONE}/retry"' in seen(browse_as)
    browse_as.post(f"{ONE}/retry")
    assert Expense.objects.get().status == "approved"


def test_a_group_says_its_rules_and_whoever_asks_for_money_reads_them(
    gardens: Collective, commons: Host, alice: Party, bob: Party, hana: Party, browse: Browse
) -> None:
    typed = {"two_from": "500", "within_days": "90", "receipt_from": "", "categories": ["23"]}

    wrong = browse(bob).post("/gardens/expenses/rules", typed | {"two_from": "lots"})
    browse(bob).post("/gardens/expenses/rules", typed)
    confirmed(client := browse(hana)).post("/commons-house/hosting/rules", {"two_from": "250"})

    assert wrong.status_code == 422
    assert 'value="lots"' in wrong.content.decode()
    for address, who in (("/gardens/expenses/new", alice), ("/gardens/expenses", None)):
        page = seen(browse(who), address)
        for sentence in (
            "From €250 on, two people agree.",
            "This group pays what was spent at most 90 days ago.",
            "A receipt is always needed",
            "It pays for: Tools and parts.",
        ):
            assert sentence in page
    assert 'value="250.00"' in seen(client, "/commons-house/hosting/rules")
    assert browse(alice).get("/gardens/expenses/rules").status_code == 403


def test_what_a_rule_is_against_stays_a_draft_and_says_why(
    gardens: Collective, alice: Party, bob: Party, browse: Browse
) -> None:
    actions.set_expense_terms(
        party=gardens.party, currency="EUR", by=bob, categories=[21], two_from=Money(50000, "EUR")
    )
    filed(gardens, alice)

    answer = browse(alice).post(f"{ONE}/submit")

    assert answer.status_code == 422
    assert "Nothing is paid here under “Tools and parts”" in answer.content.decode()


def test_an_admin_grants_to_another_group_and_the_host_passes_it_on(
    gardens: Collective, commons: Host, bob: Party, elena: Party, hana: Party,
    carol: Party, brussels: Place, browse: Browse,
) -> None:  # fmt: skip
    compost = start(person("Cleo Mertens"), brussels, "Compost")
    asked = hosting.apply(
        collective=compost, host=commons, message="Hello", by=Party.objects.get(name="Cleo Mertens")
    )
    hosting.approve(application=asked, by=hana)
    put_in_the_pot(gardens, 8000)
    typed = {"group": "compost", "title": "A heap", "purpose": "Wood", "amount": "50"}

    neither = browse(elena).post("/gardens/grants/new", typed | {"group": ""})
    nobody = browse(elena).post("/gardens/grants/new", typed | {"group": "", "other": "zed"})
    sent = browse(elena).post("/gardens/grants/new", typed)

    assert (neither.status_code, nobody.status_code, sent.status_code) == (422, 422, 302)
    browse(bob).post(f"{ONE}/approve", {"version": 1})
    client = confirmed(browse(carol))
    assert "Pass on €50.00 to Compost" in seen(client, f"{ONE}/pass-on")
    client.post(f"{ONE}/pass-on")
    page = seen(browse(None))
    assert "Paid" in page
    assert "from pot to pot" in page
    assert "A heap" in seen(browse(None), "/compost/ledger")
    assert browse(carol).get("/gardens/grants/new").status_code == 403


def test_an_expense_for_an_admin_is_cheap(
    gardens: Collective, alice: Party, bob: Party, browse: Browse,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    actions.submit(expense=filed(gardens, alice, item(1250)), by=alice)
    client = browse(bob)

    with django_assert_max_num_queries(22):
        client.get(ONE)
