"""Living through days and years, and looking at what came of a gift meanwhile."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from commonweal.activity.models import Fact
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import queries, tasks
from commonweal.giving.models import Contribution
from commonweal.payments.models import Charge

EUR = partial(Money.parse, currency="EUR")
State = Charge.State


@contextmanager
def on(day, hour=12):
    """Let it be a day."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    with clock.moved_to(datetime.combine(day, time(hour, 30), UTC)):
        yield day


def days(first, last):
    """Give each day, both ends included."""
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def fresh(gift):
    return Contribution.objects.select_related("collective").get(pk=gift.pk)


def charges_of(gift):
    return list(Charge.objects.filter(subject=queries.subject_of(gift)).order_by("pk"))


def came(gift):
    """Return the periods whose money came, each with its day."""
    rows = [one for one in charges_of(gift) if one.state == State.SETTLED]
    return [(one.period, one.arrived_on.isoformat()) for one in rows]


def told(gift):
    """Return what was written down about a gift, without its arrivals."""
    facts = Fact.objects.filter(subject=queries.subject_of(gift)).order_by("pk")
    kinds = [one.kind.removeprefix("contribution.") for one in facts]
    return [one for one in kinds if one not in {"pledged", "settled"}]


def live(first, last):
    """Let the worker bill on each day."""
    for day in days(first, last):
        with on(day, hour=day.day % 24):
            tasks.bill_due()
