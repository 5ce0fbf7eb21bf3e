"""What one host of the demo city collects: a run that came, one at its bank, and some to come."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date, datetime, timedelta

from schwifty import IBAN

from commonweal.banking import actions as banking
from commonweal.banking.rules.statements import Line
from commonweal.collectives.models import Collective
from commonweal.demo.actions.city import City, Host
from commonweal.demo.statements import camt
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import tasks as giving_tasks
from commonweal.giving.models import Contribution, Interval
from commonweal.hosting import queries as hosting
from commonweal.payments import actions as payments
from commonweal.payments.models import Charge, CollectRun
from commonweal.payments.queries import debits
from commonweal.people.models import Party

CREDITOR_ID = "BE68ZZZ0123456789"
_BANK = "539"
_GIVERS, _WAIT = 9, 3
_AMOUNTS = (5_00, 10_00, 15_00, 20_00)
_LATELY = timedelta(days=12)


def collect(city: City, end: datetime) -> None:
    """Let the first host collect by direct debit from some neighbours."""
    host = next(iter(city.hosts.values()))
    groups = [one.collective for one in hosting.hosted(host.host)][:_GIVERS]
    givers = list(city.residents.values())[: len(groups)]
    with clock.moved_to(end - _LATELY):
        _begin(host)
        gifts = [
            _sign(group, giver, number)
            for number, (group, giver) in enumerate(zip(groups, givers, strict=True))
        ]
        third = len(gifts) // _WAIT
        run = _let_go(host, gifts[:third])
    with clock.moved_to(end):
        if run is not None:
            _come(host, run)
        _let_go(host, gifts[third : 2 * third])


def _begin(host: Host) -> None:
    payments.set_collect_terms(
        host=host.host, creditor_id=CREDITOR_ID, address="Rue Haute 118, 1000 Brussels",
        lead_days=1, notice_days=2, second_person=False, second_lock=False, file_kind="",
        as_one=True, by=host.admin,
    )  # fmt: skip


def _sign(group: Collective, giver: Party, number: int) -> Contribution:
    """Let somebody sign for a gift, two of three for one of each month."""
    gift = giving.pledge(
        collective=group, amount=Money(_AMOUNTS[number % len(_AMOUNTS)], group.currency),
        rail="debit", contributor=giver, given_by=giver, by=giver,
        interval=Interval.ONCE if number % _WAIT == 0 else Interval.MONTH,
    )  # fmt: skip
    giving_tasks.begin(gift)
    giving.sign_mandate(
        contribution=gift, holder=giver.name, signature=giver.name, language=giver.language,
        iban=str(IBAN.generate("BE", _BANK, f"{number:07}")), by=giver,
    )  # fmt: skip
    giving_tasks.begin(gift)
    return gift


def _let_go(host: Host, gifts: list[Contribution]) -> CollectRun | None:
    """Let the bank have the file of these gifts."""
    subjects = [f"contribution:{one.pk}" for one in gifts]
    charges = Charge.objects.filter(subject__in=subjects).values_list("pk", flat=True)
    if not charges:
        return None
    run = payments.prepare_collection(host=host.host, charges=list(charges), by=host.accountant)
    run = payments.release_collection(run=run, by=host.accountant)
    payments.take_collection_file(run=run, by=host.accountant)
    return run


def _come(host: Host, run: CollectRun) -> None:
    """Let the bank show the money, each day and step as one line."""
    sums: Counter[tuple[str, date]] = Counter()
    for one in debits.collections_of(run):
        sums[one.block, one.collect_on or clock.today()] += one.amount_minor
    lines = [
        Line(
            amount=Money(minor, host.host.currency), booked_on=on, text=block,
            bank_ref=f"debit {block}", code="PMNT-IDDT-ESDD",
        )
        for (block, on), minor in sums.items()
    ]  # fmt: skip
    content = camt(lines, account=host.host.iban.replace(" ", ""), opening=None, kind="054")
    banking.take(host=host.host, name="collected.xml", content=io.BytesIO(content), by=None)
    banking.place_new(host=host.host, by=None)
