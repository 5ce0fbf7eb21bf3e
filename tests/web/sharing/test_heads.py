"""What a page tells programs about itself."""

import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Collective
from commonweal.knowledge import actions as knowledge
from commonweal.people import actions as people
from commonweal.people.models import Party
from knowledge.test_playbooks import SWAP


class Head(HTMLParser):
    """Reads a page as programs do: its meta elements, its links and its scripts of data."""

    def __init__(self, text):
        super().__init__()
        self.meta, self.links, self.data, self.script = {}, {}, [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "meta":
            self.meta[found.get("property") or found.get("name")] = found.get("content")
        if tag == "link":
            self.links[found["rel"]] = found["href"]
        self.script = found.get("type") if tag == "script" else None

    def handle_endtag(self, tag):
        self.script = None

    def handle_data(self, data):
        if self.script == "application/ld+json":
            self.data += json.loads(data)["@graph"]

    def of(self, kind):
        return next(one for one in self.data if one["@type"] == kind)


@pytest.fixture
def read(client):
    return lambda path: Head(client.get(path).text)


def path_in(address, settings):
    assert address.startswith(settings.ADDRESS)
    return address.removeprefix(settings.ADDRESS)


def test_a_group_is_shown_with_its_one_address_its_picture_and_where_to_give(
    busy, client, read, settings, django_assert_max_num_queries
):
    head, site = read("/gardens?utm=mail"), settings.ADDRESS

    assert head.links["canonical"] == head.meta["og:url"] == f"{site}/gardens"
    assert head.meta["og:title"] == "Gardens"
    assert head.meta["twitter:card"] == "summary_large_image"
    group = head.of("NGO")
    assert (group["name"], group["url"]) == ("Gardens", f"{site}/gardens")
    assert group["location"]["address"]["addressCountry"] == "BE"
    give = group["potentialAction"]
    assert give["@type"] == "DonateAction"
    assert client.get(path_in(give["target"]["urlTemplate"], settings)).status_code == 200
    names = [one["name"] for one in head.of("BreadcrumbList")["itemListElement"]]
    assert names == ["Brussels", "Gardens"]
    with django_assert_max_num_queries(5):
        picture = client.get(path_in(head.meta["og:image"], settings))
    assert picture["Content-Type"] == "image/png"
    assert "immutable" in picture["Cache-Control"]
    assert not picture.cookies


def test_an_old_picture_leads_to_the_one_of_today_in_its_language(till, client, read, settings):
    old = path_in(read("/gardens").meta["og:image"], settings)
    till.gift(10_00)
    new = path_in(read("/gardens").meta["og:image"], settings)

    assert new != old
    assert client.get(old).url == new
    assert client.get("/gardens/card/en.png").url == new
    assert client.get("/gardens/card/fr.png").url.startswith("/gardens/card/fr-")
    assert client.get("/gardens/card/xx.png").status_code == 404


def test_the_city_and_its_places_have_pictures_too(busy, brussels, client, read, settings):
    for page in ("/", "/places/brussels", "/themes/community-garden", "/commons-house"):
        image = path_in(read(page).meta["og:image"], settings)
        assert client.get(image, follow=True)["Content-Type"] == "image/png", page


def test_a_draft_tells_nothing_to_anybody(seedlings, bob, browse, client):
    collectives.plan_activity(
        collective=seedlings, kind=Party.Kind.EVENT, name="Sowing", starts_on=date(2026, 5, 1),
        ends_on=date(2026, 5, 1), by=bob,
    )  # fmt: skip
    for page in ("/seedlings", "/sowing"):
        head = Head(browse(bob).get(page).text)
        assert not head.data
        assert "og:image" not in head.meta
        assert client.get(f"{page}/card/en.png").status_code == 404


def test_an_event_is_an_event_with_its_days_and_its_place(gardens, bob, read, settings):
    collectives.plan_activity(
        collective=gardens, kind=Party.Kind.EVENT, name="Seed swap", about="Bring seeds.",
        starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 2), by=bob,
    )  # fmt: skip

    event = read("/seed-swap").of("Event")

    assert (event["startDate"], event["endDate"]) == ("2026-05-01", "2026-05-02")
    assert event["location"]["name"] == "Brussels"
    assert event["organizer"]["url"] == f"{settings.ADDRESS}/gardens"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"


def test_an_update_and_a_playbook_say_who_wrote_them(gardens, bob, read, settings):
    update = knowledge.write_update(collective=gardens, title="Sun", body="It shines.", by=bob)
    knowledge.publish_update(update=update, by=bob)
    knowledge.write_playbook(collective=gardens, document=SWAP, by=bob)

    head = read("/gardens/updates/1")
    posting = head.of("BlogPosting")
    assert (posting["headline"], posting["author"]["name"]) == ("Sun", "Bob Haddad")
    assert posting["publisher"]["url"] == f"{settings.ADDRESS}/gardens"
    assert head.meta["og:type"] == "article"
    work = read("/playbooks/seed-swap").of("CreativeWork")
    assert work["license"].startswith("https://creativecommons.org/")


HOSTILE = '</script><script>alert(1)</script> & "quotes" \u2028 <!-- \U0001f33b'


def test_a_hostile_name_stays_a_name(gardens, bob, client, read):
    people.rename(party=gardens.party, name=HOSTILE, slug="gardens", by=bob)
    Collective.objects.filter(pk=gardens.pk).update(about=HOSTILE)

    head = read("/gardens")

    assert head.of("NGO")["name"] == Party.objects.get(pk=gardens.pk).name
    assert head.of("NGO")["description"] == HOSTILE
    text = client.get("/gardens").text
    assert "<script>alert" not in text
    assert "\u2028" not in re.search(r"<script type=\"application/ld.*?</script>", text)[0]
    assert client.get(head.meta["og:image"].partition("8000")[2]).status_code == 200


def test_a_page_is_the_same_bytes_for_every_stranger(gardens, client):
    first, second = client.get("/gardens"), client.get("/gardens")

    assert first["ETag"] == second["ETag"]
    assert "nonce" not in first["Content-Security-Policy"]
