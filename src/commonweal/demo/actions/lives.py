"""Expenses of the demo city that wait, are to be changed, came back, or go from pot to pot."""

from __future__ import annotations

from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Collective
from commonweal.demo.actions.city import City, Host
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.ledger.models import Chart
from commonweal.people import queries as people
from commonweal.spending import actions as spending
from commonweal.spending import queries
from commonweal.spending.models import Expense
from commonweal.spending.queries import budgets, runs
from commonweal.spending.rules import Item

_CURRENCY = "EUR"
_GRANT = 50_00


def let_expenses_live(city: City) -> None:
    """Let each host have rules, and its first groups show what else may happen to an expense."""
    for host in city.hosts.values():
        _ask(host)
        _stop(host)
        _pass_on(host)


def _ask(host: Host) -> None:
    spending.set_expense_terms(
        party=host.host.party, currency=_CURRENCY, by=host.admin,
        two_from=Money(500_00, _CURRENCY), within_days=180,
    )  # fmt: skip


def _stop(host: Host) -> None:
    """Put one of what is to be paid on hold, let one be changed, and let the bank return one."""
    fit = [one for one in runs.payable(host.host) if host.accountant.pk not in _own(one)][:3]
    if len(fit) < 3:
        return
    held, changed, sent = fit
    spending.hold(
        expense=held, by=host.accountant,
        reason="The invoice names another group. We asked the shop for a new one.",
    )  # fmt: skip
    spending.repeat(expense=held, every="month", by=held.author)
    spending.ask_for_changes(
        expense=changed, by=host.accountant,
        reason="On which day was this? The receipt and the line say different days.",
    )  # fmt: skip
    if queries.in_the_pot(sent).minor >= sent.amount_minor and not _unpayable(sent):
        spending.pay(expense=sent, by=host.accountant)
        spending.return_payment(
            expense=sent, on=clock.today(), reason="", code="AC04", by=host.accountant
        )


def _own(expense: Expense) -> set[int]:
    return {expense.author_id, expense.payee_id}


def _unpayable(expense: Expense) -> bool:
    method = expense.payout_method
    return method is None or method.retired_at is not None or method.payable_from is not None


def _pass_on(host: Host) -> None:
    """Let the group with most in its pot plan its year, and help the one with least."""
    groups = sorted(_groups(host), key=lambda one: queries.pot_of(one).minor)
    if len(groups) < 2:
        return
    poor, rich = groups[0], groups[-1]
    first, second = [*people.admins(rich)[:2], None, None][:2]
    if first is None or second is None or people.admins(poor).filter(pk=second.pk).exists():
        return
    line = Item("Pour bien commencer", clock.today(), Chart.TRANSFERS_OUT, Money(_GRANT, _CURRENCY))
    grant = spending.file_grant(
        collective=rich, payee=poor, item=line, by=first,
        purpose="Une première commande d’outils, parce que nous en avons eu besoin aussi.",
    )  # fmt: skip
    grant = spending.approve(expense=grant, by=second)
    if queries.pot_of(rich).minor >= _GRANT:
        spending.pass_on(expense=grant, by=host.accountant)
    if not budgets.of_year(rich):
        plan = {one.value: Money(minor, _CURRENCY) for one, minor in _PLAN.items()}
        collectives.plan_costs(collective=rich, costs=plan, by=first)


_PLAN = {Chart.TOOLS_PARTS: 400_00, Chart.FOOD_DRINK: 250_00, Chart.VENUE: 300_00}


def _groups(host: Host) -> list[Collective]:
    found = Collective.objects.filter(
        hostings__host=host.host, hostings__until=None, currency=_CURRENCY,
        status=Collective.Status.ACTIVE,
    )  # fmt: skip
    return list(found.order_by("pk")[:20])
