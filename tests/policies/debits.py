"""What the town's host collects: a gift nobody signed for, and two runs of signed ones."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.collectives.models import Collective
from commonweal.giving.models import Contribution
from commonweal.hosting.models import Host
from commonweal.payments import actions
from commonweal.payments.models import Charge, CollectRun
from commonweal.people.models import Party
from debiting import can_collect, charge_of, chosen, promised, signed


@dataclass(frozen=True)
class Debits:
    """Gifts of Dan's that are collected, and where each stands."""

    unsigned: Contribution
    signed: Contribution
    due: Charge
    prepared: CollectRun
    released: CollectRun


def built(host: Host, gardens: Collective, dan: Party, *, by: Party, carol: Party) -> Debits:
    """Let the host collect, and Dan sign for three gifts."""
    host = can_collect(host, by)
    gifts = [signed(gardens, dan) for _ in range(3)]
    released = chosen(host, gifts[2:], carol)
    return Debits(
        unsigned=promised(gardens, dan),
        signed=gifts[0],
        due=charge_of(gifts[0]),
        prepared=chosen(host, gifts[1:2], carol),
        released=actions.release_collection(run=released, by=carol),
    )
