"""News from rails: stored as it came, before anybody acts on it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from commonweal.foundation import clock
from commonweal.payments.models import InboxItem
from commonweal.payments.port import RailEvent
from commonweal.people.models import Party


@transaction.atomic
def receive(*, rail: str, news: Iterable[RailEvent], by: Party | None) -> int:
    """Store news; what is known already is left as it is. Return how many came."""
    items = [
        InboxItem(
            rail=rail,
            object_id=event.object_id,
            kind=event.kind,
            payload=_plain(event),
            received_at=clock.now(),
        )
        for event in news
    ]
    InboxItem.objects.bulk_create(items, ignore_conflicts=True)
    return len(items)


@transaction.atomic
def mark_read(*, item: InboxItem, by: Party | None, error: str = "") -> None:
    """Record that somebody acted on the news, or why nobody could."""
    InboxItem.objects.filter(pk=item.pk).update(read_at=clock.now(), error=error)


def _plain(event: RailEvent) -> dict[str, str | int]:
    return {
        "key": str(event.key),
        "amount_minor": event.amount.minor,
        "fee_minor": event.fee.minor,
        "currency": event.amount.currency,
        "on": event.on.isoformat(),
        "reason": event.reason,
    }
