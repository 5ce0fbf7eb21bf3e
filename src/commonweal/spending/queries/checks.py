"""What to look at before paying, for many expenses at once: a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.hosting.models import Host
from commonweal.ledger.models import Account, Purpose
from commonweal.people.models import Membership, Party, Role
from commonweal.spending import rules
from commonweal.spending.models import Approval, Expense, ExpenseItem, PayoutMethod, Receipt
from commonweal.spending.queries import doubles
from commonweal.spending.queries.budgets import over_many
from commonweal.spending.rules import checks

_COMPARED = timedelta(days=365)


@dataclass(frozen=True)
class Checked:
    """An expense that may be paid, what its pot holds, and what to look at first."""

    expense: Expense
    amount: Money
    pot: Money
    found: tuple[str, ...]

    @property
    def stops(self) -> bool:
        """Whether it cannot be paid now."""
        return checks.stops(self.found)

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to think about."""
        return not self.found


@dataclass(frozen=True)
class Left:
    """What remains in the pot of a group after a pay run."""

    group: str
    slug: str
    pot: Money
    cost: Money

    @property
    def left(self) -> Money:
        """What is left."""
        return self.pot - self.cost


def checked(expenses: Sequence[Expense], host: Host, *, by: Party) -> list[Checked]:
    """Return what to look at before each of these expenses is paid by somebody at a host."""
    pots = pots_of(host, {one.collective_id for one in expenses})
    known = _Known(expenses, host, by)
    left = dict(pots)
    result = []
    for one in expenses:
        cost, pot = Money(one.amount_minor, one.currency), _of(pots, one)
        found = list(known.about(one))
        if pot < cost:
            found.append("too little")
        elif _of(left, one) < cost:
            found.append("not for all")
        else:
            left[one.collective_id, one.currency] = _of(left, one) - cost
        result.append(Checked(one, cost, pot, _in_order(found)))
    return result


def remains(host: Host, expenses: Iterable[Expense]) -> list[Left]:
    """Return what remains in each pot after these expenses are paid, by the name of the group."""
    by_group: dict[int, list[Expense]] = defaultdict(list)
    for one in expenses:
        by_group[one.collective_id].append(one)
    pots = pots_of(host, by_group)
    rows = [
        Left(
            group=some[0].collective.name,
            slug=some[0].collective.slug,
            pot=_of(pots, some[0]),
            cost=rules.total_of(
                (Money(one.amount_minor, one.currency) for one in some), some[0].currency
            ),
        )
        for some in by_group.values()
    ]
    return sorted(rows, key=lambda row: row.group)


def pots_of(host: Host, collectives: Iterable[int]) -> dict[tuple[int, str], Money]:
    """Return what collectives hold at a host, by collective and currency, in one query."""
    accounts = Account.objects.filter(
        purpose=Purpose.FUNDS, host_id=host.pk, party_id__in=set(collectives)
    ).values_list("party_id", "currency", "balance")
    return {(party or 0, currency): Money(held, currency) for party, currency, held in accounts}


def _of(pots: dict[tuple[int, str], Money], expense: Expense) -> Money:
    nothing = Money(0, expense.currency)
    return pots.get((expense.collective_id, expense.currency), nothing)


def _in_order(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(one for one in (*checks.STOPS, *checks.CAUTIONS) if one in set(found))


class _Known:
    """What is known about payees, accounts, amounts and approvers, asked once for all."""

    def __init__(self, expenses: Sequence[Expense], host: Host, by: Party) -> None:
        self.host, self.by = host, by
        self.spoken_for = set(
            Membership.objects.filter(person=by, role=Role.ADMIN, until=None)
            .exclude(party__kind=Party.Kind.PERSON)
            .values_list("party_id", flat=True)
        )
        self.paid_before = set(
            Expense.objects.filter(
                payee__in={one.payee_id for one in expenses}, status=Expense.Status.PAID,
                collective__hostings__host=host,
            ).values_list("payee_id", flat=True)
        )  # fmt: skip
        numbers = [one.pk for one in expenses]
        self.with_receipt = set(
            Receipt.objects.filter(expense__in=numbers).values_list("expense_id", flat=True)
        )
        self.shared = _shared(expenses)
        self.unusual = _unusual(expenses)
        self.approver_gains = _approver_gains(expenses) | doubles.agreed_by_its_account(expenses)
        self.same_paper, self.alike = doubles.with_the_same_paper(expenses)
        self.same_invoice = doubles.with_the_same_invoice(expenses)
        self.over_plan = {one for one, beyond in over_many(expenses).items() if beyond}

    def about(self, expense: Expense) -> Iterable[str]:
        """Give the checks that found something, of those that do not depend on the pot."""
        if self.by.pk in {expense.author_id, expense.payee_id} or (
            expense.payee_id in self.spoken_for
        ):
            yield "own"
        if expense.currency != "EUR":
            yield "other currency"
        yield from _about_account(expense)
        for check, found in (
            ("no receipt", expense.kind != "grant" and expense.pk not in self.with_receipt),
            ("over plan", expense.pk in self.over_plan),
            ("same receipt", expense.pk in self.same_paper),
            ("receipt alike", expense.pk in self.alike),
            ("same invoice", expense.pk in self.same_invoice),
            ("first", expense.payee_id not in self.paid_before),
            ("shared", expense.payout_method_id in self.shared),
            ("unusual", expense.pk in self.unusual),
            ("approver", expense.pk in self.approver_gains),
        ):
            if found:
                yield check


def _about_account(expense: Expense) -> Iterable[str]:
    method = expense.payout_method
    if method is None:
        yield "no account"
        return
    if method.retired_at is not None:
        yield "replaced"
    elif rules.waits(clock.now(), payable_from=method.payable_from, verified_at=method.verified_at):
        yield "waits"
    elif method.payable_from and clock.now() < method.payable_from + timedelta(days=30):
        yield "changed lately"
    if not rules.names_agree(method.holder, expense.payee.name):
        yield "other name"


def _shared(expenses: Sequence[Expense]) -> set[int]:
    """Return the accounts whose number another payee uses too.

    Only masks can be searched; the few numbers behind the same mask are compared here.
    """
    methods = {one.payout_method for one in expenses if one.payout_method}
    users: dict[str, set[int]] = defaultdict(set)
    alike = PayoutMethod.objects.filter(
        mask__in={one.mask for one in methods}, retired_at=None
    ).only("iban", "party_id")
    for one in alike:
        users[one.iban].add(one.party_id)
    return {one.pk for one in methods if users[one.iban] - {one.party_id}}


def _unusual(expenses: Sequence[Expense]) -> set[int]:
    """Return those with a line far above what its group paid in that category within a year."""
    lines = list(
        ExpenseItem.objects.filter(expense__in=[one.pk for one in expenses]).values_list(
            "expense_id", "expense__collective_id", "category_id", "amount_minor"
        )
    )
    earlier: dict[tuple[int, int], list[int]] = defaultdict(list)
    paid = ExpenseItem.objects.filter(
        expense__collective__in={one.collective_id for one in expenses},
        expense__status=Expense.Status.PAID,
        expense__paid_on__gt=clock.today() - _COMPARED,
        category__in={category for _, _, category, _ in lines},
    )
    for collective, category, amount in paid.values_list(
        "expense__collective_id", "category_id", "amount_minor"
    ):
        earlier[collective, category].append(amount)
    return {
        expense
        for expense, collective, category, amount in lines
        if checks.is_unusual(amount, earlier[collective, category])
    }


def _approver_gains(expenses: Sequence[Expense]) -> set[int]:
    """Return those that somebody agreed to who runs the organization that is paid."""
    runs_it = Membership.objects.filter(
        person=OuterRef("approver"), party=OuterRef("expense__payee"), role=Role.ADMIN, until=None
    )
    found = Approval.objects.filter(expense__in=[one.pk for one in expenses]).filter(
        Exists(runs_it)
    )
    return set(found.values_list("expense_id", flat=True))
