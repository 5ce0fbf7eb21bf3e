"""Plan beside actual, for a group's year and for what it does: by sums that are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Sum

from commonweal.collectives.models import Activity, Collective, PlannedCost
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Kind, Scope
from commonweal.spending.models import BudgetLine, Expense, ExpenseItem
from commonweal.spending.rules import budgeting
from commonweal.spending.rules.budgeting import Line
from commonweal.spending.rules.steps import PENDING

# What waits and has not left the pot: the ledger knows what is being paid.
_ASKED = [status for status in PENDING if status != "in payment"]
Sums = dict[int, dict[int, int]]


@dataclass(frozen=True)
class Over:
    """A line of a plan that an expense goes beyond, of the year or of an activity."""

    category: int
    planned: Money
    by: Money
    activity: Activity | None


def of_year(collective: Collective) -> list[Line]:
    """Return a group's plan for a year beside what it spent and was asked for this year."""
    return _years({collective.pk: collective.currency}).get(collective.pk, [])


def of_activity(activity: Activity) -> list[Line]:
    """Return the plan of an activity beside what was paid and asked for it."""
    return _activities([activity.pk]).get(activity.pk, [])


def over_many(expenses: Collection[Expense]) -> dict[int, list[Over]]:
    """Return for each of these expenses what it goes beyond, in a fixed number of queries."""
    waiting = [one for one in expenses if one.status in {Expense.Status.DRAFT, *PENDING}]
    years = _years({one.collective_id: one.currency for one in waiting})
    marked = _activities({one.activity_id for one in waiting if one.activity_id})
    if not years and not marked:
        return {}
    own = _by(ExpenseItem.objects.filter(expense__in=waiting), "expense")
    activities = Activity.objects.in_bulk(list(marked))
    found = {}
    for one in waiting:
        counted, mine = one.status != Expense.Status.DRAFT, own[one.pk]
        beyond = budgeting.beyond(years.get(one.collective_id, []), mine, counted=counted)
        rows: list[tuple[Line, Activity | None]] = [(line, None) for line in beyond]
        beyond = budgeting.beyond(marked.get(one.activity_id or 0, []), mine, counted=counted)
        rows += [(line, activities[one.activity_id or 0]) for line in beyond]
        found[one.pk] = [_over(one, line, mine, where) for line, where in rows]
    return found


def _over(expense: Expense, line: Line, own: Mapping[int, int], where: Activity | None) -> Over:
    new = own[line.category] if expense.status == Expense.Status.DRAFT else 0
    return Over(
        category=line.category,
        planned=Money(line.planned, expense.currency),
        by=Money(new - line.left, expense.currency),
        activity=where,
    )


def _years(currencies: Mapping[int, str]) -> dict[int, list[Line]]:
    planned = _by(
        PlannedCost.objects.filter(
            collective__in=currencies, currency=F("collective__currency")
        ),
        "collective",
    )  # fmt: skip
    if not planned:
        return {}
    known = {one: currencies[one] for one in planned}
    budgets = ledger.many_budgets(Scope.COLLECTIVE, known, since=_new_year())
    spent = {
        one: _spent((row.category, row.kind, row.amount.minor) for row in budget.categories)
        for one, budget in budgets.items()
    }
    waiting = ExpenseItem.objects.filter(
        expense__collective__in=planned, expense__status__in=_ASKED
    )
    asked = _by(waiting, "expense__collective")
    return {one: budgeting.lines(planned[one], spent[one], asked[one]) for one in planned}


def _activities(activities: Collection[int]) -> dict[int, list[Line]]:
    planned = _by(BudgetLine.objects.filter(activity__in=activities), "activity")
    if not planned:
        return {}
    rows = defaultdict(list)
    for row in ledger.moved_for(list(planned)):
        rows[row.activity].append((row.category, row.kind, row.minor))
    waiting = ExpenseItem.objects.filter(expense__activity__in=planned, expense__status__in=_ASKED)
    asked = _by(waiting, "expense__activity")
    return {one: budgeting.lines(planned[one], _spent(rows[one]), asked[one]) for one in planned}


def _spent(rows: Iterable[tuple[int, Kind, int]]) -> dict[int, int]:
    """Return what went out by category; what was passed on did too, what came from others not."""
    sums: dict[int, int] = defaultdict(int)
    for category, kind, minor in rows:
        if kind == Kind.EXPENSE or (kind == Kind.TRANSFER and minor < 0):
            sums[category] -= minor
    return sums


def _by(
    rows: QuerySet[ExpenseItem] | QuerySet[PlannedCost] | QuerySet[BudgetLine], owner: str
) -> Sums:  # fmt: skip
    """Return amounts by owner and category; these are what waits or is planned, never history."""
    found: Sums = defaultdict(dict)
    sums = rows.order_by().values_list(owner, "category").annotate(sum=Sum("amount_minor"))
    for one, category, minor in sums:
        found[one][category] = int(minor)
    return found


def _new_year() -> date:
    return clock.today().replace(month=1, day=1)
