"""Bringing what currencies were worth along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from commonweal.activity import actions as activity
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.importing import policies
from commonweal.importing.rules.problems import Problem, WrongFile
from commonweal.importing.rules.rates import DayRate, read
from commonweal.ledger.models import Rate
from commonweal.people.models import Party

_AT_ONCE = 5_000


@dataclass(frozen=True)
class RatesReport:
    """What an import of rates did: how many the file has, how many were new, until which day."""

    rates: int
    new: int
    currencies: int
    until: date


@transaction.atomic
def import_rates(*, file: bytes, by: Party | None) -> RatesReport:
    """Keep the rates in a file of the European Central Bank that are not here yet.

    A rate that is here already must be the same: what was worth something stays worth it.
    """
    if not policies.may_import_rates(by):
        raise NotAllowed
    rates = read(file, today=clock.today())
    new = _new(rates)
    if new:
        Rate.objects.bulk_create(
            [Rate(currency=r.currency, day=r.day, numerator=r.numerator, denominator=r.denominator)
             for r in new], batch_size=_AT_ONCE,
        )  # fmt: skip
        activity.record("rates.imported", subject="instance", by=None, public=False, new=len(new))
    return RatesReport(
        rates=len(rates),
        new=len(new),
        currencies=len({one.currency for one in rates}),
        until=max(one.day for one in rates),
    )


def _new(rates: Sequence[DayRate]) -> list[DayRate]:
    """Return the rates that are not here yet; refuse a file that says something else."""
    known = {(code, day): (up, down) for code, day, up, down in Rate.objects.values_list(
        "currency", "day", "numerator", "denominator")}  # fmt: skip
    problems, new = [], []
    for one in rates:
        here = known.get((one.currency, one.day))
        if here is None:
            new.append(one)
        elif here != (one.numerator, one.denominator):
            sentence = f"On {one.day} a euro was worth another amount of {one.currency} here."
            problems.append(Problem(one.line, sentence))
    if problems:
        raise WrongFile(problems)
    return new
