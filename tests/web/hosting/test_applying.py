"""A group asks a host; the host says yes, no, or asks first."""

import re

import pytest

from commonweal.collectives.models import Collective
from commonweal.hosting import queries
from commonweal.hosting.models import Application

HELLO = {"host": "commons-house", "message": "We are four neighbours."}


@pytest.fixture
def asked(seedlings, commons, bob, browse):
    """Return Seedlings' request to Commons House."""
    browse(bob).post("/seedlings/apply", HELLO)
    return Application.objects.get()


@pytest.fixture
def one(asked):
    return f"/commons-house/hosting/applications/{asked.pk}"


def test_a_host_is_chosen_and_asked(seedlings, commons, bob, browse):
    client = browse(bob)

    page = client.get("/seedlings/apply?host=commons-house").text
    answer = client.post("/seedlings/apply", HELLO)

    assert "keeps 5% of each gift" in page
    assert re.search(r'value="commons-house"[^>]* checked', page)
    assert answer.url == "/seedlings/desk"
    assert Application.objects.get().message == "We are four neighbours."
    assert "has your request and decides soon" in client.get("/seedlings/apply").text


@pytest.mark.parametrize("changes", [{"host": "gardens"}, {"host": ""}, {"message": " "}])
def test_a_request_needs_a_host_and_some_words(seedlings, commons, bob, browse, changes):
    answer = browse(bob).post("/seedlings/apply", HELLO | changes)

    assert answer.status_code == 422
    assert not Application.objects.exists()


def test_where_nobody_hosts_the_page_says_so(seedlings, bob, browse):
    assert "No host takes new groups" in browse(bob).get("/seedlings/apply").text


def test_the_host_reads_it_and_says_yes(asked, one, hana, bob, browse):
    client = browse(hana)

    desk = client.get("/commons-house/hosting").text
    page = client.get(one).text
    answer = client.post(f"{one}/approve", {"fee": "3,5"})

    assert "group wants to join" in desk
    assert "We are four neighbours." in desk
    assert "We are four neighbours." in page
    assert answer.url == "/commons-house/hosting"
    group = Collective.objects.get(slug="seedlings")
    assert group.status == Collective.Status.ACTIVE
    assert queries.fee_ppm(queries.current(group)) == 35_000
    assert "holds your money since" in browse(bob).get("/seedlings/apply").text


def test_a_share_beyond_reason_is_not_agreed_on(asked, one, hana, browse):
    answer = browse(hana).post(f"{one}/approve", {"fee": "50"})

    assert answer.status_code == 422
    assert "between 0 and 30 percent" in answer.text
    assert Application.objects.get().status == Application.Status.PENDING


def test_the_host_asks_first_and_is_answered(asked, one, hana, bob, browse):
    browse(hana).post(f"{one}/ask", {"question": "Where is the roof?"})
    question = browse(bob).get("/seedlings/apply").text
    empty = browse(bob).post("/seedlings/apply/answer", {"message": ""})
    browse(bob).post("/seedlings/apply/answer", {"message": "Rue Haute."})

    page = browse(hana).get(one).text

    assert "Where is the roof?" in question
    assert empty.status_code == 422
    assert [said in page for said in ("Where is the roof?", "Rue Haute.")] == [True, True]


def test_the_host_says_no_and_the_group_may_ask_again(asked, one, hana, bob, browse):
    silent = browse(hana).post(f"{one}/decline", {"reason": ""})
    browse(hana).post(f"{one}/decline", {"reason": "Only in Ghent."})

    page = browse(bob).get("/seedlings/apply").text
    again = browse(bob).post("/seedlings/apply", HELLO)

    assert silent.status_code == 422
    assert "Only in Ghent." in page
    assert again.status_code == 302


def test_a_request_is_taken_back(asked, bob, browse):
    browse(bob).post("/seedlings/apply/withdraw")

    assert Application.objects.get().status == Application.Status.WITHDRAWN


@pytest.mark.parametrize("step", ["", "/approve", "/ask", "/decline"])
def test_only_admins_of_that_host_decide(one, bob, carol, dan, browse, step):
    for person in (bob, carol, dan):
        answer = browse(person).post(f"{one}{step}") if step else browse(person).get(one)
        assert answer.status_code == 403
    assert Application.objects.get().status == Application.Status.PENDING


def test_another_hosts_address_leads_nowhere(asked, hana, browse):
    assert browse(hana).get(f"/seedlings/hosting/applications/{asked.pk}").status_code == 404
