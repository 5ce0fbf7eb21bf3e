"""What the town's host wrote for givers: receipts, and gifts that papers can be had of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from commonweal.collectives.models import Collective
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving import queries
from commonweal.giving.models import Contribution
from commonweal.hosting.models import Host
from commonweal.papers import actions
from commonweal.papers.models import Details, Paper
from commonweal.people.models import Party

LAST_YEAR = date(2025, 5, 1)
AMOUNT = Money(100_00, "EUR")
IMPRINT = {
    "legal_name": "House", "address": "Street 1", "number": "BE0403019261", "in_belgium": True,
    "belgian_reference": "EE", "belgian_since": date(2025, 1, 1),
}  # fmt: skip
ADDRESS = {"name": "Me", "address": "Street 2"}


@dataclass(frozen=True)
class Written:
    """Gifts of last year, papers that are no longer right, and what Dan said of himself."""

    hidden: Contribution
    of_shop: Contribution
    of_backer: Paper
    of_guest: Paper
    said: Details


def written(
    gardens: Collective, host: Host, shop: Party, admin: Party, cast: Mapping[str, Party]
) -> Written:
    """Let gifts come, papers be given out, and people say how they stand on them."""
    alice, guest, paul = (cast[who] for who in ("a backer", "a guest", "the author"))
    dan, carol = cast["a stranger"], cast["the host's accountant"]
    give = partial(giving.pledge, collective=gardens, amount=AMOUNT, rail="transfer")
    gifts = (
        give(contributor=alice, given_by=alice, by=alice, incognito=True),
        give(contributor=shop, given_by=paul, by=paul),
        give(contributor=alice, given_by=alice, by=alice),
        give(contributor=guest, given_by=guest, by=None),
    )
    hidden, of_shop, of_alice, of_guest = (
        giving.confirm_transfer(contribution=one, amount=AMOUNT, arrived_on=LAST_YEAR, by=carol)
        for one in gifts
    )
    actions.set_imprint(host=host, by=admin, **IMPRINT)  # type: ignore[arg-type]
    papers = [
        actions.give_receipt(charge=queries.charge_of(one), secret=one.secret, by=None)
        for one in (of_alice, of_guest)
    ]
    actions.set_details(party=alice, by=alice, **ADDRESS)
    actions.set_details(party=guest, by=None, **ADDRESS)
    actions.set_details(party=shop, by=paul, number="BE0403019261", **ADDRESS)
    said = actions.set_details(party=dan, by=dan, **ADDRESS)
    return Written(hidden, of_shop, *papers, said)
