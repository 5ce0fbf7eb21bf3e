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

from commonweal.conversations import queries as conversations
from commonweal.foundation.money import Money
from commonweal.hosting import queries as hosting
from commonweal.ledger.models import Transaction
from commonweal.people.models import Party
from commonweal.spending import policies, queries
from commonweal.spending.actions.methods import is_waiting
from commonweal.spending.models import Expense, PayoutMethod
from commonweal.spending.rules import may_follow
from commonweal.web.ledger import euro
from commonweal.web.pages import changed
from commonweal.web.spending.lines import category_name

GROUPS: dict[str, tuple[str, ...]] = {
    "waiting": (Expense.Status.SUBMITTED,),
    "agreed": (Expense.Status.APPROVED, Expense.Status.IN_PAYMENT),
    "paid": (Expense.Status.PAID,),
    "declined": (Expense.Status.DECLINED, Expense.Status.WITHDRAWN),
}
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
    Expense.Status.APPROVED: Badge("good", "check", gettext_lazy("Agreed, to be paid")),
    Expense.Status.IN_PAYMENT: Badge("todo", "clock", gettext_lazy("Being paid")),
    Expense.Status.PAID: Badge("good", "check", gettext_lazy("Paid")),
    Expense.Status.DECLINED: Badge("bad", "x", gettext_lazy("Declined")),
    Expense.Status.WITHDRAWN: Badge("", "x", gettext_lazy("Taken back")),
}
_WAY = (
    Expense.Status.SUBMITTED, Expense.Status.APPROVED, Expense.Status.IN_PAYMENT,
    Expense.Status.PAID,
)  # fmt: skip
_STEPS = (
    gettext_lazy("Sent"), gettext_lazy("Agreed"), gettext_lazy("Being paid"), gettext_lazy("Paid"),
)  # fmt: skip

# What happened, with an icon and a tone.
_EVENTS: dict[str, tuple[str, str, str | Promise]] = {
    "expense.submitted": ("good", "receipt-text", gettext_lazy("asked for the money")),
    "expense.edited": ("", "pencil", gettext_lazy("changed it; it has to be agreed to again")),
    "expense.approved": ("good", "check", gettext_lazy("agreed")),
    "expense.declined": ("bad", "x", gettext_lazy("said no")),
    "expense.withdrawn": ("", "x", gettext_lazy("took it back")),
    "expense.in_payment": ("good", "banknote", gettext_lazy("took it out of the pot to pay it")),
    "expense.paid": ("good", "check", gettext_lazy("paid it")),
    "expense.freed": ("", "arrow-left", gettext_lazy("gave up the pay run; it waits to be paid")),
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
    private = policies.may_see_private(person, expense)
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
        "may": allowed(expense, person),
        "hosting": hosting.current(expense.collective),
        "pot": queries.pot_of(expense.collective),
        "transactions": transactions,
        "givers": euro.givers([one.pk for one in transactions], expense.title),
    }


def steps(expense: Expense) -> list[tuple[str | Promise, str]]:
    """Return the four steps, each done, current or still to come; none for one that stopped."""
    if expense.status not in _WAY:
        return []
    here = _WAY.index(Expense.Status(expense.status))
    finished = expense.status == Expense.Status.PAID
    return [
        (name, "done" if n < here or finished else "now" if n == here else "")
        for n, name in enumerate(_STEPS)
    ]


def allowed(expense: Expense, person: Party | None) -> dict[str, bool]:
    """Return which buttons to show, and whether to say why an own expense has none."""
    status = expense.status
    author = policies.may_edit(person, expense)
    return {
        "edit": author and may_follow("edit", status),
        "move": expense.payee.kind == Party.Kind.ORGANIZATION
        and policies.may_say_where_paid(person, expense.payee),
        "again": author and policies.may_file(person, expense.collective),
        "submit": author and may_follow("submit", status),
        "withdraw": author and may_follow("withdraw", status),
        "approve": policies.may_approve(person, expense) and may_follow("approve", status),
        "decline": policies.may_decline(person, expense) and may_follow("decline", status),
        "pay": policies.may_pay(person, expense) and may_follow("pay", status),
        "mark_paid": policies.may_pay(person, expense) and may_follow("mark_paid", status),
        "own": status == Expense.Status.SUBMITTED and policies.is_own(person, expense),
    }


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
