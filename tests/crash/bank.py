"""Scenes at the bank: a statement comes in, and what a kill leaves is picked up."""

from __future__ import annotations

import io
from typing import Any

import cast
from commonweal.banking import actions, queries
from commonweal.banking.models import BankFile, BankLine, Match
from commonweal.banking.rules.statements import Line
from commonweal.demo.statements import camt
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import queries as giving_queries
from commonweal.giving.models import Contribution
from commonweal.rails.manual.rail import structured_reference
from crash.city import books, commons, found, gardens, somebody

__all__ = ["books", "found", "read_statement", "recover"]
GIFT, FEE = Money(20_00, "EUR"), Money(-2_50, "EUR")
OPENING = Money(100_00, "EUR")


def statement(run: str) -> bytes:
    """Return the statement of a run: two promised gifts, a fee, and money from nowhere."""
    lines = [
        Line(amount=GIFT, booked_on=clock.today(), bank_ref=f"{run} {number}", reference=reference)
        for number, reference in enumerate(_references(run))
    ]
    lines.append(Line(amount=FEE, booked_on=clock.today(), bank_ref=f"{run} fee", code="CHRG"))
    lines.append(Line(amount=GIFT, booked_on=clock.today(), bank_ref=f"{run} unknown"))
    return camt(lines, account=cast.IBAN, opening=OPENING)


def _references(run: str) -> list[str]:
    """Return the references of the promises of a run, made where there are none yet."""
    alice = somebody("alice")
    known = list(Contribution.objects.filter(message=run).order_by("pk"))
    while len(known) < 2:
        known.append(
            giving.pledge(
                collective=gardens(), amount=GIFT, rail="transfer", contributor=alice,
                given_by=alice, by=alice, message=run,
            )
        )  # fmt: skip
    return [structured_reference(giving_queries.charge_of(one).reference, "BE") for one in known]


def promise(run: str) -> None:
    """Promise what the statement of a run will bring."""
    _references(run)


def read_statement(run: str) -> None:
    """Take the statement in and place its lines."""
    content = io.BytesIO(statement(run))
    actions.take(host=commons(), name=run, content=content, by=None)
    actions.place_new(host=commons(), by=None)


def recover(run: str) -> dict[str, Any]:
    """Check the books as a kill left them, then read the statement again."""
    wrong = _wrong()
    read_statement(run)
    read_statement(run)
    return {"wrong": wrong, "in_the_end": _state(run)}


def _wrong() -> list[str]:
    return [*books()["wrong"], *(str(one) for one in queries.unexplained())]


def _state(run: str) -> dict[str, Any]:
    lines = BankLine.objects.filter(statement__file__name=run)
    gifts = Contribution.objects.filter(message=run)
    return {
        "files": BankFile.objects.filter(name=run).count(),
        "lines": sorted(lines.values_list("state", flat=True)),
        "matches": Match.objects.filter(line__in=lines).count(),
        "received": sum(gifts.values_list("received_minor", flat=True)),
        "wrong": _wrong(),
    }
