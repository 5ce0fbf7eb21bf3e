"""Pages of updates, from the first word to the feed."""

from xml.etree import ElementTree as ET

import pytest

from commonweal.foundation.text import html
from commonweal.knowledge import actions
from commonweal.knowledge.models import Update
from commonweal.people.models import Role
from commonweal.people.queries import has_role

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def harvest(gardens, bob):
    update = actions.write_update(
        collective=gardens, title="Harvest & more", body="**Tomatoes** <b>x</b>", by=bob
    )
    return actions.publish_update(update=update, by=bob)


def test_bob_writes_looks_keeps_and_publishes(gardens, bob, browse, signed_out):
    desk = browse(bob)
    typed = {"title": "Rain", "body": "It **rains**."}

    looked = desk.post("/gardens/updates/new", {**typed, "preview": "1"})
    assert "It <strong>rains</strong>." in looked.text
    assert not Update.objects.exists()
    kept = desk.post("/gardens/updates/new", typed)
    assert kept["Location"] == "/gardens/updates/1/edit"
    assert "Rain" not in signed_out("/gardens/updates")
    desk.post("/gardens/updates/1/publish")

    assert "It <strong>rains</strong>." in signed_out("/gardens/updates/1")
    assert "edited" not in signed_out("/gardens/updates/1")
    desk.post("/gardens/updates/1/edit", {"title": "Rain", "body": "No rain."})
    assert "edited" in signed_out("/gardens/updates/1")


def test_nothing_typed_is_lost_when_a_title_is_missing(gardens, bob, browse):
    answer = browse(bob).post("/gardens/updates/new", {"title": "", "body": "It rains."})

    assert answer.status_code == 422
    assert "It rains." in answer.text


def test_a_stranger_neither_writes_nor_reads_a_draft(gardens, bob, alice, browse):
    actions.write_update(collective=gardens, title="Rain", body="It rains.", by=bob)
    visitor = browse(alice)

    assert visitor.get("/gardens/updates/new").status_code == 403
    assert visitor.get("/gardens/updates/1/edit").status_code == 403
    assert visitor.post("/gardens/updates/1/publish").status_code == 403
    assert visitor.post("/gardens/updates/1/remove").status_code == 403
    assert visitor.get("/gardens/updates/1").status_code == 404


def test_a_removed_update_is_found_nowhere(gardens, harvest, bob, browse, signed_out):
    desk = browse(bob)
    assert "Remove this update?" in desk.get("/gardens/updates/1/remove").text

    desk.post("/gardens/updates/1/remove")

    assert "Harvest" not in signed_out("/gardens/updates")
    assert "Tomatoes" not in signed_out("/gardens/updates.atom")
    signed_out("/gardens/updates/1", 404)


def test_older_updates_are_a_page_further(gardens, bob, signed_out, django_assert_max_num_queries):
    for number in range(1, 13):
        update = actions.write_update(
            collective=gardens, title=f"News <{number}>", body="Text.", by=bob
        )
        actions.publish_update(update=update, by=bob)

    with django_assert_max_num_queries(6):
        first = signed_out("/gardens/updates")
    second = signed_out("/gardens/updates?before=3")

    assert "News &lt;12&gt;" in first
    assert "?before=3" in first
    assert "News &lt;2&gt;" not in first
    assert "News &lt;2&gt;" in second
    assert "News &lt;3&gt;" not in second
    signed_out("/gardens/updates?before=" + "9" * 30)


def test_alice_follows_with_one_press_and_stops_with_one(gardens, alice, browse):
    visitor = browse(alice)

    visitor.post("/gardens/follow")
    assert has_role(alice, gardens, Role.FOLLOWER)
    assert "Stop following" in visitor.get("/gardens/updates").text
    visitor.post("/gardens/unfollow")
    visitor.post("/gardens/unfollow")

    assert not has_role(alice, gardens, Role.FOLLOWER)


def test_people_who_are_signed_in_answer_an_update(harvest, alice, browse, client, signed_out):
    browse(alice).post("/gardens/updates/1/comment", {"body": "Well <done>!"})
    client.post("/gardens/updates/1/comment", {"body": "Buy this!"})

    page = signed_out("/gardens/updates/1")

    assert "Well &lt;done&gt;!" in page
    assert "Alice Peeters" in page
    assert "Buy this!" not in page


@pytest.mark.parametrize("address", ["/gardens/updates.atom", "/updates.atom"])
def test_a_feed_has_all_that_atom_requires(address, harvest, client, settings):
    answer = client.get(address)
    feed = ET.fromstring(answer.content)  # noqa: S314 - our own answer
    entry = feed.find(f"{ATOM}entry")

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert answer["Last-Modified"]
    for one in (feed, entry):
        for name in ("id", "title", "updated"):
            assert one.findtext(f"{ATOM}{name}"), name
    assert feed.findtext(f"{ATOM}id") == f"{settings.ADDRESS}{address}"
    assert entry.findtext(f"{ATOM}id") == f"{settings.ADDRESS}/gardens/updates/1"
    assert entry.findtext(f"{ATOM}title") == "Harvest & more"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Bob Haddad"
    content = entry.find(f"{ATOM}content")
    assert content.get("type") == "html"
    assert "<strong>Tomatoes</strong>" in content.text
    assert "<b>" not in content.text
    unchanged = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert unchanged.status_code == 304


def test_a_feed_without_an_entry_is_valid_too(gardens, client):
    feed = ET.fromstring(client.get("/gardens/updates.atom").content)  # noqa: S314

    assert feed.findtext(f"{ATOM}updated")
    assert feed.find(f"{ATOM}entry") is None


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html,<script>1</script>)",
        "![x](https://tracker.example/pixel.png)",
        "<img src=x onerror=alert(1)>",
        "<iframe src=https://bad.example></iframe>",
        '<https://bad.example/" onclick=alert(1)>',
        "[x][1]\n\n[1]: javascript:alert(1)",
    ],
)
def test_hostile_markdown_does_nothing(attack):
    parts = ET.fromstring(f"<div>{html(attack)}</div>".replace("<br>", ""))  # noqa: S314

    for part in parts.iter():
        assert part.tag not in {"script", "img", "iframe"}
        assert not [name for name in part.attrib if name.startswith("on")]
        assert not part.get("href", "").lower().startswith(("javascript", "data"))


def test_links_earn_nothing_for_those_who_post_them():
    assert 'rel="nofollow noopener ugc"' in html("[shop](https://shop.example)")


def test_nobody_floods_an_update_with_comments(harvest, alice, browse):
    visitor = browse(alice)

    answers = [
        visitor.post("/gardens/updates/1/comment", {"body": "Hello"}).status_code for _ in range(21)
    ]

    assert answers == [302] * 20 + [429]
