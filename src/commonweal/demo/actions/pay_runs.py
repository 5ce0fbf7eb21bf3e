"""What hosts of the demo city paid together: one run is paid, one lies at the bank."""

from __future__ import annotations

from commonweal.demo.actions.city import City, Host
from commonweal.foundation import clock
from commonweal.spending import actions as spending
from commonweal.spending.models import Expense, PayRun
from commonweal.spending.queries import runs
from commonweal.spending.queries.checks import checked

_SHARES = 3


def pay_together(city: City) -> None:
    """Let each host that has enough to pay do so: a third, a third, and a third waits."""
    for host in city.hosts.values():
        fit = _payable(host)
        share = len(fit) // _SHARES
        if share:
            _pay(host, fit[:share])
            _let_go(host, fit[share : 2 * share])


def _payable(host: Host) -> list[Expense]:
    found = checked(runs.payable(host.host), host.host, by=host.accountant)
    return [one.expense for one in found if not one.stops and "not for all" not in one.found]


def _let_go(host: Host, expenses: list[Expense]) -> PayRun:
    """Take the money out of the pots and the file to the bank."""
    run = spending.prepare(
        host=host.host, expenses=[one.pk for one in expenses], by=host.accountant
    )
    run = spending.release(run=run, by=host.accountant)
    spending.take_file(run=run, by=host.accountant)
    return run


def _pay(host: Host, expenses: list[Expense]) -> None:
    run = _let_go(host, expenses)
    today = clock.today()
    spending.mark_run_paid(
        run=run, on=today, reference=f"{today:%Y%m%d}-{run.number}", by=host.accountant
    )
