"""Taking a step: lock the expense, check that it may, write down who did what."""

from __future__ import annotations

from django.db import transaction

from commonweal.activity import actions as activity
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.people.models import Party
from commonweal.spending import queries, rules
from commonweal.spending.models import Expense


class NotNow(Refused):
    """This expense has moved on. Reload the page to see where it stands."""


class OwnExpense(NotAllowed):
    """Nobody agrees to or pays their own expense. Ask another admin."""


def locked(expense: Expense, step: rules.Step) -> Expense:
    """Return the expense as it stands, locked until the transaction ends, if it may take a step."""
    if not transaction.get_connection().in_atomic_block:
        raise AssertionError("a step is taken in a transaction")
    found = (
        Expense.objects.select_for_update(of=("self",))
        .select_related("collective", "author", "payee", "payout_method")
        .get(pk=expense.pk)
    )
    if not rules.may_follow(step, found.status):
        raise NotNow
    return found


def moved(expense: Expense, step: rules.Step) -> Expense:
    """Move an expense to where a step ends."""
    expense.status = rules.STEPS[step][1]
    expense.save(update_fields=["status"])
    return expense


def tell(
    kind: str, expense: Expense, by: Party | None, *, note: str = "", public: bool = True,
    **data: str,
) -> None:  # fmt: skip
    """Write the step into the journal, in the same transaction."""
    activity.record(
        kind, subject=queries.subject(expense), party=expense.collective_id,
        by=by.pk if by else None, note=note, public=public, number=expense.number, **data,
    )  # fmt: skip
