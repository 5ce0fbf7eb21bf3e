"""What happens to expenses in the background."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.storage import default_storage

from commonweal.foundation import clock
from commonweal.spending import actions
from commonweal.spending.actions.papers import WAITING
from commonweal.spending.models import Repeat

_PATIENCE = timedelta(days=7)


def throw_away_waiting() -> int:
    """Delete receipts that wait for an expense which was never written; return how many went."""
    old = [place for place in _waiting() if _is_old(place)]
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
