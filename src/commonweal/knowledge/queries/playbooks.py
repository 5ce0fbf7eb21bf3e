"""Reading playbooks."""

from __future__ import annotations

from django.db.models import QuerySet

from commonweal.collectives.models import Collective
from commonweal.knowledge.models import Playbook, PlaybookVersion
from commonweal.knowledge.rules import Document


def playbooks(collective: Collective) -> QuerySet[Playbook]:
    """Return what a group wrote down, newest first."""
    return Playbook.objects.filter(collective=collective, removed_at=None).order_by("-pk")


def public_playbooks(*, before: int | None = None) -> QuerySet[Playbook]:
    """Return the playbooks of all public groups, newest first, or those older than one."""
    rows = Playbook.objects.filter(removed_at=None, collective__published_at__isnull=False)
    rows = rows.select_related("collective", "theme").order_by("-pk")
    return rows.filter(pk__lt=before) if before else rows


def playbook(slug: str) -> Playbook | None:
    """Return a playbook that was not removed, with its group."""
    rows = Playbook.objects.select_related("collective__place", "theme")
    return rows.filter(slug=slug, removed_at=None).first()


def version(playbook: Playbook, number: int | None = None) -> PlaybookVersion | None:
    """Return one version of a playbook, by default the newest."""
    return playbook.versions.select_related("by").filter(number=number or playbook.latest).first()


def versions(playbook: Playbook) -> QuerySet[PlaybookVersion]:
    """Return all versions of a playbook, newest first."""
    return playbook.versions.select_related("by").order_by("-number")


def document(playbook: Playbook) -> Document:
    """Return what the newest version of a playbook says."""
    found: Document = playbook.versions.get(number=playbook.latest).document
    return found
