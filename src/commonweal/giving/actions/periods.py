"""Which month or year money is for that came for a promise, and when the next is due.

Both are said where the money is settled; whoever settles it saves what is said here.
"""

from __future__ import annotations

from datetime import date

from commonweal.giving import queries
from commonweal.giving.models import Contribution, Standing
from commonweal.giving.rules import billing
from commonweal.payments import queries as payments
from commonweal.payments.models import Charge

FIELDS = ["standing", "anchor_on", "next_due_on", "missed", "rail"]


def note_arrival(contribution: Contribution, charge: Charge) -> None:
    """Say which period a charge was for that came alone; nothing where it is given once."""
    if contribution.standing == Standing.NONE:
        return
    place(contribution, charge, taken_by(contribution) - {charge.period})


def place(contribution: Contribution, charge: Charge, taken: set[str]) -> None:
    """Give a charge that came its period, which is taken from then on, and wake a quiet promise.

    What we asked for is for the period we said. All else, such as a transfer, is for the nearest
    due day that has no money; what nobody expected is for no period at all.
    """
    assert charge.arrived_on is not None, "what came has a day"
    assert contribution.anchor_on is not None, "what comes again has due days"
    asked_by_us = payments.rail(charge.rail).capabilities.repeats == "by us"
    if contribution.settled_at is None and asked_by_us and _is_late(contribution, charge):
        contribution.anchor_on = charge.arrived_on
        charge.period = ""
    if not (asked_by_us and charge.period):
        charge.period = billing.nearest_open(
            contribution.anchor_on,
            contribution.interval,
            on=charge.arrived_on,
            since=contribution.created_at.date(),
            taken=taken,
        )
    taken.add(charge.period)
    charge.due_on = _due(contribution, charge)
    if asked_by_us and charge.again_of is None:
        contribution.rail = charge.rail
    _look_ahead(contribution, charge, taken, asked_by_us=asked_by_us)


def _look_ahead(
    contribution: Contribution, charge: Charge, taken: set[str], *, asked_by_us: bool
) -> None:
    """Say when the next is due, and that the promise is kept."""
    was_quiet = contribution.standing == Standing.QUIET
    contribution.missed = 0
    if was_quiet:
        contribution.standing = Standing.ON
    if asked_by_us and not was_quiet and _is_open(contribution, taken):
        return  # it moved on when the charge was noted
    if contribution.standing != Standing.ON or charge.due_on is None:
        return
    assert contribution.anchor_on is not None, "what comes again has due days"
    assert charge.arrived_on is not None, "what came has a day"
    # What was quiet is not asked for afterwards.
    after = max(charge.due_on, charge.arrived_on) if was_quiet else charge.due_on
    contribution.next_due_on = billing.next_due(
        contribution.anchor_on, contribution.interval, after=after, taken=taken
    )


def _is_open(contribution: Contribution, taken: set[str]) -> bool:
    due = contribution.next_due_on
    return due is not None and billing.period_of(due, contribution.interval) not in taken


def _is_late(contribution: Contribution, charge: Charge) -> bool:
    assert charge.arrived_on is not None, "what came has a day"
    return charge.due_on is not None and billing.is_missed(
        charge.due_on, contribution.interval, on=charge.arrived_on
    )


def _due(contribution: Contribution, charge: Charge) -> date | None:
    assert contribution.anchor_on is not None, "what comes again has due days"
    return billing.due_in(charge.period, contribution.anchor_on) if charge.period else None


def taken_by(contribution: Contribution) -> set[str]:
    """Return the periods of a promise that have their charge."""
    return queries.taken_periods([contribution.pk])[contribution.pk]
