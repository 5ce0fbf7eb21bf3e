"""What banks say of direct debits: the money is here, it went back, or it never comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import IO

from django.db import transaction
from django.db.models import Q

from commonweal.activity.actions import record
from commonweal.banking import policies
from commonweal.banking.rules import answers as reading
from commonweal.banking.rules.answers import Answer
from commonweal.banking.rules.debits import Asked
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import queries as giving_queries
from commonweal.hosting.models import Host
from commonweal.payments import actions as payments
from commonweal.payments.models import Charge, Collection
from commonweal.people.models import Party


@dataclass(frozen=True)
class Answered:
    """What came of a bank's answer: how many it refused, and how many of them are new to us."""

    refused: int
    new: int


@transaction.atomic
def take_answers(*, host: Host, content: IO[bytes], by: Party) -> Answered:
    """Read what the bank answers to a file; what it refuses does not come, and each is told why."""
    if not policies.may_handle(by, host):
        raise NotAllowed
    told = reading.read(content)
    known = _named(host, told)
    refused = [(one, answer) for one in known if (answer := _of(one, told)) and answer.is_no]
    new = [(one, answer) for one, answer in refused if one.state == Collection.State.ASKED]
    for one, answer in new:
        refuse(one, answer.code, by=by)
    record(
        "collect_run.answered", subject=f"host:{host.pk}", by=by.pk, party=host.pk, public=False,
        refused=len(refused),
    )  # fmt: skip
    return Answered(len(refused), len(new))


def refuse(one: Collection, code: str, *, by: Party | None) -> None:
    """Let a collection be one whose money does not come, and say so to whoever promised it."""
    payments.mark_uncollected(collection=one, state=Collection.State.REFUSED, code=code, by=by)
    giving.fail_debit(charge=one.charge, code=code, by=by)


def asked(host: int, keys: Iterable[str]) -> list[Asked]:
    """Return what a host's bank was asked to collect and not answered, and what lines name."""
    names = list(keys)
    named = Q(end_to_end__in=names) | Q(block__in=names)
    waiting = Q(state=Collection.State.ASKED)
    found = Collection.objects.filter(waiting | (named & Q(state=Collection.State.COME)))
    rows = found.filter(run__host=host).select_related("run").defer("run__file").order_by("pk")
    return [
        Asked(
            number=one.pk, charge=one.charge_id, amount=one.amount_minor, key=one.end_to_end,
            block=one.block, run=one.run.uuid.hex, on=one.collect_on or clock.today(),
            has_come=one.state == Collection.State.COME,
        )
        for one in rows
    ]  # fmt: skip


def settle(collections: list[Collection], on: date, *, by: Party | None) -> list[Charge]:
    """Settle what the bank shows as collected, and return the charges in their order."""
    payments.mark_collected(collections=collections, by=by)
    numbers = [giving_queries.id_in(one.charge.subject) for one in collections]
    arrivals = [
        giving.Arrival(number, _amount(one), on, charge=one.charge_id)
        for one, number in zip(collections, numbers, strict=True)
        if number is not None
    ]
    host = {one.charge.host_id for one in collections}.pop()
    return giving.receive_all(arrivals=arrivals, host=host, by=by)


def locked(collections: Iterable[Collection]) -> list[Collection]:
    """Return those of some collections whose money is still waited for, locked."""
    found = Collection.objects.select_for_update(of=("self",)).select_related("charge")
    wanted = [one.pk for one in collections]
    return list(found.filter(pk__in=wanted, state=Collection.State.ASKED).order_by("pk"))


def note_back(charge: Charge, code: str, *, by: Party | None) -> None:
    """Write down that the bank took collected money back, if this was collected."""
    one = Collection.objects.filter(charge=charge, state=Collection.State.COME).first()
    if one is not None:
        payments.mark_uncollected(collection=one, state=Collection.State.BACK, code=code, by=by)
        giving.rest_debit(charge=charge, by=by)


_HEX = 32


def _named(host: Host, told: Iterable[Answer]) -> list[Collection]:
    """Return the collections that an answer may be about, locked."""
    keys = {one.key for one in told if one.key}
    blocks = {one.block for one in told if one.block}
    runs = [one.run for one in told if len(one.run) == _HEX]
    found = Collection.objects.select_for_update(of=("self",)).filter(
        Q(end_to_end__in=keys) | Q(block__in=blocks) | Q(run__uuid__in=runs), run__host=host
    )
    return list(found.exclude(end_to_end="").select_related("charge", "run").order_by("pk"))


def _amount(one: Collection) -> Money:
    return Money(one.amount_minor, one.currency)


def _of(one: Collection, told: Iterable[Answer]) -> Answer | None:
    """Return the most exact answer about a collection: those about it stand after the others."""
    about = [
        answer
        for answer in told
        if answer.key == one.end_to_end
        or (not answer.key and answer.block == one.block)
        or (not answer.key and not answer.block and answer.run == one.run.uuid.hex)
    ]
    return about[-1] if about else None
