"""What happened in some groups within a week, in a few questions however many groups they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, QuerySet, Sum

from commonweal.collectives.models import Activity, Collective, Goal
from commonweal.foundation.money import Money
from commonweal.giving.models import Gift
from commonweal.knowledge import queries as knowledge
from commonweal.knowledge.models import Update
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import DaySum, Kind, Purpose, Scope

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """What a group told, planned, got, paid and reached in a week."""

    group: Collective
    updates: tuple[Update, ...]
    activities: tuple[Activity, ...]
    raised: Money
    gifts: int
    spent: Money
    reached: tuple[Goal, ...]

    def __bool__(self) -> bool:
        """Whether anything happened."""
        return bool(self.updates or self.activities or self.gifts or self.spent or self.reached)


def weeks(groups: Collection[int], monday: date) -> dict[int, Week]:
    """Return the week that began on a Monday, in UTC, of each public group among these."""
    public = Collective.objects.filter(pk__in=groups, published_at__isnull=False).in_bulk()
    since, until = _instant(monday), _instant(monday + A_WEEK)
    updates = _by_group(
        knowledge.latest()
        .filter(collective__in=public, published_at__gte=since, published_at__lt=until)
        .order_by("published_at"),
        "collective_id",
    )
    planned = Activity.objects.filter(
        organizer__in=public, created_at__gte=since, created_at__lt=until
    )
    activities = _by_group(planned.order_by("starts_on", "pk"), "organizer_id")
    gifts, spent = _gifts(public, since, until), _spent(public, monday)
    reached = _reached(public, since, until)
    return {
        pk: Week(
            group=group,
            updates=tuple(updates[pk]),
            activities=tuple(activities[pk]),
            raised=Money(gifts.get(pk, (0, 0))[0], group.currency),
            gifts=gifts.get(pk, (0, 0))[1],
            spent=Money(spent.get(pk, 0), group.currency),
            reached=tuple(reached[pk]),
        )
        for pk, group in public.items()
    }


def _gifts(
    groups: dict[int, Collective], since: datetime, until: datetime | None = None
) -> dict[int, tuple[int, int]]:
    """Return what came to each group, fees included, and in how many gifts."""
    rows = Gift.objects.filter(collective__in=groups, at__gte=since)
    rows = rows.filter(at__lt=until) if until else rows
    sums = rows.values("collective_id", "currency").annotate(whole=Sum("minor"), number=Count("pk"))
    return {
        row["collective_id"]: (int(row["whole"] or 0), row["number"])
        for row in sums
        if row["currency"] == groups[row["collective_id"]].currency
    }


def _spent(groups: dict[int, Collective], monday: date) -> dict[int, int]:
    """Return what each group paid for expenses."""
    days = DaySum.objects.filter(
        account__party_id__in=groups, account__purpose=Purpose.FUNDS, kind=Kind.EXPENSE,
        day__gte=monday, day__lt=monday + A_WEEK,
    )  # fmt: skip
    sums: Any = days.values("account__party_id", "account__currency")
    return {
        row["account__party_id"]: int(row["whole"])
        for row in sums.annotate(whole=Sum("outgoing"))
        if row["account__currency"] == groups[row["account__party_id"]].currency
    }


def _reached(
    groups: dict[int, Collective], since: datetime, until: datetime
) -> dict[int, list[Goal]]:
    """Return the goals, of those reached once, that gifts of this week took over the line."""
    goals = Goal.objects.filter(collective__in=groups, per=Goal.Per.ONCE)
    by_group = _by_group(goals, "collective_id")
    reached: dict[int, list[Goal]] = defaultdict(list)
    if not by_group:
        return reached
    members: dict[str, list[int]] = defaultdict(list)
    for pk in by_group:
        members[groups[pk].currency].append(pk)
    lately, later = _gifts(groups, since), _gifts(groups, until)
    for currency, ids in members.items():
        for pk, totals in ledger.many_totals(Scope.COLLECTIVE, ids, currency).items():
            after = totals.raised.minor - later.get(pk, (0, 0))[0]
            before = totals.raised.minor - lately.get(pk, (0, 0))[0]
            reached[pk] = [
                goal
                for goal in by_group[pk]
                if goal.currency == currency and before < _line(goal) <= after
            ]
    return reached


def _line(goal: Goal) -> int:
    """Return what the group has raised in all once the goal is reached."""
    return goal.raised_before_minor + goal.amount_minor


def _by_group(rows: Iterable[Any] | QuerySet[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _instant(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
