"""Keeping what was paid for each finished activity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from commonweal.collectives.models import Activity, CategoryAnswer
from commonweal.collectives.rules import Given
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
    given, not_needed = given_in_kind(ids), _not_needed(ids)
    gone = ActivityCost.objects.filter(collective__in=collectives).exclude(activity__in=ids)
    gone.delete()
    ActivityCost.objects.bulk_create(
        [
            _cost(
                one, moved[one.pk], pending=one.pk in pending, given=given[one.pk],
                not_needed=not_needed[one.pk],
            )
            for one in activities
        ],
        update_conflicts=True, unique_fields=["activity"], update_fields=_KEPT,
    )  # fmt: skip


def given_in_kind(activities: Collection[int]) -> dict[int, dict[int, list[Given]]]:
    """Return what each activity was given in kind, by category: all that figures know of it."""
    found: dict[int, dict[int, list[Given]]] = defaultdict(lambda: defaultdict(list))
    answers = _answers(activities, CategoryAnswer.Answer.IN_KIND)
    for activity, category, quantity, unit in answers:
        found[activity][category].append(Given(quantity, unit))
    return found


def _not_needed(activities: Collection[int]) -> dict[int, list[int]]:
    found = defaultdict(list)
    for activity, category, _, _ in _answers(activities, CategoryAnswer.Answer.NOT_NEEDED):
        found[activity].append(category)
    return found


def _answers(
    activities: Collection[int], answer: CategoryAnswer.Answer
) -> Iterable[tuple[int, int, int | None, str]]:
    rows = CategoryAnswer.objects.filter(activity__in=activities, answer=answer)
    return rows.order_by("pk").values_list("activity_id", "category_id", "quantity", "unit")


def _cost(
    activity: Activity,
    moved: list[Moved],
    *,
    pending: bool,
    given: Mapping[int, list[Given]],
    not_needed: list[int],
) -> ActivityCost:
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
        given={category: [[g.quantity, g.unit] for g in all_] for category, all_ in given.items()},
        not_needed=not_needed,
    )
    kept.counts_from = costs.counts_from(finished(kept))
    return kept


def _is_cost(row: Moved) -> bool:
    """Whether a movement paid for something, or undid that it did; not what was passed on."""
    if row.kind == Kind.TRANSFER or row.category == Chart.TRANSFERS_OUT:
        return False
    return row.kind == Kind.EXPENSE or row.category >= FIRST_OUTGOING
