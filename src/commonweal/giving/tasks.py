"""What happens to contributions between the steps: rails asked, news heard, loose ends picked up.

Each function may be killed anywhere and called again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping

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
    charge = payment_tasks.begin(queries.charge_of(contribution).pk)
    return _failed_if_so(charge)


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
    return payment_tasks.give_back(queries.charge_of(contribution).pk)


def resume() -> int:
    """Carry on with whatever stopped half way; return how many charges moved on.

    Run it each minute and after every start, after `payments.tasks.resume`.
    """
    come = payment_queries.unfinished_charges(Charge.State.CAPTURED)
    failed = payment_queries.refused_charges()
    moved = [_settled(charge) for charge in come]
    moved += [_failed_if_so(charge).state == Charge.State.FAILED for charge in failed]
    return sum(moved)


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
