"""Letters about updates, and how they stop."""

import pytest
from django.core import mail

from commonweal.knowledge import actions as knowledge
from commonweal.knowledge import queries
from commonweal.mail import reader
from commonweal.mail.models import Letter
from commonweal.people import actions as people
from commonweal.people.models import Party, Role
from commonweal.people.queries import has_role


@pytest.fixture
def followed(gardens, alice, bob):
    """Return Gardens, which Alice and Bob himself follow."""
    for person in (alice, bob):
        people.grant(person=person, party=gardens.party, role=Role.FOLLOWER, by=person)
    return gardens


def tell(collective, by, title="Harvest"):
    update = knowledge.write_update(collective=collective, title=title, body="Tomatoes.", by=by)
    return knowledge.publish_update(update=update, by=by)


def letters():
    """Send all that waits; return the letters about updates."""
    while reader.read():
        pass
    return [letter for letter in mail.outbox if "List-Unsubscribe" in letter.extra_headers]


def stop_address(letter):
    return letter.extra_headers["List-Unsubscribe"].strip("<>")


def test_followers_get_one_letter_and_whoever_published_gets_none(followed, bob, settings):
    tell(followed, bob)

    [letter] = letters()

    assert letter.to == ["alice@example.org"]
    assert letter.subject == "Gardens: Harvest"
    assert "Tomatoes." in letter.body
    assert f"{settings.ADDRESS}/gardens/updates/1" in letter.body
    assert stop_address(letter) in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letters() == [letter]


def test_a_follower_reads_it_in_their_language(followed, alice, bob):
    Party.objects.filter(pk=alice.pk).update(language="fr")
    tell(followed, bob)

    reader._queue_letters()

    assert Letter.objects.get(kind="update.published").language == "fr"


def test_one_click_stops_without_signing_in_and_looking_stops_nothing(
    followed, alice, bob, client, settings
):
    tell(followed, bob)
    path = stop_address(letters()[0]).removeprefix(settings.ADDRESS)

    looked = client.get(path)
    assert "Stop following Gardens?" in looked.text
    assert has_role(alice, followed, Role.FOLLOWER)
    pressed = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert pressed.status_code == 200
    assert not has_role(alice, followed, Role.FOLLOWER)
    assert client.post(path).status_code == 200
    tell(followed, bob, "More")
    assert len(letters()) == 1


def test_a_link_that_nobody_signed_stops_nothing(followed, alice, client):
    assert client.post("/updates/stop/1:forged").status_code == 404
    assert has_role(alice, followed, Role.FOLLOWER)


def test_what_is_removed_before_it_was_sent_is_told_to_nobody(followed, bob):
    knowledge.remove_update(update=tell(followed, bob), by=bob)

    assert letters() == []


def test_many_followers_are_found_with_few_questions(followed, bob, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        assert [one.person.login.email for one in queries.followers(followed)] == [
            "alice@example.org", "bob@example.org",
        ]  # fmt: skip
