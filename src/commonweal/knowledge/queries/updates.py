"""Reading updates."""

from __future__ import annotations

from django.db.models import QuerySet

from commonweal.collectives.models import Collective
from commonweal.knowledge.models import Update


def subject(update: Update) -> str:
    """Return what the journal and the comments call an update."""
    return f"update:{update.pk}"


def published(collective: Collective) -> QuerySet[Update]:
    """Return what a group has told, newest first."""
    told = Update.objects.filter(collective=collective.pk, removed_at=None)
    return told.exclude(published_at=None).select_related("author").order_by("-number")


def drafts(collective: Collective) -> QuerySet[Update]:
    """Return what a group has written and not published yet, newest first. For its writers."""
    waiting = Update.objects.filter(collective=collective.pk, removed_at=None, published_at=None)
    return waiting.select_related("author").order_by("-number")


def latest() -> QuerySet[Update]:
    """Return what all groups that were ever published have told, newest first."""
    told = Update.objects.filter(removed_at=None, collective__published_at__isnull=False)
    told = told.exclude(published_at=None)
    return told.select_related("author", "collective").order_by("-published_at", "-pk")
