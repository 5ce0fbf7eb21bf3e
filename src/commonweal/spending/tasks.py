"""What happens to expenses in the background."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.storage import default_storage

from commonweal.foundation import clock
from commonweal.spending import actions
from commonweal.spending.actions.drafting import KEPT
from commonweal.spending.actions.papers import WAITING
from commonweal.spending.models import Repeat, Unsent

_PATIENCE = timedelta(days=7)


def throw_away_waiting() -> int:
    """Delete receipts that wait for an expense which was never written; return how many went.

    First go the drafts that nobody came back to; a receipt waits as long as its draft.
    """
    Unsent.objects.filter(saved_at__lt=clock.now() - KEPT).delete()
    named = Unsent.objects.values_list("papers", flat=True)
    kept = {paper["place"] for papers in named for paper in papers}
    old = [place for place in _waiting() if place not in kept and _is_old(place)]
    for place in old:
        default_storage.delete(place)
    return len(old)


def file_again() -> int:
    """Make each draft that is due, each in a transaction of its own; return how many were made."""
    today = clock.today()
    due = Repeat.objects.filter(ended_at=None, next_on__lte=today).order_by("pk")
    made = [actions.file_again(repeat=one, today=today, by=None) for one in due]
    return sum(draft is not None for draft in made)


def _waiting() -> list[str]:
    try:
        _folders, names = default_storage.listdir(WAITING)
    except FileNotFoundError:  # nobody ever had to try twice
        return []
    return [f"{WAITING}/{name}" for name in names]


def _is_old(place: str) -> bool:
    try:
        return default_storage.get_modified_time(place) < clock.now() - _PATIENCE
    except FileNotFoundError:  # its expense was handed in meanwhile
        return False
