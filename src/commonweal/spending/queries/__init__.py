"""Questions about expenses."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from commonweal.activity import queries as activity
from commonweal.activity.models import Fact
from commonweal.collectives.models import Activity, Collective
from commonweal.foundation import ids
from commonweal.foundation.money import Money
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Host, Hosting
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Account, Chart, Purpose, Transaction
from commonweal.payments import queries as payments
from commonweal.payments.models import Payout
from commonweal.people.models import Party
from commonweal.spending.models import Expense, ExpenseItem, ExpenseTerms, PayoutMethod
from commonweal.spending.policies.moves import is_inside
from commonweal.spending.queries.payees import (
    account_request,
    account_token,
    guests_asked,
    in_currency,
    supplier_like,
    suppliers,
    unsent,
    unsent_of,
)
from commonweal.spending.rules.steps import PENDING
from commonweal.spending.rules.suggesting import suggested, words_of

__all__ = [
    "account_request",
    "account_token",
    "guests_asked",
    "in_currency",
    "supplier_like",
    "suppliers",
    "unsent",
    "unsent_of",
]

# An admin has looked at these, their categories included.
_CHECKED = [
    Expense.Status.APPROVED, Expense.Status.ON_HOLD, Expense.Status.SCHEDULED,
    Expense.Status.IN_PAYMENT, Expense.Status.PAID,
]  # fmt: skip
_REMEMBERED = 300


@dataclass(frozen=True)
class Payable:
    """An approved expense and what may stand in the way of paying it."""

    expense: Expense
    amount: Money
    in_the_pot: Money
    has_receipt: bool
    has_account: bool
    is_inside: bool

    @property
    def is_covered(self) -> bool:
        """Whether the pot holds enough."""
        return not self.in_the_pot < self.amount


@dataclass(frozen=True)
class Look:
    """Somebody saw a whole account number, in order to pay an expense."""

    at: datetime
    by: Party | None
    mask: str
    expense: Expense | None


def subject(expense: Expense) -> str:
    """Return the name of an expense in journals and threads."""
    return f"expense:{expense.pk}"


def account_subject(method: PayoutMethod) -> str:
    """Return the name of a bank account in journals."""
    return f"payout_method:{method.pk}"


def by_number(collective: Collective, number: int) -> Expense | None:
    """Return an expense by its number within its collective."""
    found = Expense.objects.filter(collective=collective.pk, number=number)
    return found.select_related("collective", "author", "payee", "payout_method").first()


def of_collective(
    collective: Collective, *, statuses: Sequence[str] = (), before: int | None = None,
    size: int = 20,
) -> list[Expense]:  # fmt: skip
    """Return what was handed in to a collective, newest first, from before a number."""
    found = Expense.objects.filter(collective=collective.pk).exclude(submitted_at=None)
    if statuses:
        found = found.filter(status__in=statuses)
    if before is not None:
        found = found.filter(number__lt=before)
    return list(found.select_related("payee", "author").order_by("-number")[:size])


def drafts_of(person: Party, collective: Collective) -> QuerySet[Expense]:
    """Return the drafts that a person has for a collective."""
    return Expense.objects.filter(
        author=person, collective=collective.pk, status=Expense.Status.DRAFT
    ).order_by("-id")


def waiting_for_approval(collective: Collective) -> QuerySet[Expense]:
    """Return what an admin has to look at, the oldest first."""
    return (
        Expense.objects.filter(collective=collective.pk, status=Expense.Status.SUBMITTED)
        .select_related("payee", "author", "collective")
        .order_by("id")
    )


def waiting_for_payment(host: Host, *, most: int = 200) -> list[Payable]:
    """Return what a host has to pay, the oldest first, with the state of each pot."""
    return _payables(host, Expense.Status.APPROVED, most)


def parked(host: Host, *, most: int = 50) -> list[Expense]:
    """Return what waits at a host for something else than being paid, the oldest first."""
    hosted = Hosting.objects.filter(host=host, until=None).values("collective")
    found = Expense.objects.filter(
        collective__in=hosted, status__in=[Expense.Status.ON_HOLD, Expense.Status.RETURNED]
    )
    return list(found.select_related("collective", "payee").order_by("pk")[:most])


def in_payment(host: Host, *, most: int = 200) -> list[Payable]:
    """Return what a host has begun to pay and has not confirmed."""
    return _payables(host, Expense.Status.IN_PAYMENT, most)


def in_the_pot(expense: Expense) -> Money:
    """Return what the collective of an expense holds now."""
    return pot_of(expense.collective)


def pot_of(collective: Collective) -> Money:
    """Return what a collective holds now; nothing where nobody hosts it."""
    hosting_now = hosting.current(collective)
    if hosting_now is None:
        return Money(0, collective.currency)
    return ledger.balance(hosting.funds_account(hosting_now))


def payouts(*expenses: Expense) -> list[Payout]:
    """Return the payouts of the newest attempt to pay expenses: one for each category of each."""
    items = ExpenseItem.objects.filter(expense__in=[one.pk for one in expenses])
    pairs = items.values_list("expense", "category").distinct()
    attempts = {one.pk: one.payout_attempt for one in expenses}
    subjects = {f"expense:{expense}:{category}": attempts[expense] for expense, category in pairs}
    found = Payout.objects.filter(subject__in=subjects).order_by("pk")
    return [one for one in found if one.attempt == subjects[one.subject]]


def transactions(expense: Expense) -> list[Transaction]:
    """Return the ledger's transactions by which the newest attempt left the pot."""
    keys = [payments.held_by(payout) for payout in payouts(expense)] or [passed_on(expense)]
    return list(Transaction.objects.filter(key__in=keys).order_by("pk"))


def passed_on(expense: Expense) -> UUID:
    """Return the key of the transaction by which a grant went from pot to pot."""
    return ids.key("passed on", subject(expense))


def timeline(expense: Expense, *, private: bool = False) -> QuerySet[Fact]:
    """Return what happened to an expense, oldest first."""
    return activity.timeline(subject(expense), private=private)


def neighbours(collective: Collective) -> list[Collective]:
    """Return the other groups to which one can pass money on, by name."""
    hosted = hosting.current(collective)
    if hosted is None:
        return []
    found = Collective.objects.filter(
        hostings__host=hosted.host_id, hostings__until=None, currency=collective.currency
    )
    return list(found.exclude(pk=collective.pk).select_related("party").order_by("name"))


def expense_terms(party: Party) -> ExpenseTerms | None:
    """Return what a host or a group itself asks before it pays."""
    return ExpenseTerms.objects.filter(party=party.pk).first()


def bounced(expense: Expense) -> str:
    """Return the bank's code for why an expense that came back did; "" where it said none."""
    if expense.status != Expense.Status.RETURNED:
        return ""
    last = timeline(expense, private=True).filter(kind="expense.bounced").last()
    return last.data.get("code", "") if last else ""


def payout_methods(party: Party) -> QuerySet[PayoutMethod]:
    """Return where a party can be paid, the newest first."""
    return PayoutMethod.objects.filter(party=party.pk, retired_at=None).order_by("-id")


def looks(party: Party, *, most: int = 50) -> list[Look]:
    """Return who saw a whole account number of a party, when and for what, newest first."""
    methods = PayoutMethod.objects.filter(party=party.pk)
    subjects = {account_subject(one): one for one in methods}
    facts = list(
        Fact.objects.filter(subject__in=subjects, kind="payout_method.seen").order_by("-pk")[:most]
    )
    people = Party.objects.in_bulk({fact.by_id for fact in facts if fact.by_id})
    expenses = Expense.objects.select_related("collective").in_bulk(
        {fact.data.get("expense") for fact in facts}
    )
    return [
        Look(
            at=fact.at,
            by=people.get(fact.by_id or 0),
            mask=subjects[fact.subject].mask,
            expense=expenses.get(fact.data.get("expense") or 0),
        )
        for fact in facts
    ]


def _payables(host: Host, status: str, most: int) -> list[Payable]:
    hosted = Hosting.objects.filter(host=host, until=None).values("collective")
    found = (
        Expense.objects.filter(collective__in=hosted, status=status)
        .select_related("collective", "payee", "author", "payout_method")
        .annotate(papers=Count("receipts", filter=Q(receipts__isnull=False)))
        .order_by("id")[:most]
    )
    expenses = list(found)
    pots = _pots(host, {expense.collective_id for expense in expenses})
    return [
        Payable(
            expense=expense,
            amount=Money(expense.amount_minor, expense.currency),
            in_the_pot=pots.get(
                (expense.collective_id, expense.currency), Money(0, expense.currency)
            ),
            has_receipt=expense.papers > 0 or expense.kind == Expense.Kind.GRANT,
            has_account=is_inside(expense) or expense.payout_method_id is not None,
            is_inside=is_inside(expense),
        )
        for expense in expenses
    ]


def _pots(host: Host, collectives: set[int]) -> dict[tuple[int, str], Money]:
    """Return what collectives hold at a host, by collective and currency, in one query."""
    accounts = Account.objects.filter(
        purpose=Purpose.FUNDS, host_id=host.pk, party_id__in=collectives
    ).values_list("party_id", "currency", "balance")
    return {(party or 0, currency): Money(held, currency) for party, currency, held in accounts}


def of_activity(activity: Activity) -> QuerySet[Expense]:
    """Return what was asked for an activity, as everybody may see it, newest first."""
    handed_in = Expense.objects.filter(activity=activity, submitted_at__isnull=False)
    return handed_in.select_related("payee").order_by("-pk")


def pending_for(activities: Collection[int]) -> set[int]:
    """Return those activities for which an expense is neither paid nor refused yet."""
    waiting = Expense.objects.filter(activity__in=activities, status__in=list(PENDING))
    return set(waiting.values_list("activity_id", flat=True))


def pending_years(collectives: Collection[int]) -> set[tuple[int, int]]:
    """Return the groups and years in which something was bought, for no activity, that waits."""
    waiting = ExpenseItem.objects.filter(
        expense__collective__in=collectives,
        expense__activity=None,
        expense__status__in=list(PENDING),
    )
    return set(waiting.values_list("expense__collective_id", "spent_on__year"))


def paid_items(activity: Activity) -> list[ExpenseItem]:
    """Return what was paid for an activity, line by line, in the order it was spent."""
    paid = ExpenseItem.objects.filter(
        expense__activity=activity, expense__status=Expense.Status.PAID
    )
    return list(paid.select_related("expense").order_by("spent_on", "pk"))


def suggestions(
    collective: Collective, descriptions: Sequence[str], *, payee: Party
) -> list[int | None]:
    """Return in which category each description probably is, by its words and the group's habit."""
    done = ExpenseItem.objects.filter(expense__collective=collective.pk)
    done = done.filter(expense__status__in=_CHECKED).exclude(category=Chart.OTHER_SPENDING)
    facts = done.order_by("-pk").values_list("description", "category_id", "expense__payee_id")
    earlier = list(facts[:_REMEMBERED])
    habit = [(description, category) for description, category, _ in earlier]
    got = [category for _, category, to in earlier if to == payee.pk]
    return [suggested(one, habit=habit, words=_words(), payee=got) for one in descriptions]


@cache
def _words() -> dict[str, int]:
    """Return for which category a word stands in any of our languages; those for two for none."""
    text = resources.files("commonweal.spending").joinpath("data/words.csv").read_text("utf-8")
    meanings = defaultdict(set)
    for row in csv.DictReader(io.StringIO(text)):
        category = Chart[row["category"].upper().replace("-", "_")].value
        for word in words_of(row["words"]):
            meanings[word].add(category)
    return {word: found.pop() for word, found in meanings.items() if len(found) == 1}
