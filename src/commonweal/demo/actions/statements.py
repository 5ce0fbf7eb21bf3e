"""The bank statements of the last day: most lines find what they are for, three wait."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum

from commonweal.banking import actions as banking
from commonweal.banking.rules.statements import Line
from commonweal.demo import rules
from commonweal.demo.statements import camt
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.hosting.models import Host
from commonweal.ledger.models import Account, Entry, Purpose
from commonweal.payments.models import Charge, Payout

_RAIL = "transfer"
_NEW_GIFTS = 5
_FEE_MINOR = 250


def read_statements(day: date) -> None:
    """Let each host's bank tell what happened on a day, and what came besides."""
    with clock.moved_to(rules.instant(day) + timedelta(hours=23)):
        for host in Host.objects.select_related("party").order_by("pk"):
            lines = [*_confirmed(host, day), *_gifts(host, day), *_unclear(host, day)]
            content = camt(
                [_numbered(line, number) for number, line in enumerate(lines, start=1)],
                account=host.iban.replace(" ", ""), opening=_held_before(host, day), version=8,
            )  # fmt: skip
            name = f"{host.party.slug}-{day}.xml"
            banking.take(host=host, name=name, content=io.BytesIO(content), by=None)
            banking.place_new(host=host, by=None)


def _held_before(host: Host, day: date) -> Money:
    bank = Account.objects.filter(host_id=host.pk, purpose=Purpose.BANK, rail=_RAIL)
    entries = Entry.objects.filter(account__in=bank, transaction__effective_on__lt=day)
    return Money(-int(entries.aggregate(s=Sum("amount"))["s"] or 0), host.currency)


def _confirmed(host: Host, day: date) -> list[Line]:
    """Return what people confirmed by hand that day, as the bank tells it."""
    came = Charge.objects.filter(host=host, rail=_RAIL, arrived_on=day).order_by("pk")
    left = Payout.objects.filter(host=host, rail=_RAIL, paid_on=day).order_by("pk")
    return [
        *(_line(host, day, one.amount_minor, reference=_reference(one)) for one in came),
        *(_line(host, day, -one.amount_minor, end_to_end_id=one.uuid.hex) for one in left),
    ]


def _gifts(host: Host, day: date) -> list[Line]:
    """Return gifts that were promised of late."""
    open_ones = [Charge.State.CREATED, Charge.State.PENDING]
    waits = Charge.objects.filter(host=host, rail=_RAIL, state__in=open_ones)
    return [
        _line(
            host, day, one.amount_minor, reference=_reference(one), name="Lena Vermeulen",
            iban=f"BE71{number:012}",
        )
        for number, one in enumerate(waits.order_by("-pk")[:_NEW_GIFTS])
    ]  # fmt: skip


def _unclear(host: Host, day: date) -> list[Line]:
    """Return what nobody can tell for certain, and what the bank costs."""
    kept = Charge.objects.filter(host=host, rail=_RAIL, state=Charge.State.SETTLED)
    last = kept.order_by("-pk").first()
    double = [
        _line(host, day, last.amount_minor, reference=_reference(last), name="Tim De Wilde")
    ] if last else []  # fmt: skip
    return [
        *double,
        _line(host, day, 2_500, name="M. Vandenbossche", iban="BE68539007547034",
              text="repair cafe thanks!!"),
        _line(host, day, -1_995, name="Proximus", iban="BE50001728963018", text="invoice 4471"),
        _line(host, day, -_FEE_MINOR, code="CHRG"),
    ]  # fmt: skip


def _line(host: Host, day: date, minor: int, **said: Any) -> Line:
    return Line(amount=Money(minor, host.currency), booked_on=day, **said)


def _numbered(line: Line, number: int) -> Line:
    return replace(line, bank_ref=f"{line.booked_on:%Y%m%d}{number:04}")


def _reference(charge: Charge) -> str:
    facts = charge.next_step.get("facts", {})
    return str(facts.get("reference") or charge.reference)
