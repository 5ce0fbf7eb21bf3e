"""Saying something about a thing, in public or among those concerned."""

from __future__ import annotations

import pytest
from django.template import Context, Template

from commonweal.activity import queries as activity
from commonweal.conversations import actions, queries
from commonweal.conversations.models import Comment
from commonweal.foundation.errors import NotAllowed
from commonweal.people import actions as people
from commonweal.people.models import Party

THING = "expense:1"


def test_what_is_said_is_read_in_the_order_it_was_said(alice: Party, bob: Party) -> None:
    actions.say(subject=THING, body=" Is it 12 or 72? ", by=bob)
    actions.say(subject=THING, body="12.", by=alice)
    actions.say(subject="expense:2", body="Elsewhere", by=bob)

    said = [(one.author, one.body) for one in queries.thread(THING)]

    assert said == [(bob, "Is it 12 or 72?"), (alice, "12.")]


def test_private_words_are_read_only_where_they_are_asked_for(alice: Party) -> None:
    actions.say(subject=THING, body="Whisper", by=alice, public=False)

    assert not queries.thread(THING).exists()
    assert not activity.timeline(THING).exists()
    assert [one.body for one in queries.thread(THING, private=True)] == ["Whisper"]


def test_the_journal_knows_that_something_was_said_but_not_what(alice: Party) -> None:
    comment = actions.say(subject=THING, body="My number is 0470", by=alice)

    fact = activity.timeline(THING).get()
    assert (fact.kind, fact.by_id, fact.note) == ("comment.said", alice.pk, "")
    assert fact.data == {"comment": comment.pk}


@pytest.mark.parametrize("body", ["", "  \n ", "x" * (actions.LONGEST + 1)])
def test_nothing_and_too_much_are_not_said(alice: Party, body: str) -> None:
    with pytest.raises((actions.NothingSaid, actions.TooLong)):
        actions.say(subject=THING, body=body, by=alice)

    assert not Comment.objects.exists()


def test_only_people_who_are_here_speak(alice: Party, dan: Party) -> None:
    shop = people.create_organization(name="Seed Shop", by=alice)
    people.erase(person=dan, by=dan)
    dan.refresh_from_db()

    for nobody in (None, shop, dan):
        with pytest.raises(NotAllowed):
            actions.say(subject=THING, body="Hello", by=nobody)


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[press](javascript:alert(1))",
        "![x](https://evil.example/pixel.png)",
        "<a href='https://evil.example' onclick='alert(1)'>x</a>",
    ],
)
def test_what_is_typed_never_acts_on_who_reads(alice: Party, body: str) -> None:
    comment = actions.say(subject=THING, body=body, by=alice)
    page = Template("{% load commonweal %}{{ body|markdown }}")

    shown = page.render(Context({"body": comment.body}))

    for danger in ("<script", "<img", "<a href='https", 'href="javascript', "<a onclick"):
        assert danger not in shown
