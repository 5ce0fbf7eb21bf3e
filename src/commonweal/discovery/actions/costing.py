"""Keeping what was paid for each finished activity, and by each group in each year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from commonweal.collectives.models import Activity, CategoryAnswer, Collective
from commonweal.collectives.rules import Given
from commonweal.discovery.models import ActivityCost, Costs, YearCost
from commonweal.discovery.queries.costs import finished
from commonweal.discovery.queries.groups import public
from commonweal.discovery.rules import costs
from commonweal.knowledge import queries as knowledge
from commonweal.knowledge.models import HelpKind
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import FIRST_OUTGOING, Chart, Kind
from commonweal.ledger.queries import Moved
from commonweal.places.models import Place
from commonweal.spending import queries as spending

# What would have been bought instead; a thing may be anything, so it counts as materials.
_OF_HELP = {
    HelpKind.TIME: Chart.FEES_SERVICES,
    HelpKind.KNOW_HOW: Chart.FEES_SERVICES,
    HelpKind.THING: Chart.MATERIALS,
    HelpKind.ROOM: Chart.VENUE,
    HelpKind.VEHICLE: Chart.TRAVEL,
}
_OVERHEAD = {Kind.HOST_FEE, Kind.PROCESSOR_FEE, Kind.PLATFORM_FEE}


def keep_costs(collectives: Collection[int]) -> None:
    """Keep anew what some groups paid, for each closed activity and in each year for none."""
    groups = list(public().filter(pk__in=collectives).select_related("place__parent"))
    _keep_activities(collectives, groups)
    _keep_years(collectives, groups)


def _keep_activities(collectives: Collection[int], groups: Collection[Collective]) -> None:
    closed = Activity.objects.filter(organizer__in=groups, closed_at__isnull=False)
    activities = list(closed.select_related("organizer", "place__parent"))
    ids = [one.pk for one in activities]
    moved = defaultdict(list)
    for move in ledger.moved_for(ids) if ids else []:
        moved[move.activity].append(move)
    pending = spending.pending_for(ids) if ids else set()
    given, not_needed = given_in_kind(ids), _not_needed(ids)
    kept = [
        ActivityCost(
            activity=one,
            collective=one.organizer,
            theme_id=one.theme_id,
            city=_city(one.place),
            attendance=one.attendance,
            closed_on=_day(one.closed_at),
            pending=one.pk in pending,
            given=_as_lists(given[one.pk]),
            not_needed=not_needed[one.pk],
        )
        for one in activities
    ]
    for row in kept:
        _pay(row, moved[row.activity_id])
    ActivityCost.objects.filter(collective__in=collectives).exclude(activity__in=ids).delete()
    _store(ActivityCost, kept, "activity")


def _keep_years(collectives: Collection[int], groups: Collection[Collective]) -> None:
    """Keep each calendar year that a group stood from the first to the last day, or still does."""
    ids = [one.pk for one in groups]
    marks = Activity.objects.filter(organizer__in=ids).values_list("pk", flat=True)
    moved = ledger.moved_for_none(ids, list(marks)) if ids else {}
    pending = spending.pending_years(ids) if ids else set()
    by_id = {one.pk: one for one in groups}
    kept = [
        YearCost(
            collective=by_id[group],
            year=year,
            city=_city(by_id[group].place),
            closed_on=date(year, 12, 31),
            pending=(group, year) in pending,
        )
        for group, year in moved
        if _stood(by_id[group], year)
    ]
    for row in kept:
        _pay(row, moved[row.collective_id, row.year])
    _store(YearCost, kept, "collective", "year")
    here = YearCost.objects.filter(collective__in=collectives)
    here.exclude(pk__in=[one.pk for one in kept]).delete()


def _store[Kept: Costs](model: type[Kept], kept: Sequence[Kept], *unique: str) -> None:
    """Store what is kept over what was kept before, also while somebody else does."""
    others = [
        field.name
        for field in model._meta.fields
        if not field.primary_key and field.name not in unique
    ]
    model._default_manager.bulk_create(
        kept, update_conflicts=True, unique_fields=unique, update_fields=others
    )


def _stood(group: Collective, year: int) -> bool:
    opened, closed = group.published_at, group.closed_at
    assert opened is not None, "public groups are published"
    return opened.date() <= date(year, 1, 1) and (closed is None or closed.date().year > year)


def _city(place: Place | None) -> Place | None:
    return place.city if place else None


def _day(instant: datetime | None) -> date:
    assert instant is not None, "only what is closed is kept"
    return instant.date()


def given_in_kind(activities: Collection[int]) -> dict[int, dict[int, list[Given]]]:
    """Return what each activity was given in kind, by category: all that figures know of it.

    Besides what its organizer says, that is the help which two people have confirmed.
    """
    found: dict[int, dict[int, list[Given]]] = defaultdict(lambda: defaultdict(list))
    for activity, sums in knowledge.given_to_activities(activities).items():
        for one in sums:
            found[activity][_OF_HELP[one.kind]].append(Given(one.quantity, one.unit))
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


def _as_lists(given: Mapping[int, list[Given]]) -> dict[int, list[list[object]]]:
    return {
        category: [[one.quantity, one.unit] for one in all_] for category, all_ in given.items()
    }


def _pay(kept: ActivityCost | YearCost, moved: Iterable[Moved]) -> None:
    """Add up what was paid, and say from when on it counts."""
    kept.currency = kept.collective.currency
    paid: dict[int, int] = defaultdict(int)
    for row in moved:
        assert row.currency == kept.currency, "expenses are in the currency of their group"
        if row.kind in _OVERHEAD:
            kept.overhead -= row.minor
        elif _is_cost(row):
            paid[row.category] -= row.minor
    kept.paid = {category: minor for category, minor in paid.items() if minor}
    kept.counts_from = costs.counts_from(finished(kept))


def _is_cost(row: Moved) -> bool:
    """Whether a movement paid for something, or undid that it did; not what was passed on."""
    if row.kind == Kind.TRANSFER or row.category == Chart.TRANSFERS_OUT:
        return False
    return row.kind == Kind.EXPENSE or row.category >= FIRST_OUTGOING
