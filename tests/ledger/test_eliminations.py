"""What only moves inside a scope counts nowhere in it; what crosses its border counts once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from commonweal.foundation import ids
from commonweal.foundation.money import Money
from commonweal.ledger import actions, queries
from commonweal.ledger.models import Chart, Kind, MonthSum, Purpose, Scope
from commonweal.ledger.rules import Draft, Posting
from ledger.conftest import HOST

pytestmark = pytest.mark.django_db
CITY, NORTH, SOUTH, ELSEWHERE = 99, 991, 992, 77
HOMES = {
    11: (HOST, CITY, NORTH),
    12: (HOST, CITY, NORTH),
    13: (2, CITY, SOUTH),
    14: (2, CITY, None),
    15: (HOST, ELSEWHERE, None),
    16: (3, None, None),
}
SCOPES = [
    (Scope.HOST, HOST), (Scope.HOST, 2), (Scope.HOST, 3), (Scope.PLACE, CITY),
    (Scope.PLACE, NORTH), (Scope.PLACE, SOUTH), (Scope.PLACE, ELSEWHERE), (Scope.PLATFORM, 0),
]  # fmt: skip


def inside(scope: Scope, scope_id: int) -> set[int]:
    return {one for one, home in HOMES.items() if scope == Scope.PLATFORM or scope_id in {
        Scope.HOST: home[:1], Scope.PLACE: home[1:],
    }[scope]}  # fmt: skip


@pytest.fixture
def pots(db) -> dict[int, int]:
    """Open a pot for each group, filled once with 1,000.00 from outside."""
    found = {}
    for party, (host, place, district) in HOMES.items():
        pot = actions.open_account(
            purpose=Purpose.FUNDS, currency="EUR", party=party, host=host, place=place,
            district=district,
        ).pk  # fmt: skip
        found[party] = pot
        move({pot: 1000_00, outside(): -1000_00}, kind=Kind.CONTRIBUTION)
    actions.advance()
    return found


def outside(purpose: Purpose = Purpose.CHARGES) -> int:
    return actions.open_account(purpose=purpose, currency="EUR", host=HOST, rail="card").pk


def move(amounts: dict[int, int], *, kind: Kind = Kind.TRANSFER, fee: int = 0) -> int:
    legs = [Posting(account, amount, kind) for account, amount in amounts.items() if amount]
    if fee:
        legs.append(Posting(outside(Purpose.HOST_FEES), fee, Kind.HOST_FEE))
    category = Chart.TRANSFERS_OUT if kind == Kind.TRANSFER else None
    return actions.post(
        Draft(ids.uuid7(), kind, tuple(legs), date(2026, 11, 21), category=category)
    )


def told(scope: Scope, scope_id: int) -> tuple[int, int]:
    while actions.advance():
        pass
    found = queries.totals(scope, scope_id, "EUR")
    return found.raised.minor, found.spent.minor


def test_a_transfer_between_districts_moves_them_and_not_their_city(pots):
    move({pots[11]: -300_00, pots[13]: 300_00})

    assert told(Scope.PLACE, NORTH) == (2000_00, 300_00)
    assert told(Scope.PLACE, SOUTH) == (1300_00, 0)
    assert told(Scope.PLACE, CITY) == (4000_00, 0)
    assert told(Scope.PLATFORM, 0) == (6000_00, 0)
    assert told(Scope.HOST, HOST) == (3000_00, 300_00)
    assert told(Scope.COLLECTIVE, 13) == (1300_00, 0)


def test_only_the_net_of_a_transaction_crosses_the_border(pots):
    move({pots[11]: -300_00, pots[12]: 100_00, pots[15]: 200_00})

    assert told(Scope.PLACE, CITY) == (4000_00, 200_00)
    assert told(Scope.PLACE, NORTH) == (2000_00, 200_00)
    assert told(Scope.PLACE, ELSEWHERE) == (1200_00, 0)


def test_a_fee_kept_from_a_transfer_is_all_that_is_spent(pots):
    move({pots[11]: -300_00, pots[13]: 285_00}, fee=15_00)

    assert told(Scope.PLACE, CITY) == (4000_00, 15_00)
    assert told(Scope.PLATFORM, 0) == (6000_00, 15_00)


def test_a_pot_that_moves_to_another_host_moves_nothing_in_its_city(pots):
    other = actions.open_account(
        purpose=Purpose.FUNDS, currency="EUR", party=11, host=2, place=CITY, district=NORTH
    ).pk
    move({pots[11]: -1000_00, other: 1000_00})

    assert told(Scope.PLACE, NORTH) == (2000_00, 0)
    assert told(Scope.HOST, HOST) == (3000_00, 1000_00)
    assert told(Scope.COLLECTIVE, 11) == (2000_00, 1000_00)


def test_a_transfer_taken_back_counts_nowhere_either(pots):
    sent = move({pots[11]: -300_00, pots[13]: 300_00})
    actions.reverse(
        key=ids.uuid7(), transaction_id=sent, amount_minor=100_00, effective_on=date(2026, 11, 22)
    )

    assert told(Scope.PLACE, CITY) == (4000_00, 0)
    assert queries.by_category(Scope.PLACE, CITY, "EUR") == [
        queries.CategorySum(Kind.CONTRIBUTION, 0, Money(4000_00, "EUR"))
    ]


def test_sums_that_were_made_the_old_way_are_made_anew(pots):
    move({pots[11]: -300_00, pots[13]: 300_00})
    told(Scope.PLATFORM, 0)
    right = sorted(MonthSum.objects.values_list())
    MonthSum.objects.filter(scope=Scope.PLACE).update(outgoing=5)
    assert any("month" in one.sentence for one in queries.discrepancies())

    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_rebuild_months()")

    assert sorted(MonthSum.objects.values_list()) == right
    assert queries.discrepancies() == []


movement = some.dictionaries(
    some.sampled_from(sorted(HOMES)), some.integers(-50_00, 50_00).filter(bool), min_size=1
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(movements=some.lists(movement, min_size=1, max_size=5))
def test_whatever_moves_each_scope_counts_what_crossed_its_border(pots, movements):
    before = {scope: told(*scope) for scope in SCOPES}

    for one in movements:
        legs = {pots[party]: amount for party, amount in one.items()}
        rest = -sum(legs.values())
        move({**legs, outside(): rest} if rest or len(legs) == 1 else legs)

    for scope in SCOPES:
        nets = [sum(one[party] for party in one if party in inside(*scope)) for one in movements]
        raised, spent = before[scope]
        assert told(*scope) == (
            raised + sum(net for net in nets if net > 0),
            spent - sum(net for net in nets if net < 0),
        )
    assert queries.discrepancies() == []
