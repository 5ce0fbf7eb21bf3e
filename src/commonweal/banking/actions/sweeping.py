"""Sweeping away stored statements that are in no books: a kill left them there."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction

from commonweal.banking.actions.taking import FOLDER
from commonweal.banking.models import BankFile
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.people.models import Party

# A file that was stored this lately may still be on its way into the books.
_PATIENCE = timedelta(days=1)


@transaction.atomic
def sweep(*, by: Party | None) -> int:
    """Delete stored files that belong to no statement; return how many."""
    if by is not None:
        raise NotAllowed
    if not default_storage.exists(FOLDER):
        return 0
    _, names = default_storage.listdir(FOLDER)
    stored = {f"{FOLDER}/{name}" for name in names}
    known = set(BankFile.objects.filter(file__in=stored).values_list("file", flat=True))
    before = clock.now() - _PATIENCE
    lost = [one for one in stored - known if default_storage.get_modified_time(one) < before]
    for name in lost:
        default_storage.delete(name)
    return len(lost)
