"""Collection runs in words: what is due, where each collection stands, why one was refused."""

from __future__ import annotations

from collections.abc import Collection as Many
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.hosting.models import Host
from commonweal.payments import policies
from commonweal.payments.models import Collection, CollectRun, DebitReason
from commonweal.payments.queries import debits
from commonweal.payments.queries.debits import Due
from commonweal.people.models import Party
from commonweal.web.spending.telling import Badge

# What is collected within these days is ticked at first.
_SOON = timedelta(days=7)
_BEHIND: dict[str, str | Promise] = {
    "moved on": _("It changed after it was chosen. Look at it again."),
    "no mandate": _("The giver took the mandate back."),
    "too old": _("Nobody collected by this mandate for three years. The giver has to sign again."),
}
_STATES = {
    Collection.State.CHOSEN: Badge("", "check", _("Chosen")),
    Collection.State.ASKED: Badge("todo", "clock", _("On its way")),
    Collection.State.COME: Badge("good", "check", _("Here")),
    Collection.State.REFUSED: Badge("bad", "x", _("Refused")),
    Collection.State.BACK: Badge("bad", "arrow-left", _("Taken back")),
    Collection.State.LEFT_OUT: Badge("bad", "x", _("Stayed behind")),
    Collection.State.FREED: Badge("", "x", _("Given up")),
}
_RUNS = {
    CollectRun.Status.PREPARED: Badge("todo", "clock", _("To let go")),
    CollectRun.Status.RELEASED: Badge("todo", "download", _("Take the file")),
    CollectRun.Status.SENT: Badge("todo", "clock", _("At the bank")),
    CollectRun.Status.CANCELLED: Badge("", "x", _("Given up")),
}
_DONE = Badge("good", "check", _("Done"))
_STEPS = (_("Chosen"), _("Givers were told"), _("At the bank"), _("Done"))


@dataclass(frozen=True)
class Row:
    """A line of the list one chooses from."""

    due: Due
    ticked: bool


@dataclass(frozen=True)
class CollectionRow:
    """A line of a run: what is collected, what became of it, and why."""

    collection: Collection
    amount: Money
    badge: Badge
    why: str | Promise


def choices(host: Host, ticked: Many[int] | None = None) -> list[Row]:
    """Return what may be chosen; at first, what is collected soon is ticked."""
    found = debits.due(host)
    soon = debits.soonest(host) + _SOON
    return [
        Row(one, one.collect_on <= soon if ticked is None else one.charge.pk in ticked)
        for one in found
    ]


def sum_of(rows: Iterable[Row]) -> Money:
    """Return what the ticked lines come to."""
    return sum((row.due.amount for row in rows if row.ticked), start=Money(0, "EUR"))


def overview(found: Iterable[CollectRun]) -> list[dict[str, Any]]:
    """Return runs as lines of a list."""
    return [
        {"run": run, "amount": Money(run.total_minor or 0, "EUR"),  # type: ignore[attr-defined]
         "badge": _badge(run, is_open=bool(run.open_count))}  # type: ignore[attr-defined]
        for run in found
    ]  # fmt: skip


def about(run: CollectRun, person: Party) -> dict[str, Any]:
    """Return what the page of a run shows, and what its reader may do with it."""
    found = list(debits.collections_of(run))
    kept = [one for one in found if one.state != Collection.State.LEFT_OUT]
    asked = [one for one in found if one.state == Collection.State.ASKED]
    status = CollectRun.Status(run.status)
    prepared = status == CollectRun.Status.PREPARED
    released = status in {CollectRun.Status.RELEASED, CollectRun.Status.SENT}
    days = sorted({one.collect_on for one in kept if one.collect_on})
    return {
        "run": run,
        "badge": _badge(run, is_open=prepared or bool(asked)),
        "steps": _steps(run, is_open=prepared or bool(asked)),
        "count": len(kept),
        "total": sum((Money(one.amount_minor, "EUR") for one in kept), start=Money(0, "EUR")),
        "first_day": days[0] if days else clock.today(),
        "rows": [_row(one) for one in found],
        "may_release": prepared and policies.may_release(person, run),
        "may_cancel": prepared or status == CollectRun.Status.RELEASED,
        "may_take": released and bool(asked) and len(asked) == len(kept),
        "waits": status == CollectRun.Status.SENT and bool(asked),
        "is_over": not prepared and not asked,
        "wants_other": prepared and not policies.may_release(person, run),
    }


def _row(one: Collection) -> CollectionRow:
    state = Collection.State(one.state)
    why: str | Promise = ""
    if state == Collection.State.LEFT_OUT:
        why = _BEHIND.get(one.code, "")
    elif one.code in DebitReason.values:
        why = DebitReason(one.code).label
    return CollectionRow(one, Money(one.amount_minor, one.currency), _STATES[state], why)


def _badge(run: CollectRun, *, is_open: bool) -> Badge:
    status = CollectRun.Status(run.status)
    released = status in {CollectRun.Status.RELEASED, CollectRun.Status.SENT}
    return _DONE if released and not is_open else _RUNS[status]


def _steps(run: CollectRun, *, is_open: bool) -> list[tuple[str | Promise, str]]:
    """Return the four steps, each done, current or still to come; none for a run given up."""
    if run.status == CollectRun.Status.CANCELLED:
        return []
    reached = {"prepared": 0, "released": 1, "sent": 2}[run.status] if is_open else len(_STEPS)
    return [
        (name, "done" if n < reached else "now" if n == reached else "")
        for n, name in enumerate(_STEPS)
    ]
