"""Agreeing, asking for changes, letting wait, saying no, taking back, and talking about it."""

from __future__ import annotations

from django.db import transaction

from commonweal.conversations import actions as conversations
from commonweal.conversations.models import Comment
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.people.models import Party
from commonweal.spending import policies, queries, rules
from commonweal.spending.actions import steps
from commonweal.spending.models import Approval, Expense
from commonweal.spending.policies.moves import Standing

_TOLD: dict[rules.Step, str] = {
    "ask": "expense.changes_asked", "decline": "expense.declined", "hold": "expense.held",
}  # fmt: skip


class NoReason(Refused):
    """Say why, so that the person knows what to do next."""

    status = 422


@transaction.atomic
def approve(*, expense: Expense, by: Party, version: int | None = None) -> Expense:
    """Agree to an expense as it stands; `version` is the one that was on the reader's page.

    It waits until as many have agreed as its group and host want.
    """
    expense = steps.taken(expense, "approve", by)
    if version not in {None, expense.version}:
        raise steps.NotNow
    Approval.objects.create(expense=expense, version=expense.version, approver=by, at=clock.now())
    if Standing(by, expense).missing is None:
        steps.moved(expense, "approve")
        steps.tell("expense.approved", expense, by)
    else:
        steps.tell("expense.agreed", expense, by)
    return expense


@transaction.atomic
def ask_for_changes(
    *, expense: Expense, reason: str, by: Party, private_note: str = ""
) -> Expense:  # fmt: skip
    """Say what has to be changed; the author does so and hands it in again."""
    return _say_why("ask", expense, reason, private_note, by=by)


@transaction.atomic
def decline(*, expense: Expense, reason: str, by: Party, private_note: str = "") -> Expense:
    """Say no, and why; the author may change it and hand it in again."""
    return _say_why("decline", expense, reason, private_note, by=by)


@transaction.atomic
def hold(*, expense: Expense, reason: str, by: Party, private_note: str = "") -> Expense:
    """Let an expense wait at the host, and say why; nobody pays it until it goes on."""
    return _say_why("hold", expense, reason, private_note, by=by)


@transaction.atomic
def resume(*, expense: Expense, by: Party) -> Expense:
    """Let an expense that was on hold go on; who agreed has agreed."""
    expense = steps.moved(steps.taken(expense, "resume", by), "resume")
    steps.tell("expense.resumed", expense, by)
    return expense


@transaction.atomic
def withdraw(*, expense: Expense, by: Party) -> Expense:
    """Take an expense back."""
    expense = steps.taken(expense, "withdraw", by)
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


def _say_why(
    step: rules.Step, expense: Expense, reason: str, private_note: str, *, by: Party
) -> Expense:  # fmt: skip
    expense = steps.taken(expense, step, by)
    if not reason.strip():
        raise NoReason
    steps.moved(expense, step)
    steps.tell(_TOLD[step], expense, by, note=reason.strip())
    steps.whisper(expense, private_note, by)
    return expense
