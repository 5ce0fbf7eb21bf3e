"""What crawlers are told: the way to everything public, and nothing else."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache

from commonweal.collectives import actions as collectives
from commonweal.foundation import clock
from commonweal.knowledge import actions as knowledge
from commonweal.knowledge.models import Update
from commonweal.people import actions as people
from commonweal.people.models import Party
from knowledge.test_playbooks import SWAP

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def told(gardens, seedlings, bob):
    """Return Gardens and a draft, each with an update, an event and a playbook."""
    cache.clear()
    for group in (gardens, seedlings):
        for title in ("Harvest", "Not yet"):
            knowledge.write_update(collective=group, title=title, body="Tomatoes.", by=bob)
        harvest = Update.objects.get(collective=group, number=1)
        knowledge.publish_update(update=harvest, by=bob)
        knowledge.write_playbook(collective=group, document=SWAP | {"title": group.name}, by=bob)
        collectives.plan_activity(
            collective=group, kind=Party.Kind.EVENT, name=f"Day of {group.name}",
            starts_on=clock.today(), ends_on=clock.today(), by=bob,
        )  # fmt: skip
    return gardens


def addresses(text, root, one):
    """Return the addresses of a sitemap that fits the protocol, with their days."""
    tree = ET.fromstring(text.encode())  # noqa: S314 - our own
    assert tree.tag == f"{SPACE}{root}"
    found = {}
    for entry in tree:
        assert entry.tag == f"{SPACE}{one}"
        names = [child.tag.removeprefix(SPACE) for child in entry]
        assert names in (["loc"], ["loc", "lastmod"])
        changed = entry.findtext(f"{SPACE}lastmod")
        assert changed is None or re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", changed)
        found[entry.findtext(f"{SPACE}loc")] = changed
    assert 0 < len(tree) == len(found) <= 50_000
    return found


def test_the_sitemap_leads_to_all_that_is_public_and_to_no_draft_or_person(
    told, dan, client, settings, django_assert_max_num_queries
):
    people.edit_profile(party=dan, findable=False, by=dan)
    index = client.get("/sitemap.xml")
    assert "max-age=3600" in index["Cache-Control"]
    assert not index.cookies

    pages = {}
    for part in addresses(index.text, "sitemapindex", "sitemap"):
        with django_assert_max_num_queries(3):
            found = client.get(part.removeprefix(settings.ADDRESS))
        pages |= addresses(found.text, "urlset", "url")

    site = settings.ADDRESS
    assert all(page.startswith(f"{site}/") for page in pages)
    expected = [
        "/", "/explore", "/ledger", "/gardens", "/commons-house", "/day-of-gardens",
        "/gardens/updates/1", "/playbooks/gardens", "/places/brussels", "/themes/community-garden",
    ]  # fmt: skip
    assert {f"{site}{path}" for path in expected} <= set(pages)
    assert not [page for page in pages if "seedlings" in page or "updates/2" in page]
    assert not [page for page in pages if page.endswith(("/dan-okafor", "/bob-haddad"))]
    assert pages[f"{site}/gardens/updates/1"]
    for page in pages:
        assert client.get(page.removeprefix(site)).status_code == 200, page


@pytest.mark.parametrize("part", ["groups-7", "people-0", "pages-1", "groups-99999999999999999"])
def test_a_part_of_the_sitemap_that_holds_nothing_is_not_there(db, client, part):
    assert client.get(f"/sitemap/{part}.xml").status_code == 404


def allowed(text, path):
    """Whether RFC 9309 lets a crawler read a path: the longest rule that fits decides."""
    rules = re.findall(r"(Allow|Disallow): (\S+)", text)
    fits = [
        (len(rule), word == "Allow")
        for word, rule in rules
        if re.match(re.escape(rule).replace(r"\*", ".*").replace(r"\$", "$"), path)
    ]
    return max(fits, default=(0, True))[1]


@pytest.mark.parametrize(
    "path",
    [
        "/", "/explore", "/gardens", "/start-something", "/settings-club", "/sign-in-sam",
        "/gardens/updates/1", "/gardens/updates.atom", "/gardens/ledger", "/costs/hackathon",
        "/playbooks/hosting-a-party", "/playbooks/follow-up", "/gardens/activities",
        "/places/brussels", "/sitemap.xml",
        "/gardens/card/en-0123456789abcdef.png", "/ledger/0197a1b2-0000-7000-8000-000000000000",
    ],
)  # fmt: skip
def test_crawlers_may_read_what_is_public(client, path):
    assert allowed(client.get("/robots.txt").text, path)


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in", "/sign-in?next=/", "/settings", "/settings/data", "/gardens/desk", "/start",
        "/gardens/edit", "/gardens/give", "/gardens/give?tier=1", "/explore?q=bikes",
        "/ledger?kind=1", "/gardens/ledger?page=2", "/gardens/ledger.csv", "/ledger.json",
        "/places/brussels/figures.csv", "/costs/hackathon?place=ghent", "/gardens/updates/new",
        "/gardens/hosting/groups", "/gardens/apply?host=x", "/gardens/follow/mail",
        "/updates/stop/abc", "/contributions/abc",
    ],
)  # fmt: skip
def test_crawlers_stay_out_of_forms_desks_and_what_costs_much(client, path):
    assert not allowed(client.get("/robots.txt").text, path)


def test_robots_are_shown_the_sitemap_and_set_no_cookie(client, settings):
    page = client.get("/robots.txt")

    assert f"Sitemap: {settings.ADDRESS}/sitemap.xml" in page.text.splitlines()
    assert page["Content-Type"].startswith("text/plain")
    assert not page.cookies


@pytest.mark.parametrize("path", ["/explore?q=bikes", "/gardens/ledger?page=1", "/ledger?kind=1"])
def test_the_same_page_in_another_order_is_not_to_be_found(gardens, client, path):
    assert '<meta name="robots" content="noindex,follow">' in client.get(path).text


def test_a_person_who_does_not_wish_to_be_found_is_not(dan, client):
    assert "noindex" in client.get("/dan-okafor").text
    people.edit_profile(party=dan, findable=True, by=dan)
    assert "noindex" not in client.get("/dan-okafor").text
