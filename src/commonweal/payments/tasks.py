"""Asking rails, always after what they are asked for is committed, and again until they answer.

Every question carries the charge's own key, so that asking twice moves money once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from django.db import transaction

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.payments import actions, queries
from commonweal.payments.models import Charge

logger = logging.getLogger(__name__)


def begin(charge_id: int) -> Charge:
    """Ask the rail for the money, or where it stands, and keep what it says."""
    charge = _charge(charge_id)
    step = queries.rail(charge.rail).start_charge(queries.request_for(charge))
    with transaction.atomic():
        actions.receive(rail=charge.rail, news=step.news, by=None)
        return actions.note_step(charge=charge, step=step, by=None)


def give_back(charge_id: int) -> Charge:
    """Ask the rail to give back what was taken back from the collective."""
    charge = _charge(charge_id)
    total = Money(charge.refunded_minor, charge.currency)
    if charge.returned_minor >= charge.refunded_minor:
        return charge
    if queries.rail(charge.rail).refund(charge.uuid, total) == "later":
        return charge
    return actions.confirm_back(charge=charge, total=total, on=clock.today(), by=None)


@transaction.atomic
def hear(rail: str, raw: bytes, headers: Mapping[str, str]) -> int:
    """Verify and store news from a rail; raises `NotUnderstood`. Return how many came.

    What the rail keeps for itself and our copy of its news are stored together or not at all.
    """
    return actions.receive(rail=rail, news=queries.rail(rail).read_events(raw, headers), by=None)


def resume() -> int:
    """Carry on with whatever stopped half way; return how many charges moved on.

    Run it each minute and after every start.
    """
    jobs: list[tuple[Charge.State, Callable[[int], Charge]]] = [
        (Charge.State.CREATED, begin),
        (Charge.State.REFUNDING, give_back),
    ]
    return sum(
        _tried(job, charge) for state, job in jobs for charge in queries.unfinished_charges(state)
    )


def _tried(job: Callable[[int], Charge], charge: Charge) -> bool:
    """Do one job; trouble with one charge must not hold up the others."""
    try:
        return job(charge.pk).state != charge.state
    except Exception:
        logger.exception("charge %s is still %s and will be tried again", charge.uuid, charge.state)
        return False


def _charge(charge_id: int) -> Charge:
    return Charge.objects.select_related("host").get(pk=charge_id)
