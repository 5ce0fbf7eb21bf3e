"""Promises whose money comes again: what falls due, what failed, what is missed, what is over.

Each step is one transaction about one promise. A rail is asked only after it is committed, by
`giving.tasks`, so this may be killed anywhere and called again.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import queries
from commonweal.giving.actions import periods
from commonweal.giving.actions.records import described, locked, refs, write_down
from commonweal.giving.models import Contribution, Ending, Standing
from commonweal.giving.rules import billing
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Hosting
from commonweal.payments import actions as payments
from commonweal.payments import queries as payment_queries
from commonweal.payments.models import Charge
from commonweal.people.models import Party

TRANSFER = "transfer"
_OPEN = [Charge.State.CREATED, Charge.State.PENDING]


@transaction.atomic
def bill(*, contribution: Contribution, by: Party | None) -> Charge | None:
    """Note the charge that falls due today or was due before, for one period; None if none is.

    The database refuses a second one for the same period. Money that the giver's own bank sends
    is not asked for.
    """
    contribution = locked(contribution.pk)
    due = contribution.next_due_on
    if contribution.standing != Standing.ON or due is None or due > clock.today():
        return None
    if queries.repeats(contribution) != "by us":
        return None
    hosted = _hosted(contribution)
    if hosted is None:
        end_with_group(contribution=contribution, by=by)
        return None
    charge = note_charge(contribution, hosted, due_on=due, again_of=_known(contribution), by=by)
    _move_on(contribution, due)
    contribution.save(update_fields=["next_due_on"])
    return charge


@transaction.atomic
def miss(*, contribution: Contribution, by: Party | None) -> Contribution:
    """Count the due days of a standing order that passed without money; after some it is quiet.

    It stays a promise all the same: nobody but its giver ends it, and the next money wakes it.
    """
    contribution = locked(contribution.pk)
    if queries.repeats(contribution) != "by giver":
        return contribution
    while _is_overdue(contribution):
        assert contribution.next_due_on is not None, "it is overdue"
        contribution.missed += 1
        _move_on(contribution, contribution.next_due_on)
        if billing.is_quiet(contribution.missed, contribution.interval):
            contribution.standing = Standing.QUIET
            close_charges(contribution, by)
            write_down("quiet", contribution, by=by)
    contribution.save(update_fields=["standing", "missed", "next_due_on"])
    return contribution


@transaction.atomic
def try_again(*, charge: Charge, by: Party | None) -> Charge:
    """Ask the known card once more for what it declined; not where the promise does not go on."""
    found = queries.id_in(charge.subject)
    assert found is not None, f"{charge.subject} is not a contribution"
    contribution = locked(found)
    charge = Charge.objects.select_related("host").get(pk=charge.pk)
    if charge.again_on is None or charge.again_on > clock.today():
        return charge
    if contribution.standing != Standing.ON or _hosted(contribution) is None:
        return payments.give_up(charge=charge, by=by)
    # Its giver may have opened the page for another card, and left it.
    payments.fail(charge=charge, reason=charge.failure, by=by)
    return payments.try_again(charge=charge, again_of=_known(contribution), by=by)


@transaction.atomic
def end_with_group(*, contribution: Contribution, by: Party | None) -> Contribution:
    """End a promise whose group left its host or was closed; nothing where it goes on."""
    contribution = locked(contribution.pk)
    if contribution.standing in {Standing.NONE, Standing.ENDED} or _hosted(contribution):
        return contribution
    is_closed = contribution.collective.status == contribution.collective.Status.CLOSED
    end(contribution, Ending.GROUP_CLOSED if is_closed else Ending.GROUP_LEFT, by)
    write_down("ended", contribution, by=by)
    return contribution


def failed_again(
    contribution: Contribution,
    charge: Charge,
    reason: str,
    by: Party | None,
    *,
    is_final: bool = False,
) -> Contribution:
    """Record that a locked promise got no money this time, and when that is tried again."""
    if not charge.period:  # a try to pay in another way, which changes nothing
        payments.fail(charge=charge, reason=reason, by=by)
        return contribution
    on = None
    if contribution.standing == Standing.ON and not is_final:
        on = billing.again_on(charge.attempt, clock.today())
    failed = payments.fail(charge=charge, reason=reason, by=by, again_on=on)
    if failed.state != Charge.State.FAILED or contribution.standing != Standing.ON:
        return contribution
    if on is None:
        contribution.standing = Standing.QUIET
        contribution.save(update_fields=["standing"])
    write_down("charge_failed" if on else "rests", contribution, by=by)
    return contribution


def end(contribution: Contribution, ending: Ending, by: Party | None) -> None:
    """End a locked promise: what it asked for and did not get is asked for no more."""
    close_charges(contribution, by)
    payments.end_mandates(subject=queries.subject_of(contribution), by=by)
    contribution.standing, contribution.ending = Standing.ENDED, ending
    contribution.ended_at = clock.now()
    contribution.next_due_on = contribution.resumes_on = contribution.paused_at = None
    if contribution.status == Contribution.Status.PLEDGED:
        contribution.status = Contribution.Status.CANCELLED
    contribution.save(
        update_fields=[
            "standing", "ending", "ended_at", "next_due_on", "resumes_on", "paused_at", "status",
        ]
    )  # fmt: skip


def close_charges(contribution: Contribution, by: Party | None) -> None:
    """Expect no more of the charges that wait for their giver; late money is still money."""
    charges = Charge.objects.filter(subject=queries.subject_of(contribution))
    waiting = charges.filter(state__in=_OPEN).exclude(next_step__kind="done")
    # What the bank was asked to collect comes, whatever is wished now.
    for charge in waiting.exclude(collections__state="asked"):
        payments.fail(charge=charge, reason="", by=by)
    for charge in charges.exclude(again_on=None):
        payments.give_up(charge=charge, by=by)


def note_charge(
    contribution: Contribution,
    hosted: Hosting,
    *,
    due_on: date | None,
    again_of: UUID | None,
    by: Party | None,
) -> Charge:
    """Note the charge of a locked promise for a due day over its rail."""
    group = contribution.collective
    period = billing.period_of(due_on, contribution.interval) if due_on else ""
    return payments.start_charge(
        subject=queries.subject_of(contribution),
        host=hosted.host,
        rail=contribution.rail,
        amount=Money(contribution.amount_minor, contribution.currency),
        description=f"{group.name}: {described(group, contribution.tier)}",
        refs=refs(contribution),
        period=period,
        due_on=due_on,
        again_of=again_of,
        by=by,
    )


@transaction.atomic
def ask_again(*, contribution: Contribution, by: Party | None) -> Charge:
    """Note one more charge of a promise, under the reference that its giver knows."""
    contribution = locked(contribution.pk)
    last = queries.charge_of(contribution, rail=TRANSFER)
    return payments.start_charge(
        subject=last.subject,
        host=last.host,
        rail=TRANSFER,
        amount=Money(contribution.amount_minor, contribution.currency),
        description=last.description,
        refs=last.refs,
        reference=last.reference,
        by=by,
    )


def _hosted(contribution: Contribution) -> Hosting | None:
    """Return who holds the money of the group, where that is who did when it was promised."""
    group = contribution.collective
    hosted = hosting.current(group) if group.status == group.Status.ACTIVE else None
    return hosted if hosted and hosted.since <= contribution.created_at else None


def _known(contribution: Contribution) -> UUID | None:
    """Return the charge whose card pays the next ones."""
    paid = payment_queries.paid_by_giver(queries.subject_of(contribution), contribution.rail)
    return paid.uuid if paid else None


def _is_overdue(contribution: Contribution) -> bool:
    due = contribution.next_due_on
    if contribution.standing != Standing.ON or due is None:
        return False
    return billing.is_missed(due, contribution.interval, on=clock.today())


def _move_on(contribution: Contribution, after: date) -> None:
    assert contribution.anchor_on is not None, "what comes again has due days"
    contribution.next_due_on = billing.next_due(
        contribution.anchor_on,
        contribution.interval,
        after=after,
        taken=periods.taken_by(contribution),
    )
