"""Saying something about a thing."""

from __future__ import annotations

from django.db import transaction

from commonweal.activity import actions as activity
from commonweal.conversations import policies
from commonweal.conversations.models import Comment
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.people.models import Party

LONGEST = 4000


class NothingSaid(Refused):
    """Write something first."""

    status = 422


class TooLong(Refused):
    """This is longer than 4,000 letters. Say it in two comments."""

    status = 422


@transaction.atomic
def say(
    *, subject: str, body: str, by: Party, public: bool = True, party: int | None = None
) -> Comment:
    """Add a comment to a thing; who may read a private one is up to the thing's own policy."""
    if not policies.may_say(by):
        raise NotAllowed
    if not body.strip():
        raise NothingSaid
    if len(body) > LONGEST:
        raise TooLong
    comment = Comment.objects.create(
        subject=subject, author=by, body=body.strip(), public=public, at=clock.now()
    )
    activity.record(
        "comment.said", subject=subject, party=party, by=by.pk, public=public, comment=comment.pk
    )
    return comment
