import pytest

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.giving.models import Support
from commonweal.people import actions
from commonweal.people.models import Party, Role


def supports(collective, giver, *, incognito=False):
    now = clock.now()
    return Support.objects.create(
        collective=collective, contributor=giver, incognito=incognito, total_minor=4200,
        currency="EUR", times=2, first_at=now, last_at=now,
    )  # fmt: skip


def test_a_person_shows_what_they_work_in_and_give_to(client, gardens, bob, alice):
    supports(gardens, alice)

    assert "Gardens" in client.get(f"/{bob.slug}").text
    page = client.get(f"/{alice.slug}").text
    assert "Gardens" in page
    assert "€42.00" in page


def test_what_was_given_incognito_is_never_shown(client, gardens, alice):
    supports(gardens, alice, incognito=True)

    assert "Gardens" not in client.get(f"/{alice.slug}").text


def test_no_address_is_ever_shown(client, gardens, bob, commons):
    for page in (bob.slug, commons.party.slug):
        assert "@example.org" not in client.get(f"/{page}").text


def test_a_draft_is_its_teams_own_business(client, seedlings, bob):
    assert "Seedlings" not in client.get(f"/{bob.slug}").text


def test_a_collective_shows_its_own_page(client, gardens):
    page = client.get(f"/{gardens.slug}")

    assert page.status_code == 200
    assert isinstance(page.context["collective"], Collective)


def test_an_organization_shows_its_team(client, commons, carol, hana):
    page = client.get(f"/{commons.party.slug}").text

    assert hana.name in page
    assert carol.name in page


@pytest.mark.parametrize("name", ["BOB", "nobody-at-all"])
def test_a_wrong_address_leads_on_or_nowhere(client, bob, name):
    actions.rename(party=bob, name="Bob", slug="bob", by=bob)

    answer = client.get(f"/{name}")

    assert (answer.status_code, answer.headers.get("Location")) in {(301, "/bob"), (404, None)}
    assert (answer.status_code == 301) == (name == "BOB")


def test_a_guest_who_was_claimed_is_found_as_the_person(client, alice):
    guest = actions.ensure_guest(email=alice.login.email, name="Lissie")
    actions.claim_guest(login=alice.login)
    guest.refresh_from_db()

    assert client.get(f"/{guest.slug}").url == f"/{alice.slug}"
    assert client.get("/lissie").url == f"/{alice.slug}"


def test_an_erased_person_is_nowhere(client, alice):
    actions.erase(person=alice, by=alice)
    alice.refresh_from_db()

    assert client.get(f"/{alice.slug}").status_code == 404


def test_a_full_profile_asks_few_questions(
    client, gardens, bob, alice, django_assert_max_num_queries
):
    for number in range(8):
        made = actions.create_organization(name=f"Organization {number}", by=bob)
        actions.grant(person=alice, party=made, role=Role.MEMBER, by=bob)
    supports(gardens, alice)

    with django_assert_max_num_queries(8):
        page = client.get(f"/{alice.slug}")

    assert page.text.count("Organization") >= 8
    assert Party.objects.count() > 8
