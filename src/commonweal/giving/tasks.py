"""What happens to contributions between the steps: rails asked, news heard, loose ends picked up.

Each function may be killed anywhere and called again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping

from commonweal.foundation import clock
from commonweal.foundation.errors import Refused
from commonweal.giving import actions, queries
from commonweal.giving.models import Contribution
from commonweal.payments import actions as payments
from commonweal.payments import queries as payment_queries
from commonweal.payments import tasks as payment_tasks
from commonweal.payments.models import Charge, InboxItem

logger = logging.getLogger(__name__)


def begin(contribution: Contribution) -> Charge:
    """Ask the rail for the money of a promise, or where it stands, and keep what it says."""
    return begin_charge(queries.charge_of(contribution))


def begin_charge(charge: Charge) -> Charge:
    """Ask the rail for a charge, and act on what it knows at once."""
    charge = _failed_if_so(payment_tasks.begin(charge.pk))
    for item in payment_queries.unread_news_about(charge):
        hear(item)
    return Charge.objects.get(pk=charge.pk)


def answer(contribution: Contribution, choice: Mapping[str, str]) -> Charge:
    """Tell the rail what the giver chose on its page, and carry on with what it says."""
    charge = queries.charge_of(contribution)
    raw = json.dumps({**choice, "key": str(charge.uuid)}).encode()
    payment_tasks.hear(charge.rail, raw, {})
    for item in payment_queries.unread_news_about(charge):
        hear(item)
    return begin(contribution)


def hear(item: InboxItem) -> None:
    """Act on one piece of news; what cannot be done is noted on it, for a person to read."""
    try:
        charge = actions.hear(item=item, by=None)
    except Refused as refusal:
        logger.exception("news %s about %s was refused", item.pk, item.object_id)
        payments.mark_read(item=item, error=str(refusal), by=None)
        return
    if charge is None:
        payments.mark_read(item=item, error="no charge has this key", by=None)
        return
    _settled(Charge.objects.get(pk=charge.pk))


def give_back(contribution: Contribution) -> Charge:
    """Ask the rail to send back what was taken back."""
    return payment_tasks.give_back(queries.going_back(contribution).pk)


def bill_due() -> int:
    """Do what is due today for all that comes again; return how many promises moved on.

    Run it each hour. It catches up with the days on which nobody ran it.
    """
    today = clock.today()
    moved = sum(_done(actions.end_with_group, one) for one in queries.without_group())
    moved += sum(_done(actions.resume_by_itself, one) for one in queries.to_resume(today))
    moved += sum(_done(actions.miss, one) for one in queries.may_be_missed(today))
    moved += sum(_tried(charge) for charge in payment_queries.charges_to_try(today))
    moved += sum(_billed(one) for one in queries.due_to_bill(today))
    return moved


def resume() -> int:
    """Carry on with whatever stopped half way; return how many charges moved on.

    Run it each minute and after every start, after `payments.tasks.resume`.
    """
    come = payment_queries.unfinished_charges(Charge.State.CAPTURED)
    failed = payment_queries.refused_charges()
    moved = [_settled(charge) for charge in come]
    moved += [_failed_if_so(charge).state == Charge.State.FAILED for charge in failed]
    return sum(moved)


def _done(action: Callable[..., object], contribution: Contribution) -> bool:
    """Do one step of one promise; trouble with it must not hold up the others."""
    try:
        action(contribution=contribution, by=None)
    except Exception:
        logger.exception("contribution %s could not move on", contribution.pk)
        return False
    return True


def _billed(contribution: Contribution) -> bool:
    """Ask for all that is due of one promise, the oldest first."""
    try:
        while charge := actions.bill(contribution=contribution, by=None):
            begin_charge(charge)
    except Exception:
        logger.exception("contribution %s is not billed and will be tried again", contribution.pk)
        return False
    return True


def _tried(charge: Charge) -> bool:
    """Ask once more for what a card declined."""
    try:
        charge = actions.try_again(charge=charge, by=None)
        if charge.state == Charge.State.CREATED:
            begin_charge(charge)
    except Exception:
        logger.exception("charge %s could not be tried again", charge.uuid)
        return False
    return True


def _settled(charge: Charge) -> bool:
    """Share out what has come; where that is refused, it stays in clearing and is tried again."""
    is_ours = queries.id_in(charge.subject) is not None
    if not is_ours or charge.state != Charge.State.CAPTURED:
        return False
    try:
        actions.settle(charge=charge, by=None)
    except Refused:
        logger.exception("charge %s stays in clearing and will be tried again", charge.uuid)
        return False
    return True


def _failed_if_so(charge: Charge) -> Charge:
    if charge.state == Charge.State.PENDING and charge.next_step.get("kind") == "failed":
        actions.fail(charge=charge, reason=charge.failure, by=None)
        return Charge.objects.get(pk=charge.pk)
    return charge
