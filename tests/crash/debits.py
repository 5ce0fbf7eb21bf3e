"""Scenes of a collection run of two gifts: let go, read from the bank, refused."""

from __future__ import annotations

import io
from typing import Any

import cast
from commonweal.banking import actions as banking
from commonweal.banking import queries as banking_queries
from commonweal.banking.rules.statements import Line
from commonweal.demo.statements import camt
from commonweal.foundation.money import Money
from commonweal.giving.models import Contribution
from commonweal.mail import reader
from commonweal.payments import actions
from commonweal.payments.models import CollectRun
from crash import city
from crash.city import books, carry_on, somebody
from debiting import can_collect, charge_of, signed, states

__all__ = ["books"]


def found() -> None:
    """Let Commons House collect."""
    city.found()
    can_collect(city.commons(), somebody("hana"))


def prepare(run: str) -> None:
    """Let Alice sign for two gifts, and Hana choose them, where that has not been done."""
    gifts = list(Contribution.objects.filter(message=run).order_by("pk"))
    while len(gifts) < 2:
        gift = signed(city.gardens(), somebody("alice"), 1000)
        Contribution.objects.filter(pk=gift.pk).update(message=run)
        gifts.append(gift)
    if _run(run) is None:
        numbers = [charge_of(one).pk for one in gifts]
        actions.prepare_collection(host=city.commons(), charges=numbers, by=somebody("hana"))


def release(run: str) -> None:
    """Let it go, where it has not."""
    if _known(run).status == CollectRun.Status.PREPARED:
        actions.release_collection(run=_known(run), by=somebody("hana"))


def settle(run: str) -> None:
    """Let the bank show the money as one line."""
    found = _known(run)
    line = Line(
        amount=Money(2000, "EUR"), booked_on=found.collections.first().collect_on,
        text=found.uuid.hex, bank_ref=run,
    )  # fmt: skip
    content = camt([line], account=cast.IBAN, opening=None, kind="054")
    banking.take(host=city.commons(), name=run, content=io.BytesIO(content), by=None)
    banking.place_new(host=city.commons(), by=None)


def look(run: str) -> dict[str, Any]:
    """Carry on as the server does by itself, and say how things stand."""
    wrong = [*books()["wrong"], *(str(one) for one in banking_queries.unexplained())]
    carry_on()
    while reader.read():
        pass
    found = _known(run)
    gifts = Contribution.objects.filter(message=run)
    return {
        "wrong": wrong,
        "run": found.status,
        "file": bool(found.file),
        "states": sorted(states(found)),
        "received": sum(gifts.values_list("received_minor", flat=True)),
    }


def _run(run: str) -> CollectRun | None:
    subjects = [f"contribution:{one.pk}" for one in Contribution.objects.filter(message=run)]
    found = CollectRun.objects.filter(collections__charge__subject__in=subjects)
    return found.distinct().first()


def _known(run: str) -> CollectRun:
    found = _run(run)
    assert found is not None
    return found
