"""Writing playbooks, version by version, and taking them away."""

from __future__ import annotations

from itertools import chain, count

from django.db import IntegrityError, transaction

from commonweal.activity import actions as activity
from commonweal.collectives.models import Collective, Theme
from commonweal.foundation import clock, text
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.knowledge import policies, rules
from commonweal.knowledge.models import Playbook, PlaybookVersion
from commonweal.knowledge.rules import Document
from commonweal.people.models import Party

_LONGEST_SLUG = 80
_LONGEST_NOTE = 200


class ChangedMeanwhile(Refused):
    """Somebody else saved a new version meanwhile. Open it in another window and compare."""


class Removed(Refused):
    """This playbook was removed."""

    status = 410


@transaction.atomic
def write_playbook(*, collective: Collective, document: Document, by: Party) -> Playbook:
    """Write the first version of a playbook, typed or read from a file."""
    if not policies.may_write(by, collective):
        raise NotAllowed
    document = rules.checked(document)
    playbook = _create(collective, document)
    _add_version(playbook, document, "", by)
    _tell("playbook.written", playbook, by)
    return playbook


@transaction.atomic
def edit_playbook(
    *, playbook: Playbook, document: Document, seen: int, by: Party, changed: str = ""
) -> Playbook:
    """Write another version of a playbook by somebody who has `seen` the newest one.

    Nothing happens where nothing differs.
    """
    locked = _locked(playbook, by)
    document = rules.checked(document)
    if locked.latest != seen:
        raise ChangedMeanwhile
    newest = locked.versions.get(number=locked.latest)
    if newest.document == document:
        return locked
    locked.title, locked.theme = document["title"], _theme(document)
    locked.latest += 1
    locked.save(update_fields=["title", "theme", "latest"])
    _add_version(locked, document, " ".join(changed.split())[:_LONGEST_NOTE], by)
    _tell("playbook.edited", locked, by)
    return locked


@transaction.atomic
def remove_playbook(*, playbook: Playbook, by: Party) -> None:
    """Take a playbook away; groups that started from it keep what they have."""
    locked = _locked(playbook, by)
    locked.removed_at = clock.now()
    locked.save(update_fields=["removed_at"])
    _tell("playbook.removed", locked, by)


def _locked(playbook: Playbook, by: Party) -> Playbook:
    """Return the playbook as it stands, held still, to somebody who may write."""
    found = Playbook.objects.select_related("collective").select_for_update(of=("self",))
    locked = found.get(pk=playbook.pk)
    if not policies.may_write(by, locked.collective):
        raise NotAllowed
    if locked.removed_at:
        raise Removed
    return locked


def _add_version(playbook: Playbook, document: Document, changed: str, by: Party) -> None:
    PlaybookVersion.objects.create(
        playbook=playbook, number=playbook.latest, document=document, changed=changed, by=by,
        at=clock.now(),
    )  # fmt: skip


def _theme(document: Document) -> Theme | None:
    """Return the theme, or None where it is not one of ours: a file may come from elsewhere."""
    return Theme.objects.filter(slug=document["theme"]).first()


def _create(collective: Collective, document: Document) -> Playbook:
    """Return a new playbook; its slug is made of its title and belongs to no other one."""
    stem = text.slug(document["title"], longest=_LONGEST_SLUG) or "playbook"
    taken = set(Playbook.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    for slug in chain([stem], (f"{stem}-{number}" for number in count(2))):
        if slug in taken:
            continue
        try:
            with transaction.atomic():
                return Playbook.objects.create(
                    collective=collective, slug=slug, title=document["title"],
                    theme=_theme(document), created_at=clock.now(),
                )  # fmt: skip
        except IntegrityError:  # somebody else took it just now: the next one is free
            continue
    raise AssertionError("there is always another number")


def _tell(kind: str, playbook: Playbook, by: Party) -> None:
    collective = playbook.collective
    activity.record(
        kind, subject=f"playbook:{playbook.pk}", party=collective.pk, by=by.pk,
        public=collective.published_at is not None,
    )  # fmt: skip
