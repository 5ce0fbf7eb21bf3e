"""What the pages of all groups and the first page claim, as one list that anyone can check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db import connection

from commonweal.ledger.models import Purpose, Scope
from commonweal.ledger.queries import Totals, many_totals, totals
from commonweal.people.models import Party

# Each guarded account at its last line that the sequencer has placed; what pages show, where that
# is its last line of all.
_BALANCES = """
SELECT a.party_id, a.public_id, a.currency, a.purpose, last.seq,
       CASE WHEN a.seq = last.seq THEN a.balance ELSE last.balance_after END
FROM ledger_account a
CROSS JOIN LATERAL (
    SELECT e.seq, e.balance_after FROM ledger_entry e
    JOIN ledger_position p ON p.transaction_id = e.transaction_id
    WHERE e.account_id = a.id AND e.seq IS NOT NULL ORDER BY e.seq DESC LIMIT 1
) AS last
WHERE a.guarded ORDER BY a.id
"""

type Rows = list[dict[str, object]]


def claims() -> Mapping[str, object]:
    """Return each group's balances, what it raised and spent, and the same of the whole server.

    Amounts are whole numbers of the currency's smallest unit, as strings.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES)
        balances = cursor.fetchall()
    accounts: dict[int, Rows] = defaultdict(list)
    members: dict[str, set[int]] = defaultdict(set)
    for party, account, currency, purpose, seq, balance in balances:
        accounts[party].append({"id": account, "seq": seq, "balance": str(balance)})
        if purpose == Purpose.FUNDS:
            members[currency].add(party)
    sums = {one: many_totals(Scope.COLLECTIVE, ids, one) for one, ids in members.items()}
    groups = [
        {
            "slug": slug, "name": name, "party": party, "accounts": accounts[party],
            "totals": [_told(found[party]) for found in sums.values() if party in found],
        }
        for party, slug, name in Party.objects.filter(pk__in=accounts)
        .order_by("pk").values_list("pk", "slug", "name")
    ]  # fmt: skip
    whole = [_told(totals(Scope.PLATFORM, 0, currency)) for currency in sums]
    return {"groups": groups, "totals": whole}


def _told(found: Totals) -> dict[str, object]:
    return {
        "currency": found.raised.currency,
        "raised": str(found.raised.minor),
        "spent": str(found.spent.minor),
    }
