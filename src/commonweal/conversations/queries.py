"""Reading what was said."""

from __future__ import annotations

from django.db.models import QuerySet

from commonweal.conversations.models import Comment


def thread(subject: str, *, private: bool = False) -> QuerySet[Comment]:
    """Return the comments on a thing, oldest first; private ones only when asked for."""
    comments = Comment.objects.filter(subject=subject).select_related("author").order_by("id")
    return comments if private else comments.filter(public=True)
