"""Whoever could change the books behind the program's back is found out by `check-books`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from commonweal.foundation import ids
from commonweal.ledger import actions, queries
from commonweal.ledger.queries import audit
from ledger.conftest import Accounts, payout

CORRUPTIONS = [
    (1, "UPDATE ledger_entry SET amount = amount + 1 WHERE kind = 2"),
    (2, "DELETE FROM ledger_entry WHERE kind = 2"),
    (3, "UPDATE ledger_account SET balance = balance + 1 WHERE guarded"),
    (3, "UPDATE ledger_entry SET amount = amount + 1 WHERE seq = 2"),
    (4, "UPDATE ledger_entry SET seq = 9 WHERE seq = 2"),
    (4, "UPDATE ledger_account SET seq = seq - 1 WHERE guarded"),
    (5, "UPDATE ledger_entry SET balance_after = balance_after + 1 WHERE seq = 1"),
    (6, "UPDATE ledger_entry SET balance_after = -1 WHERE seq = 1"),
    (7, "UPDATE ledger_entry SET n = 9 WHERE n = 1"),
    (7, "UPDATE ledger_entry SET currency = 'USD' WHERE seq = 1"),
    (7, "UPDATE ledger_entry SET account_id = 999999 WHERE kind = 2"),
    (7, "DELETE FROM ledger_transaction WHERE id = (SELECT max(id) FROM ledger_transaction)"),
    (8, "ALTER TABLE ledger_entry DISABLE TRIGGER ledger_append_only"),
    (8, "DROP TRIGGER ledger_zero_sum ON ledger_entry"),
    (8, "DROP TRIGGER ledger_posted_only ON ledger_account"),
    (11, "DELETE FROM ledger_position WHERE position = 1"),
    (11, "UPDATE ledger_sequencer SET next_position = next_position + 1"),
    (11, "UPDATE ledger_position SET transaction_id = 999999 WHERE position = 1"),
    (17, "UPDATE ledger_tally SET balance = balance - 1"),
    (17, "DELETE FROM ledger_tally"),
    (18, "UPDATE ledger_daysum SET incoming = incoming + 1"),
    (18, "UPDATE ledger_monthsum SET outgoing = outgoing + 1"),
    (18, "DELETE FROM ledger_monthsum WHERE scope = 4"),
    (19, ("UPDATE ledger_entry SET amount = 9 * amount WHERE transaction_id IN"
         " (SELECT id FROM ledger_transaction WHERE reverses IS NOT NULL)")),
    (21, "UPDATE ledger_transaction SET at = at - interval '20 days'"),
    (22, "UPDATE ledger_entry SET currency = 'USD' WHERE kind = 2"),
    (23, ("ALTER TABLE ledger_entry DROP CONSTRAINT amount_in_range;"
         "UPDATE ledger_entry SET amount = 0 WHERE kind = 2")),
]  # fmt: skip


@pytest.fixture
def books(accounts: Accounts, gives: Callable[..., int]) -> None:
    """Write a gift, a part of it given back, and an expense."""
    number = gives(2000, fee=100)
    actions.reverse(
        key=ids.uuid7(), transaction_id=number, amount_minor=500,
        effective_on=payout(accounts, 1).effective_on,
    )  # fmt: skip
    actions.post(payout(accounts, 300))
    while actions.advance():
        pass


@pytest.mark.usefixtures("books")
def test_books_that_nobody_touched_are_right() -> None:
    assert queries.discrepancies() == []


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize(("invariant", "corruption"), CORRUPTIONS)
def test_what_was_changed_behind_the_program_is_found(invariant: int, corruption: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(corruption)
        found = queries.discrepancies()
        transaction.set_rollback(True)

    assert invariant in {one.invariant for one in found}
    assert all(one.examples for one in found if one.invariant == invariant)


def test_each_check_is_tried() -> None:
    assert {check.invariant for check in audit.CHECKS} == {one for one, _ in CORRUPTIONS}
