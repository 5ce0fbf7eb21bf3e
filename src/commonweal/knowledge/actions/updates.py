"""Writing, publishing, changing and removing updates."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max

from commonweal.activity import actions as activity
from commonweal.collectives.models import Collective
from commonweal.foundation import clock, ids, pictures
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.knowledge import policies, queries, rules
from commonweal.knowledge.models import Picture, Update
from commonweal.people.models import Party


class AlreadyPublished(Refused):
    """This update is published already."""


class NotThere(Refused):
    """This update was removed."""

    status = 410


@transaction.atomic
def write_update(*, collective: Collective, title: str, body: str, by: Party) -> Update:
    """Write a draft; it gets the next number of the group."""
    # Two who write at once must not get the same number.
    locked = Collective.objects.select_for_update(of=("self",)).get(pk=collective.pk)
    if not policies.may_write(by, locked):
        raise NotAllowed
    title, body = rules.proper(title, body)
    last = Update.objects.filter(collective=locked).aggregate(last=Max("number"))["last"] or 0
    update = Update.objects.create(
        collective=locked, number=last + 1, title=title, body=body, author=by,
        created_at=clock.now(),
    )  # fmt: skip
    _tell("update.written", update, by, public=False)
    return update


@transaction.atomic
def edit_update(*, update: Update, title: str, body: str, by: Party) -> Update:
    """Change an update; when one that is published was changed, everybody sees."""
    locked = _locked(update, by)
    title, body = rules.proper(title, body)
    if (locked.title, locked.body) == (title, body):
        return locked
    locked.title, locked.body = title, body
    if locked.published_at:
        locked.edited_at = clock.now()
    locked.save(update_fields=["title", "body", "edited_at"])
    _tell("update.edited", locked, by, public=locked.published_at is not None)
    return locked


@transaction.atomic
def publish_update(*, update: Update, by: Party) -> Update:
    """Show an update to everybody."""
    locked = _locked(update, by)
    if locked.published_at:
        raise AlreadyPublished
    locked.published_at = clock.now()
    locked.save(update_fields=["published_at"])
    _tell("update.published", locked, by, public=True)
    return locked


@transaction.atomic
def add_picture(*, update: Update, content: bytes, alt: str, by: Party) -> Picture:
    """Show another picture with an update: drawn anew, without where and when it was taken."""
    locked = _locked(update, by)
    alt = rules.proper_alt(alt)
    if locked.pictures.count() >= rules.MOST_PICTURES:
        raise rules.TooManyPictures
    try:
        drawn = pictures.whole(BytesIO(content))
    except pictures.NotAPicture as error:
        raise rules.NotShown from error
    picture = Picture(update=locked, alt=alt, width=drawn.width, height=drawn.height)
    picture.file.save(f"{ids.readable(20)}.webp", ContentFile(drawn.content), save=False)
    picture.save()
    _tell_of_pictures(locked, by)
    return picture


@transaction.atomic
def remove_picture(*, picture: Picture, by: Party) -> None:
    """Take a picture away from an update, and its file."""
    locked = _locked(picture.update, by)
    _forget([picture])
    _tell_of_pictures(locked, by)


@transaction.atomic
def remove_update(*, update: Update, by: Party) -> None:
    """Take an update and its words away; its number stays taken."""
    locked = _locked(update, by)
    locked.title = locked.body = ""
    locked.removed_at = clock.now()
    locked.save(update_fields=["title", "body", "removed_at"])
    _forget(locked.pictures.all())
    _tell("update.removed", locked, by, public=locked.published_at is not None)


def _tell_of_pictures(update: Update, by: Party) -> None:
    if update.published_at:
        update.edited_at = clock.now()
        update.save(update_fields=["edited_at"])
    _tell("update.pictured", update, by, public=update.published_at is not None)


def _forget(shown: Iterable[Picture]) -> None:
    """Delete pictures; their files go once that is certain."""
    for picture in list(shown):
        transaction.on_commit(partial(picture.file.storage.delete, str(picture.file.name)))
        picture.delete()


def _locked(update: Update, by: Party) -> Update:
    """Return the update as it stands, held still, to somebody who may write."""
    found = Update.objects.select_related("collective").select_for_update(of=("self",))
    locked = found.get(pk=update.pk)
    if not policies.may_write(by, locked.collective):
        raise NotAllowed
    if locked.removed_at:
        raise NotThere
    return locked


def _tell(kind: str, update: Update, by: Party, *, public: bool) -> None:
    activity.record(
        kind, subject=queries.subject(update), party=update.collective_id, by=by.pk, public=public
    )
