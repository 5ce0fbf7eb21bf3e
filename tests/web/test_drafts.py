"""A group that is not published is its team's, and the hosts' that it asks; others find nothing."""

import pytest
from django.urls import get_resolver, reverse

from commonweal.collectives import actions as collectives
from commonweal.hosting import actions as hosting
from commonweal.people import actions as people
from commonweal.people.models import Role

pytestmark = pytest.mark.django_db

_GIVEN = {"number": 1, "pk": 1, "whom": "alice", "version": "en-0000000000"}
PUBLIC = ["", "/ledger", "/ledger.csv", "/ledger.json", "/give", "/expenses"]


def _pages_with_a_slug(resolver=None, namespace=""):
    """Find every address that begins with the slug of a party."""
    for one in (resolver or get_resolver()).url_patterns:
        if hasattr(one, "url_patterns"):
            yield from _pages_with_a_slug(one, f"{one.namespace or ''}:")
        elif str(one.pattern).startswith("<slug:slug>"):
            yield (
                f"{namespace}{one.name}",
                [name for name in one.pattern.converters if name != "slug"],
            )


PAGES = list(_pages_with_a_slug())


def _address(page, slug):
    name, others = page
    return reverse(name, kwargs={"slug": slug, **{other: _GIVEN[other] for other in others}})


@pytest.fixture
def stage(seedlings, commons, bob, dan, alice, hana):
    """Return who looks on: Dan is in the team of Bob's draft, and everybody else is not."""
    people.grant(person=dan, party=seedlings.party, role=Role.HELPER, by=bob)
    return {"nobody": None, "stranger": alice, "host": hana, "helper": dan, "admin": bob}


@pytest.mark.parametrize("who", ["nobody", "stranger", "host"])
def test_to_others_a_draft_is_like_nothing(stage, browse, who):
    browser = browse(stage[who])

    for page in PAGES:
        draft, nothing = _address(page, "seedlings"), _address(page, "nothing-here")
        for verb in (browser.get, browser.post):
            found, none = verb(draft), verb(nothing)
            led = found.headers.get("Location", "").replace("seedlings", "nothing-here")
            expected = (none.status_code, none.headers.get("Location", ""))
            assert (found.status_code, led) == expected, page
            assert found.status_code in {302, 404, 405}, page


def test_strangers_find_nothing_and_the_team_finds_all(stage, browse):
    for who, status in (("nobody", 404), ("stranger", 404), ("helper", 200), ("admin", 200)):
        browser = browse(stage[who])
        for page in PUBLIC:
            assert browser.get(f"/seedlings{page}").status_code == status, (who, page)


def test_the_host_that_is_asked_looks_until_it_has_decided(stage, seedlings, commons, browse):
    application = hosting.apply(
        collective=seedlings, host=commons, message="Hello", by=stage["admin"]
    )
    keeper = browse(stage["host"])

    for page in PUBLIC:
        assert keeper.get(f"/seedlings{page}").status_code == 200, page
    hosting.decline(application=application, reason="Too far away.", by=stage["host"])
    for page in PUBLIC:
        assert keeper.get(f"/seedlings{page}").status_code == 404, page


def test_an_old_address_does_not_lead_strangers_to_the_new_one(stage, seedlings, browse):
    people.rename(party=seedlings, name="Sprouts", slug="sprouts", by=stage["admin"])

    for page in ("", "/give"):
        assert browse(stage["stranger"]).get(f"/seedlings{page}").status_code == 404
        assert browse(stage["admin"]).get(f"/seedlings{page}").url == f"/sprouts{page}"


def test_a_draft_that_ends_is_not_published_by_that(stage, seedlings, browse):
    collectives.close(collective=seedlings, by=stage["admin"])

    assert browse().get("/seedlings").status_code == 404
    assert "seedlings" not in browse().get("/explore").text
    assert "Seedlings" not in browse().get(f"/{stage['admin'].slug}").text
    assert browse(stage["admin"]).get("/seedlings").status_code == 200
