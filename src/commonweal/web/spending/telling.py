"""Expenses in words: badges, steps, and how it went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal.collectives.models import Collective
from commonweal.conversations import queries as conversations
from commonweal.foundation.money import Money
from commonweal.ledger.models import Transaction
from commonweal.people.models import Party
from commonweal.spending import policies, queries
from commonweal.spending.actions.methods import is_waiting
from commonweal.spending.models import Expense, PayoutMethod, Repeat, ReturnReason
from commonweal.spending.policies.moves import Standing, is_inside, names, why_not
from commonweal.spending.queries.budgets import Over, of_year, over_many
from commonweal.spending.rules import WAYS, Step, agreeing
from commonweal.spending.rules.budgeting import Line
from commonweal.web import formats
from commonweal.web.ledger import euro
from commonweal.web.pages import changed
from commonweal.web.spending.lines import category_name

GROUPS: dict[str, tuple[str, ...]] = {
    "waiting": (Expense.Status.SUBMITTED, Expense.Status.NEEDS_CHANGES),
    "agreed": (
        Expense.Status.APPROVED, Expense.Status.ON_HOLD, Expense.Status.SCHEDULED,
        Expense.Status.IN_PAYMENT, Expense.Status.RETURNED,
    ),
    "paid": (Expense.Status.PAID,),
    "declined": (Expense.Status.DECLINED, Expense.Status.WITHDRAWN),
}  # fmt: skip
_NAMES: dict[str, str | Promise] = {
    "": gettext_lazy("All"),
    "waiting": gettext_lazy("To agree to"),
    "agreed": gettext_lazy("To pay"),
    "paid": gettext_lazy("Paid"),
    "declined": gettext_lazy("Not paid"),
}


@dataclass(frozen=True)
class Badge:
    """A state as an icon, a word and a tone."""

    tone: str
    icon: str
    word: str | Promise


_BADGES = {
    Expense.Status.DRAFT: Badge("", "pencil", gettext_lazy("Draft")),
    Expense.Status.SUBMITTED: Badge("todo", "clock", gettext_lazy("To agree to")),
    Expense.Status.NEEDS_CHANGES: Badge("todo", "pencil", gettext_lazy("To be changed")),
    Expense.Status.APPROVED: Badge("good", "check", gettext_lazy("Agreed, to be paid")),
    Expense.Status.ON_HOLD: Badge("todo", "clock", gettext_lazy("On hold")),
    Expense.Status.SCHEDULED: Badge("good", "calendar", gettext_lazy("Chosen to be paid")),
    Expense.Status.IN_PAYMENT: Badge("todo", "clock", gettext_lazy("Being paid")),
    Expense.Status.PAID: Badge("good", "check", gettext_lazy("Paid")),
    Expense.Status.RETURNED: Badge("bad", "arrow-left", gettext_lazy("Came back")),
    Expense.Status.DECLINED: Badge("bad", "x", gettext_lazy("Declined")),
    Expense.Status.WITHDRAWN: Badge("", "x", gettext_lazy("Taken back")),
}
# How far along its four steps an expense is, where it has not stopped.
_AT = {
    Expense.Status.SUBMITTED: 0, Expense.Status.NEEDS_CHANGES: 0, Expense.Status.APPROVED: 1,
    Expense.Status.ON_HOLD: 1, Expense.Status.SCHEDULED: 1, Expense.Status.RETURNED: 1,
    Expense.Status.IN_PAYMENT: 2, Expense.Status.PAID: 3,
}  # fmt: skip
_STEPS = (
    gettext_lazy("Sent"), gettext_lazy("Agreed"), gettext_lazy("Being paid"), gettext_lazy("Paid"),
)  # fmt: skip

# Which step brings it on from where it stands.
_NEXT: dict[Expense.Status, Step] = {
    Expense.Status.DRAFT: "submit", Expense.Status.SUBMITTED: "approve",
    Expense.Status.NEEDS_CHANGES: "edit", Expense.Status.APPROVED: "pay",
    Expense.Status.ON_HOLD: "resume", Expense.Status.SCHEDULED: "leave",
    Expense.Status.IN_PAYMENT: "mark_paid", Expense.Status.RETURNED: "retry",
}  # fmt: skip

RHYTHMS = {
    Repeat.Every.MONTH: gettext_lazy("each month"),
    Repeat.Every.QUARTER: gettext_lazy("each quarter"),
    Repeat.Every.YEAR: gettext_lazy("each year"),
}

# What happened, with an icon and a tone.
_EVENTS: dict[str, tuple[str, str, str | Promise]] = {
    "expense.submitted": ("good", "receipt-text", gettext_lazy("asked for the money")),
    "expense.edited": ("", "pencil", gettext_lazy("changed it; it has to be agreed to again")),
    "expense.agreed": ("good", "check", gettext_lazy("agreed; one more has to")),
    "expense.approved": ("good", "check", gettext_lazy("agreed")),
    "expense.changes_asked": ("now", "pencil", gettext_lazy("asked for a change")),
    "expense.held": ("now", "clock", gettext_lazy("put it on hold")),
    "expense.resumed": ("good", "arrow-right", gettext_lazy("let it go on")),
    "expense.chosen": ("", "calendar", gettext_lazy("chose it to be paid")),
    "expense.retried": ("good", "arrow-right", gettext_lazy("let it be paid again")),
    "expense.declined": ("bad", "x", gettext_lazy("said no")),
    "expense.withdrawn": ("", "x", gettext_lazy("took it back")),
    "expense.in_payment": ("good", "banknote", gettext_lazy("took it out of the pot to pay it")),
    "expense.passed_on": ("good", "check", gettext_lazy("moved it from pot to pot")),
    "expense.paid": ("good", "check", gettext_lazy("paid it")),
    "expense.freed": ("", "arrow-left", gettext_lazy("gave up the pay run; it waits to be paid")),
    "expense.unpaid": (
        "bad",
        "arrow-left",
        gettext_lazy("found that it was not paid yet after all"),
    ),
    "expense.returned": ("bad", "arrow-left", gettext_lazy("put the money back into the pot")),
}


def rows(expenses: Iterable[Expense]) -> list[dict[str, Any]]:
    """Return expenses as lines of a list."""
    return [
        {
            "expense": one,
            "amount": Money(one.amount_minor, one.currency),
            "badge": _BADGES[Expense.Status(one.status)],
        }
        for one in expenses
    ]


def tabs(request: HttpRequest) -> list[tuple[str, str | Promise, bool]]:
    """Return the groups one can look at: address, name, and whether it is this one."""
    here = request.GET.get("state", "")
    return [
        (changed(request, state=key, before=None), name, key == here)
        for key, name in _NAMES.items()
    ]


def page(expense: Expense, person: Party | None) -> dict[str, Any]:
    """Return what the page of one expense shows this reader."""
    at = Standing(person, expense)
    private = policies.may_see(person, expense) and at.is_in_the_know
    may_edit = policies.may_edit(person, expense)
    items = list(expense.items.all())
    transactions = ledger_lines(expense)
    return {
        "expense": expense,
        "collective": expense.collective,
        "amount": Money(expense.amount_minor, expense.currency),
        "badge": _BADGES[Expense.Status(expense.status)],
        "steps": steps(expense),
        "lines": [
            {
                "label": item.description,
                "note": category_name(item.category_id),
                "day": item.spent_on,
                "amount": item.amount,
                "spent": item.spent,
                "vat": item.vat,
            }
            for item in items
        ],
        "receipts": list(expense.receipts.order_by("pk")),
        "private": private,
        "events": events(expense, private=private),
        "may": allowed(at),
        "instead": instead(at),
        "inside": is_inside(expense),
        "over": over(expense),
        "repeat": Repeat.objects.filter(expense=expense, ended_at=None).first()
        if may_edit
        else None,
        "may_repeat": may_edit and expense.status != Expense.Status.DRAFT,
        "rhythms": RHYTHMS,
        "agreement": agreement(at),
        "came_back": came_back(expense) if private else "",
        "host": at.host,
        "pot": queries.pot_of(expense.collective),
        "transactions": transactions,
        "givers": euro.givers([one.pk for one in transactions], expense.title),
    }


def steps(expense: Expense) -> list[tuple[str | Promise, str]]:
    """Return the four steps, each done, current or still to come; none for one that stopped."""
    here = _AT.get(Expense.Status(expense.status))
    if here is None:
        return []
    finished = expense.status == Expense.Status.PAID
    return [
        (name, "done" if n < here or finished else "now" if n == here else "")
        for n, name in enumerate(_STEPS)
    ]


def allowed(at: Standing) -> dict[str, bool]:
    """Return for each step whether this reader may take it now, and whether they may ask again."""
    may: dict[str, bool] = {
        step: at.person is not None and why_not(step, at) is None for step in WAYS
    }
    is_author = policies.may_edit(at.person, at.expense)
    again = is_author and policies.may_file(at.person, at.expense.collective)
    return {**may, "again": again}


def next_step(at: Standing) -> Step | None:
    """Return the step that brings an expense on from where it stands."""
    if at.expense.status == Expense.Status.APPROVED and is_inside(at.expense):
        return "pass_on"
    return _NEXT.get(Expense.Status(at.expense.status))


def instead(at: Standing) -> str:
    """Return why this reader does not bring it on, and who does; "" where they may."""
    step = next_step(at)
    refusal = why_not(step, at) if step and at.person else None
    return refusal.told_in(_) if refusal else ""


def agreement(at: Standing) -> dict[str, Any] | None:
    """Return who agreed and who still has to, where an expense waits for that."""
    if at.expense.status != Expense.Status.SUBMITTED:
        return None
    minor = at.expense.amount_minor
    return {
        "wanted": agreeing.people_wanted(minor, at.terms),
        "accountant": agreeing.accountant_wanted(minor, at.terms),
        "agreed": names(at.agreed.values()) if at.agreed else "",
        "who": names(at.approvers.values()) if at.approvers else "",
    }


def over(expense: Expense) -> list[str]:
    """Return a warning for each line of a plan that an unpaid expense goes beyond."""
    return [_beyond(one) for one in over_many([expense]).get(expense.pk, [])]


def _beyond(one: Over) -> str:
    told = {
        "by": formats.amount(one.by), "planned": formats.amount(one.planned, whole=True),
        "category": category_name(one.category),
    }  # fmt: skip
    if one.activity is not None:
        return _(
            "With this, %(by)s more than planned goes to %(category)s of %(activity)s: the plan "
            "was %(planned)s."
        ) % (told | {"activity": one.activity.name})
    return (
        _(
            "With this, %(by)s more than planned goes to %(category)s this year: the plan was "
            "%(planned)s."
        )
        % told
    )


def plan_of(lines: Iterable[Line], currency: str) -> list[dict[str, Any]]:
    """Return lines of a plan beside what was spent and asked for, as rows of a table."""
    return [
        {
            "name": category_name(one.category),
            "planned": Money(one.planned, currency),
            "spent": Money(one.spent, currency),
            "asked": Money(one.asked, currency),
            "left": Money(one.left, currency),
            "is_over": one.left < 0,
        }
        for one in lines
    ]


def plan_of_year(collective: Collective) -> list[dict[str, Any]]:
    """Return a group's plan for this year beside what became of it."""
    return plan_of(of_year(collective), collective.currency)


def came_back(expense: Expense) -> str | Promise:
    """Return why the bank gave the money back, in words for the payee."""
    return ReturnReason(code).label if (code := queries.bounced(expense)) else ""


def events(expense: Expense, *, private: bool) -> list[dict[str, Any]]:
    """Return what happened and what was said, in order of time."""
    facts = [fact for fact in queries.timeline(expense) if fact.kind in _EVENTS]
    people = Party.objects.in_bulk({fact.by_id for fact in facts if fact.by_id})
    told: list[tuple[datetime, dict[str, Any]]] = []
    for fact in facts:
        tone, icon, words = _EVENTS[fact.kind]
        who = people[fact.by_id].name if fact.by_id in people else _("The server")
        event = {"tone": tone, "icon": icon, "who": who, "text": words, "quote": fact.note}
        told.append((fact.at, event))
    for said in conversations.thread(queries.subject(expense), private=private):
        words = _("said") if said.public else _("said to those who check or pay it")
        event = {"icon": "message-square", "who": said.author.name, "text": words}
        told.append((said.at, event | {"tone": "", "quote": said.body}))
    return [event | {"at": at} for at, event in sorted(told, key=lambda pair: pair[0])]


def payment(expense: Expense, method: PayoutMethod | None) -> dict[str, Any]:
    """Return what whoever pays has to know."""
    amount = Money(expense.amount_minor, expense.currency)
    pot = queries.in_the_pot(expense)
    return {
        "expense": expense,
        "collective": expense.collective,
        "amount": amount,
        "method": method,
        "waits": method is not None and is_waiting(method),
        "pot": pot,
        "left": pot - amount,
        "is_covered": not pot < amount,
        "reference": f"{expense.collective.name[:60]}, {expense.number}",
    }


def ledger_lines(expense: Expense) -> list[Transaction]:
    """Return the ledger's transactions of an expense that left the pot."""
    if expense.status not in {Expense.Status.IN_PAYMENT, Expense.Status.PAID}:
        return []
    return queries.transactions(expense)
