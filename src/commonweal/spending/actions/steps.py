"""Taking a step: lock the expense, check that it may, write down who did what."""

from __future__ import annotations

from django.db import transaction

from commonweal.activity import actions as activity
from commonweal.conversations import actions as conversations
from commonweal.people.models import Party
from commonweal.spending import queries, rules
from commonweal.spending.models import Expense, Payment
from commonweal.spending.policies.moves import Standing, why_not_who
from commonweal.spending.policies.refusals import NotNow, OwnExpense

__all__ = ["NotNow", "OwnExpense"]


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


def taken(expense: Expense, step: rules.Step, by: Party) -> Expense:
    """Return the expense, locked, if somebody may take a step with it now."""
    found = locked(expense, step)
    refusal = why_not_who(step, Standing(by, found))
    if refusal is not None:
        raise refusal
    return found


def moved(expense: Expense, step: rules.Step) -> Expense:
    """Move an expense to where a step ends."""
    return put(expense, rules.WAYS[step].ends)


def put(expense: Expense, status: str) -> Expense:
    """Put an expense at a status; one that was chosen to be paid leaves its pay run."""
    if expense.status == Expense.Status.SCHEDULED:
        Payment.objects.filter(expense=expense, state=Payment.State.CHOSEN).update(
            state=Payment.State.LEFT_OUT, reason="moved on"
        )
    expense.status = status
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


def whisper(expense: Expense, words: str, by: Party) -> None:
    """Say something to those who check or pay, if there is something to say."""
    if words.strip():
        conversations.say(
            subject=queries.subject(expense), body=words, by=by, public=False,
            party=expense.collective_id,
        )  # fmt: skip
