"""Fees, other currencies and what goes back in the demo city, on its last day."""

from __future__ import annotations

from commonweal.collectives.models import Collective
from commonweal.demo.actions.city import City, Host
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import queries, tasks
from commonweal.giving.models import Contribution
from commonweal.hosting import actions as hosting
from commonweal.hosting.queries import hosted
from commonweal.hosting.rules import FeeRule
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Purpose

_FEES = [FeeRule("membership", "", 20_000), FeeRule("ticket", "", 30_000)]
_ABROAD = "USD"


def bear(city: City) -> None:
    """Let the first host take dollars, give a part of a gift back, and have one taken back."""
    host = city.hosts[min(city.hosts)]
    takes = [_ABROAD] if _ABROAD in ledger.quoted(clock.today()) else []
    hosting.set_fees(
        host=host.host, fees=_FEES, rail_fee_by="group", losses_by="group", currencies=takes,
        by=host.admin,
    )  # fmt: skip
    host.host.refresh_from_db()
    first = hosted(host.host).first()
    if first is None:  # of a city with few groups
        return
    group = first.collective
    _give_back_a_part(group, host)
    _take_away(_paid(group, host, Money(1_500, group.currency)))
    for code in takes:
        _paid(group, host, Money(5_000, code))


def _give_back_a_part(group: Collective, host: Host) -> None:
    gift = _paid(group, host, Money(4_000, group.currency), covers_fees=True)
    giving.refund(
        contribution=gift, amount=Money(1_000, group.currency), by=host.accountant,
        reason="One ticket less",
    )  # fmt: skip
    tasks.give_back(gift)


def _take_away(gift: Contribution) -> None:
    giving.take_away(
        charge=queries.charge_of(gift), on=clock.today(), by=None, target=Purpose.BANK,
        reason="The card company took it back",
    )  # fmt: skip


def _paid(
    group: Collective, host: Host, amount: Money, *, covers_fees: bool = False
) -> Contribution:
    """Let the host's accountant give by the pretend card."""
    giver = host.accountant
    gift = giving.pledge(
        collective=group, amount=amount, rail="sandbox", contributor=giver, given_by=giver,
        by=giver, covers_fees=covers_fees,
    )  # fmt: skip
    tasks.begin(gift)
    tasks.answer(gift, {"card": "works"})
    return gift
