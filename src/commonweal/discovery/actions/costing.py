"""Keeping what was paid for each finished activity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from commonweal.collectives.models import Activity
from commonweal.discovery.models import ActivityCost
from commonweal.discovery.queries.costs import finished
from commonweal.discovery.queries.groups import public
from commonweal.discovery.rules import costs
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import FIRST_OUTGOING, Chart, Kind
from commonweal.ledger.queries import Moved
from commonweal.spending import queries as spending

_OVERHEAD = {Kind.HOST_FEE, Kind.PROCESSOR_FEE, Kind.PLATFORM_FEE}
_KEPT = [field.name for field in ActivityCost._meta.fields if not field.primary_key]


def keep_costs(collectives: Collection[int]) -> None:
    """Keep anew what was paid for the closed activities of some groups that everybody may see."""
    closed = Activity.objects.filter(organizer__in=public().filter(pk__in=collectives))
    closed = closed.filter(closed_at__isnull=False).select_related("organizer", "place__parent")
    activities = list(closed)
    ids = [one.pk for one in activities]
    moved = defaultdict(list)
    for row in ledger.moved_for(ids) if ids else []:
        moved[row.activity].append(row)
    pending = spending.pending_for(ids) if ids else set()
    gone = ActivityCost.objects.filter(collective__in=collectives).exclude(activity__in=ids)
    gone.delete()
    ActivityCost.objects.bulk_create(
        [_cost(one, moved[one.pk], pending=one.pk in pending) for one in activities],
        update_conflicts=True, unique_fields=["activity"], update_fields=_KEPT,
    )  # fmt: skip


def _cost(activity: Activity, moved: list[Moved], *, pending: bool) -> ActivityCost:
    assert activity.closed_at is not None
    currency = activity.organizer.currency
    paid: dict[int, int] = defaultdict(int)
    overhead = 0
    for row in moved:
        assert row.currency == currency, "expenses are in the currency of their group"
        if row.kind in _OVERHEAD:
            overhead -= row.minor
        elif _is_cost(row):
            paid[row.category] -= row.minor
    kept = ActivityCost(
        activity_id=activity.pk,
        collective_id=activity.organizer_id,
        theme_id=activity.theme_id,
        city=activity.place.city if activity.place else None,
        attendance=activity.attendance,
        closed_on=activity.closed_at.date(),
        pending=pending,
        currency=currency,
        paid={category: minor for category, minor in paid.items() if minor},
        overhead=overhead,
    )
    kept.counts_from = costs.counts_from(finished(kept))
    return kept


def _is_cost(row: Moved) -> bool:
    """Whether a movement paid for something, or undid that it did; not what was passed on."""
    if row.kind == Kind.TRANSFER or row.category == Chart.TRANSFERS_OUT:
        return False
    return row.kind == Kind.EXPENSE or row.category >= FIRST_OUTGOING
