"""Planning what an activity costs; a group's year is planned in `collectives`."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from commonweal.activity import actions as facts
from commonweal.collectives import policies as collectives
from commonweal.collectives.models import Activity
from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.money import Money
from commonweal.people.models import Party
from commonweal.spending.actions.filing import OtherCurrency
from commonweal.spending.models import BudgetLine


@transaction.atomic
def plan_activity_costs(*, activity: Activity, costs: Mapping[int, Money], by: Party) -> None:
    """Say what an activity is to cost, by category; what was planned before counts no more."""
    if not collectives.may_plan(by, activity.organizer):
        raise NotAllowed
    if any(one.currency != activity.organizer.currency for one in costs.values()):
        raise OtherCurrency
    activity.budget.all().delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(
            activity=activity, category_id=category, amount_minor=amount.minor,
            currency=amount.currency,
        )
        for category, amount in costs.items()
        if amount
    )  # fmt: skip
    facts.record(
        "activity.budgeted", subject=f"party:{activity.pk}", party=activity.organizer_id, by=by.pk
    )
