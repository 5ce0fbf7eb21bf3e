"""What the bank of the town's host says: a line that nobody looked at, and one that is placed."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from functools import partial

from cast import IBAN
from commonweal.banking import actions
from commonweal.banking.models import BankLine
from commonweal.banking.rules.statements import Line
from commonweal.demo.statements import camt
from commonweal.foundation.money import Money
from commonweal.giving.models import Contribution
from commonweal.hosting.models import Host
from commonweal.people.models import Party

EUR = partial(Money.parse, currency="EUR")


def statement(*amounts: str) -> io.BytesIO:
    """Return a statement of some lines."""
    lines = [
        Line(amount=EUR(amount), booked_on=date(2026, 1, 20), bank_ref=f"{amount} {number}")
        for number, amount in enumerate(amounts)
    ]
    return io.BytesIO(camt(lines, account=IBAN, opening=EUR("100")))


def lines(host: Host, *, by: Party, gift: Contribution) -> Mapping[str, BankLine]:
    """Take in three lines, and place two of them."""
    actions.take(host=host, name="bank.xml", content=statement("5", "7", "3"), by=by)
    placed, new, given = BankLine.objects.order_by("pk")
    own = actions.Share("own", placed.amount_minor, words="Rent")
    actions.place(line=placed, shares=[own], by=by)
    share = actions.Share("gift", given.amount_minor, contribution=gift)
    actions.place(line=given, shares=[share], by=by)
    return {"placed": placed, "new": new, "given": given}
