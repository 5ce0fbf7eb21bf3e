"""Agreeing, saying no, taking back, and talking about it."""

from __future__ import annotations

from django.db import transaction

from commonweal.conversations import actions as conversations
from commonweal.conversations.models import Comment
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.people.models import Party
from commonweal.spending import policies, queries
from commonweal.spending.actions import steps
from commonweal.spending.models import Approval, Expense


class NoReason(Refused):
    """Say why, so that the person knows what to do next."""

    status = 422


@transaction.atomic
def approve(*, expense: Expense, by: Party, version: int | None = None) -> Expense:
    """Agree to an expense as it stands; `version` is the one that was on the reader's page."""
    expense = steps.locked(expense, "approve")
    if not policies.may_approve(by, expense):
        raise steps.OwnExpense if policies.is_own(by, expense) else NotAllowed
    if version not in {None, expense.version}:
        raise steps.NotNow
    Approval.objects.get_or_create(
        expense=expense, version=expense.version, approver=by, defaults={"at": clock.now()}
    )
    steps.moved(expense, "approve")
    steps.tell("expense.approved", expense, by)
    return expense


@transaction.atomic
def decline(*, expense: Expense, reason: str, by: Party) -> Expense:
    """Say no, and why; the author may change it and hand it in again."""
    expense = steps.locked(expense, "decline")
    if not policies.may_decline(by, expense):
        raise NotAllowed
    if not reason.strip():
        raise NoReason
    steps.moved(expense, "decline")
    steps.tell("expense.declined", expense, by, note=reason.strip())
    return expense


@transaction.atomic
def withdraw(*, expense: Expense, by: Party) -> Expense:
    """Take an expense back."""
    expense = steps.locked(expense, "withdraw")
    if not policies.may_edit(by, expense):
        raise NotAllowed
    steps.moved(expense, "withdraw")
    steps.tell("expense.withdrawn", expense, by, public=expense.submitted_at is not None)
    return expense


@transaction.atomic
def comment(*, expense: Expense, body: str, by: Party, public: bool = True) -> Comment:
    """Say something about an expense; private words are for those who may see its receipts."""
    expense = Expense.objects.select_related("collective", "payee").get(pk=expense.pk)
    if not policies.may_see(by, expense):
        raise NotAllowed
    if not public and not policies.may_see_private(by, expense):
        raise NotAllowed
    public = public and expense.submitted_at is not None
    return conversations.say(
        subject=queries.subject(expense), body=body, by=by, public=public,
        party=expense.collective_id,
    )  # fmt: skip
