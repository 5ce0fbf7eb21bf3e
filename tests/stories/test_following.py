"""Somebody without a login follows a group by mail, reads what it tells, and stops."""

import re
from datetime import timedelta

from django.core import mail

from commonweal.foundation import clock
from commonweal.knowledge import actions as knowledge
from commonweal.mail import reader
from commonweal.people.models import Contact, Membership, Role

FOLLOWERS = Membership.objects.filter(role=Role.FOLLOWER, until=None)


def tell(gardens, bob, title):
    """Publish an update and send what waits."""
    update = knowledge.write_update(collective=gardens, title=title, body="Tomatoes.", by=bob)
    knowledge.publish_update(update=update, by=bob)
    while reader.read():
        pass


def link(letter, word):
    return re.search(rf"/updates/{word}/\S+", letter.body)[0]


def told(title):
    return [one.to for one in mail.outbox if one.subject == f"Gardens: {title}"]


def test_a_reader_without_a_login_follows_by_mail_and_stops(gardens, bob, client):
    client.post("/gardens/follow/mail", {"email": "nour@example.org"})
    asked = link(mail.outbox[-1], "confirm")
    client.get(asked)
    assert not FOLLOWERS.exists()
    assert not Contact.objects.filter(email="nour@example.org").exists()
    client.post(asked)
    client.post(asked)
    assert FOLLOWERS.count() == 1

    tell(gardens, bob, "Harvest")
    assert told("Harvest") == [["nour@example.org"]]
    assert "nour@" not in client.get("/gardens").text + client.get("/gardens/updates").text
    client.post(link(mail.outbox[-1], "stop"))
    tell(gardens, bob, "Winter")

    assert told("Winter") == []


def test_an_old_or_forged_link_confirms_nothing(gardens, client, time_machine):
    client.post("/gardens/follow/mail", {"email": "nour@example.org"})
    asked = link(mail.outbox[-1], "confirm")

    time_machine.move_to(clock.now() + timedelta(days=4))

    assert client.post(asked).status_code == 404
    assert client.post("/updates/confirm/forged").status_code == 404
    assert not FOLLOWERS.exists()


def test_what_is_no_address_is_said_and_kept_in_the_form(gardens, client):
    answer = client.post("/gardens/follow/mail", {"email": "nour"})

    assert answer.status_code == 422
    assert 'value="nour"' in answer.text
