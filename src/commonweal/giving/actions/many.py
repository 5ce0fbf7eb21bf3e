"""Many arrivals at once, as a bank statement brings them: each as `receive` settles one.

All of them, or none where one is refused: whoever calls then tries them one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q

from commonweal.foundation import clock
from commonweal.foundation.errors import Refused
from commonweal.foundation.ids import uuid7
from commonweal.foundation.money import Money
from commonweal.giving import queries
from commonweal.giving.actions import periods
from commonweal.giving.actions.converting import is_foreign
from commonweal.giving.actions.records import write_down
from commonweal.giving.actions.settling import accounts_of, draft
from commonweal.giving.models import Contribution, Support
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Purpose
from commonweal.payments import actions as payments
from commonweal.payments.models import Charge
from commonweal.people.models import Party

RAIL = "transfer"
_OPEN = {Charge.State.CREATED, Charge.State.PENDING, Charge.State.FAILED}


class OneByOne(Refused):
    """Money in another currency is exchanged one gift at a time."""


@dataclass(frozen=True)
class Arrival:
    """Money that came for a promise to the bank of its host; for which `charge`, where known."""

    contribution: int
    amount: Money
    on: date
    charge: int = 0


@transaction.atomic
def receive_all(*, arrivals: Sequence[Arrival], host: int, by: Party | None) -> list[Charge]:
    """Settle money that stands on a host's account; return the charge of each arrival, in order."""
    numbers = {one.contribution for one in arrivals}
    locked = Contribution.objects.select_for_update(of=("self",)).order_by("pk")
    found = locked.select_related("collective", "contributor", "tier").in_bulk(numbers)
    charges = _charges(arrivals, found, host)
    both = list(zip(arrivals, charges, strict=True))
    _date(both, found)
    Charge.objects.bulk_create([one for one in charges if one.pk is None])
    payments.capture_all(
        arrivals=[(charge, one.amount, one.on) for one, charge in both],
        source=Purpose.UNPLACED,
        by=by,
    )
    if any(is_foreign(found[one.contribution], charge) for one, charge in both):
        raise OneByOne
    pairs = [(found[one.contribution], charge) for one, charge in both]
    accounts: dict[int, Mapping[Purpose, int]] = {}
    for contribution, charge in pairs:
        group = contribution.collective_id
        accounts[group] = accounts.get(group) or accounts_of(contribution, charge)
    ledger.post_batch([draft(one, charge, accounts[one.collective_id]) for one, charge in pairs])
    payments.mark_all_settled(charges=charges, by=by)
    _note(pairs, by)
    return charges


def _charges(
    arrivals: Sequence[Arrival], found: Mapping[int, Contribution], host: int
) -> list[Charge]:
    """Return a locked charge for each arrival: one that waits, else a new one like the last."""
    subjects = {queries.subject_of(one): pk for pk, one in found.items()}
    known = {one.charge for one in arrivals if one.charge}
    rows = Charge.objects.select_for_update().filter(
        Q(rail=RAIL) | Q(pk__in=known), subject__in=subjects, host=host
    )
    waiting: dict[int, Charge] = {}
    last: dict[int, Charge] = {}
    named: dict[int, Charge] = {}
    for charge in rows.order_by("pk"):
        number = subjects[charge.subject]
        if charge.pk in known:
            named[charge.pk] = charge
            continue
        last[number] = charge
        if charge.state in _OPEN:
            waiting[number] = charge
    charges: list[Charge] = []
    for one in arrivals:
        if one.charge:
            charges.append(named[one.charge])
            continue
        waits = one.contribution in waiting
        charges.append(
            waiting.pop(one.contribution) if waits else _like(last[one.contribution], one.amount)
        )
    return charges


def _date(both: Sequence[tuple[Arrival, Charge]], found: Mapping[int, Contribution]) -> None:
    """Say of each which period it is for, where its promise comes again, in their order."""
    standing = [one.pk for one in found.values() if one.standing]
    taken = queries.taken_periods(standing) if standing else {}
    for arrival, charge in both:
        contribution = found[arrival.contribution]
        if contribution.standing:
            charge.arrived_on = arrival.on
            periods.place(contribution, charge, taken[contribution.pk])


def _like(last: Charge, amount: Money) -> Charge:
    return Charge(
        uuid=uuid7(), subject=last.subject, host_id=last.host_id, rail=RAIL,
        amount_minor=amount.minor, currency=amount.currency, description=last.description,
        refs=last.refs, reference=last.reference, created_at=clock.now(),
    )  # fmt: skip


def _note(pairs: Sequence[tuple[Contribution, Charge]], by: Party | None) -> None:
    """Keep contributions and the wall true, and write down each arrival."""
    now = clock.now()
    for contribution, charge in pairs:
        contribution.status = Contribution.Status.SETTLED
        contribution.received_minor += charge.amount_minor
        contribution.settled_at = now
    changed = {one.pk: one for one, _ in pairs}
    Contribution.objects.bulk_update(
        changed.values(), ["status", "received_minor", "settled_at", *periods.FIELDS]
    )
    _add_support(pairs)
    for contribution, charge in pairs:
        received = Money(charge.amount_minor, charge.currency)
        write_down("settled", contribution, by=by, public=True, amount=received)


def _add_support(pairs: Sequence[tuple[Contribution, Charge]]) -> None:
    now = clock.now()
    given: dict[tuple[int, int, bool], list[int]] = {}
    for one, charge in pairs:
        line = (one.collective_id, one.contributor_id, one.incognito)
        given.setdefault(line, []).append(charge.amount_minor)
    currencies = {one.collective_id: one.currency for one, _ in pairs}
    Support.objects.bulk_create(
        [
            Support(
                collective_id=group, contributor_id=giver, incognito=incognito,
                currency=currencies[group], first_at=now, last_at=now,
            )
            for group, giver, incognito in given
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    rows = Support.objects.filter(
        collective__in=currencies, contributor__in={giver for _, giver, _ in given}
    )
    changed = []
    for row in rows.order_by("pk"):
        amounts = given.get((row.collective_id, row.contributor_id, row.incognito))
        if amounts is not None:
            row.total_minor = F("total_minor") + sum(amounts)
            row.times = F("times") + len(amounts)
            row.last_at = now
            changed.append(row)
    Support.objects.bulk_update(changed, ["total_minor", "times", "last_at"])
