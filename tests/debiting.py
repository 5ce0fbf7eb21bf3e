"""Direct debits in tests: a host that collects, gifts that are signed for, runs that are out."""

from __future__ import annotations

from commonweal.collectives.models import Collective
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import queries as giving_queries
from commonweal.giving import tasks as giving_tasks
from commonweal.giving.models import Contribution
from commonweal.hosting.models import Host
from commonweal.payments import actions
from commonweal.payments.models import Charge, Collection, CollectRun
from commonweal.people.models import Party

CREDITOR = "BE68ZZZ0123456789"
HOLDER, ACCOUNT = "Account of Alice", "BE68539007547034"
TERMS = {
    "address": "Rue Haute 1, 1000 Brussels", "lead_days": 1, "notice_days": 2,
    "second_person": False, "second_lock": False, "file_kind": "pain.008.001.08", "as_one": True,
}  # fmt: skip


def can_collect(host: Host, by: Party, **terms: object) -> Host:
    """Return a host that may collect by direct debit."""
    given = {"creditor_id": CREDITOR, **TERMS, **terms}
    actions.set_collect_terms(host=host, by=by, **given)
    return Host.objects.get(pk=host.pk)


def promised(
    group: Collective, giver: Party, cents: int = 2000, interval: str = "once"
) -> Contribution:
    """Return a gift that is to be collected, and that nobody signed for yet."""
    gift = giving.pledge(
        collective=group, amount=Money(cents, "EUR"), rail="debit", contributor=giver,
        given_by=giver, by=giver, interval=interval,
    )  # fmt: skip
    giving_tasks.begin(gift)
    return gift


def sign(gift: Contribution, by: Party | None, iban: str = ACCOUNT) -> Contribution:
    """Sign for a gift."""
    giving.sign_mandate(
        contribution=gift, holder=HOLDER, iban=iban, signature="Alice Peeters", language="en", by=by
    )
    giving_tasks.begin(gift)
    return Contribution.objects.get(pk=gift.pk)


def signed(
    group: Collective, giver: Party, cents: int = 2000, interval: str = "once"
) -> Contribution:
    """Return a gift that its giver signed for."""
    return sign(promised(group, giver, cents, interval), giver)


def charge_of(gift: Contribution) -> Charge:
    """Return the newest charge of a gift."""
    return giving_queries.charge_of(gift)


def chosen(host: Host, gifts: list[Contribution], by: Party) -> CollectRun:
    """Return a run of these gifts that nobody has let go."""
    numbers = [charge_of(one).pk for one in gifts]
    return actions.prepare_collection(host=host, charges=numbers, by=by)


def out(host: Host, gifts: list[Contribution], by: Party) -> CollectRun:
    """Return a run of these gifts whose file is at the bank."""
    run = actions.release_collection(run=chosen(host, gifts, by), by=by)
    actions.take_collection_file(run=run, by=by)
    return CollectRun.objects.get(pk=run.pk)


def states(run: CollectRun) -> list[str]:
    """Return what became of each collection of a run."""
    return list(Collection.objects.filter(run=run).order_by("pk").values_list("state", flat=True))
