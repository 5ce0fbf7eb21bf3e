"""Hosts as everybody sees them, and their desk."""

import pytest

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import tasks
from commonweal.hosting import actions
from commonweal.hosting.models import Host, Hosting
from commonweal.people import actions as people

IBAN = "BE71 0961 2345 6769"


@pytest.fixture
def promised(gardens, alice):
    """Return Alice's promise of twenty euros by bank."""
    gift = giving.pledge(
        collective=gardens, amount=Money(20_00, "EUR"), rail="transfer", contributor=alice,
        given_by=alice, by=alice,
    )  # fmt: skip
    tasks.begin(gift)
    return gift


@pytest.fixture
def sure(browse):
    """Return a browser whose reader proved a moment ago who they are."""

    def browser(person):
        client = browse(person)
        session = client.session
        session["account_authentication_methods_user"] = session["_auth_user_id"]
        session["account_authentication_methods"] = [
            {"method": "code", "at": clock.now().timestamp()}
        ]
        session.save()
        return client

    return browser


def test_everybody_sees_the_hosts(gardens, signed_out, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = signed_out("/hosts")

    for sight in ("Commons House", "5%", "Takes new groups"):
        assert sight in page, sight


def test_a_city_without_hosts_says_how_to_be_the_first(db, signed_out):
    assert "No host yet" in signed_out("/hosts")


def test_a_host_shows_whom_it_hosts_and_that_it_adds_up(
    busy, signed_out, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        page = signed_out("/commons-house")

    for sight in ("Gardens", "Owed to one group", "Adds up to the cent", "Its own money"):
        assert sight in page, sight


def test_a_host_shows_its_terms_and_its_team(commons, hana, carol, signed_out):
    actions.edit_host(
        host=commons, by=hana, fee_ppm=45_000, terms="We pay **every Tuesday**.", bic="",
        open_to_applications=False, iban=commons.iban, account_holder="",
    )  # fmt: skip

    page = signed_out("/commons-house")

    for sight in (
        "4.5%",
        "<strong>every Tuesday</strong>",
        "takes no new groups",
        "Carol Belkacem",
    ):
        assert sight in page, sight


def test_a_reader_with_a_draft_is_shown_the_way_to_ask(seedlings, commons, bob, browse):
    page = browse(bob).get("/commons-house").text

    assert "/seedlings/apply?host=commons-house" in page


def test_the_desk_has_all_that_waits(promised, carol, browse, django_assert_max_num_queries):
    client = browse(carol)

    with django_assert_max_num_queries(30):
        page = client.get("/commons-house/hosting").text

    for sight in ("transfer to look out for", "Alice Peeters", "It arrived", "Adds up to the cent"):
        assert sight in page, sight


def test_a_transfer_is_confirmed_from_the_desk(promised, carol, browse):
    client = browse(carol)
    arrived = {"amount": "20.00", "arrived_on": clock.today().isoformat()}

    client.post(f"/contributions/{promised.secret}/arrived", arrived)
    page = client.get("/commons-house/hosting").text

    assert "€19" in page
    assert "all done" in page


def test_the_desk_is_for_those_who_handle_money(gardens, bob, dan, browse):
    for page in ("hosting", "hosting/groups", "hosting/settings"):
        for person in (bob, dan):
            assert browse(person).get(f"/commons-house/{page}").status_code in {302, 403}
        assert browse().get(f"/commons-house/{page}").status_code == 302
    assert browse(bob).get("/gardens/hosting").status_code == 404


def test_an_organization_begins_to_host(hana, sure):
    people.create_organization(name="Second House", by=hana)
    typed = {"fee": "4,5", "terms": "", "account_holder": "Second House", "iban": IBAN, "bic": ""}
    client = sure(hana)

    wrong = client.post("/second-house/become-host", typed | {"iban": "BE71 0961 2345 6768"})
    answer = client.post("/second-house/become-host", typed)

    assert wrong.status_code == 422
    assert "check each digit" in wrong.text
    assert answer.url == "/second-house/hosting"
    host = Host.objects.get()
    assert (host.fee_ppm, host.iban) == (45_000, "BE71096123456769")
    assert client.get("/second-house/become-host").status_code == 409


def test_only_its_admins_make_an_organization_a_host(hana, dan, gardens, bob, sure):
    people.create_organization(name="Second House", by=hana)

    assert sure(dan).get("/second-house/become-host").status_code == 403
    assert sure(bob).get("/gardens/become-host").status_code == 404


def test_a_host_changes_its_terms(commons, hana, carol, sure, browse):
    typed = {
        "fee": "6", "terms": "Plain words.", "account_holder": "Commons House", "iban": IBAN,
        "bic": "GKCCBEBB", "open_to_applications": "on",
    }  # fmt: skip

    assert browse(hana).get("/commons-house/hosting/settings").url.startswith("/settings/confirm")
    assert sure(carol).post("/commons-house/hosting/settings", typed).status_code == 403
    sure(hana).post("/commons-house/hosting/settings", typed)

    commons.refresh_from_db()
    assert (commons.fee_ppm, commons.terms) == (60_000, "Plain words.")


@pytest.mark.parametrize("fee", ["a lot", "-1", "31", "5.00001", "NaN", ""])
def test_a_share_that_makes_no_sense_is_asked_for_again(commons, hana, sure, fee):
    typed = {"fee": fee, "account_holder": "Commons House", "iban": IBAN}

    answer = sure(hana).post("/commons-house/hosting/settings", typed)

    assert answer.status_code == 422


def test_a_group_gets_a_share_of_its_own_and_goes(gardens, hana, carol, browse):
    hosting = Hosting.objects.get()
    one = f"/commons-house/hosting/groups/{hosting.pk}"

    assert browse(carol).post(one, {"fee": "3"}).status_code == 403
    browse(hana).post(one, {"fee": "3"})
    assert "3%" in browse(carol).get("/commons-house/hosting/groups").text

    browse(hana).post(one, {"fee": ""})
    hosting.refresh_from_db()
    assert hosting.fee_ppm is None

    browse(hana).post(f"{one}/end")
    hosting.refresh_from_db()
    assert hosting.until is not None
    assert browse(hana).post(f"{one}/end").status_code == 404


def test_a_group_with_money_stays(busy, hana, browse):
    hosting = Hosting.objects.get()
    one = f"/commons-house/hosting/groups/{hosting.pk}"

    answer = browse(hana).post(f"{one}/end")

    assert answer.status_code == 409
    assert "There is still money in the pot" in answer.text
