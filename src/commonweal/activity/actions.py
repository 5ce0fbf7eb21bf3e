"""Recording facts."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from commonweal.activity.models import Fact
from commonweal.foundation import clock


@transaction.atomic(savepoint=False)
def record(
    kind: str,
    *,
    subject: str,
    by: int | None,
    party: int | None = None,
    public: bool = True,
    note: str = "",
    **data: Any,
) -> Fact:
    """Write down that person `by` (None: the server itself) did `kind` to `subject`.

    Call it in the transaction of the change. `data` is plain JSON and never personal.
    """
    return Fact.objects.create(
        at=clock.now(), kind=kind, subject=subject, party_id=party,
        by_id=by, public=public, note=note, data=data,
    )  # fmt: skip


@transaction.atomic
def forget_words(*, of: int, by: int | None) -> int:  # noqa: ARG001 - whoever may, has decided
    """Take back a person's own words about facts; that they happened stays. Return how many."""
    return Fact.objects.filter(by_id=of).exclude(note="").update(note="")
