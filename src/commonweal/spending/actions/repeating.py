"""Filing again: a draft makes itself on its day; a person hands it in."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.people.models import Party
from commonweal.spending import policies, queries, rules
from commonweal.spending.actions import filing, steps
from commonweal.spending.models import Expense, Repeat, Repeated
from commonweal.spending.rules import repeating


class RepeatsAlready(Refused):
    """This is filed again already. Stop that first."""


@transaction.atomic
def repeat(*, expense: Expense, every: str, by: Party) -> Repeat:
    """Let an expense be filed again each month, quarter or year, from its own day on."""
    expense = Expense.objects.select_for_update(of=("self",), no_key=True).get(pk=expense.pk)
    if not policies.may_edit(by, expense):
        raise NotAllowed
    if Repeat.objects.filter(expense=expense, ended_at=None).exists():
        raise RepeatsAlready
    first, today = expense.created_at.date(), clock.today()
    due = repeating.next_day(first, Repeat.Every(every), max(first, today))
    found, _ = Repeat.objects.update_or_create(
        expense=expense,
        defaults={
            "every": every, "first_on": first, "next_on": due, "created_at": clock.now(),
            "ended_at": None,
        },
    )  # fmt: skip
    steps.tell("expense.repeats", expense, by, public=False, every=every)
    return found


@transaction.atomic
def stop_repeating(*, repeat: Repeat, by: Party) -> Repeat:
    """File an expense no more by itself."""
    found = Repeat.objects.select_for_update(of=("self",)).select_related("expense").get(
        pk=repeat.pk
    )  # fmt: skip
    if not policies.may_edit(by, found.expense):
        raise NotAllowed
    return _ended(found, by)


@transaction.atomic
def file_again(*, repeat: Repeat, today: date, by: Party | None) -> Expense | None:
    """Make the draft that is due, once for its day, and tell its author; None where none is due.

    A server that slept makes one draft, not one for each day it missed. Where its author or the
    group is gone it ends.
    """
    found = Repeat.objects.select_for_update(of=("self",)).select_related(
        "expense__collective", "expense__author", "expense__payee", "expense__activity"
    ).get(pk=repeat.pk)  # fmt: skip
    if found.ended_at is not None or found.next_on > today:
        return None
    due = found.next_on
    found.next_on = repeating.next_day(found.first_on, found.every, today)
    found.save(update_fields=["next_on"])
    try:
        draft = _copied(found.expense, due)
    except Refused:
        _ended(found, by)
        return None
    Repeated.objects.create(repeat=found, due_on=due, expense=draft)
    steps.tell("expense.repeated", draft, by, public=False)
    return draft


@transaction.atomic
def _copied(expense: Expense, on: date) -> Expense:
    """File a draft like an expense, for another day, to where its payee is paid now."""
    activity = expense.activity
    items = [
        rules.Item(one.description, on, one.category_id, Money(one.amount_minor, one.currency))
        for one in expense.items.all()
    ]
    return filing.file(
        collective=expense.collective, kind=expense.kind, title=expense.title, items=items,
        payee=expense.payee, payout_method=queries.payout_methods(expense.payee).first(),
        purpose=expense.purpose, by=expense.author,
        activity=activity if activity and not activity.closed_at else None,
    )  # fmt: skip


def _ended(found: Repeat, by: Party | None) -> Repeat:
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])
    steps.tell("expense.repeats_no_more", found.expense, by, public=False)
    return found
