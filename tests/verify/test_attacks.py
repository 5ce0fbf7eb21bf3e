"""Somebody with all rights on the database rewrites history, and is found out."""

import pytest
from django.core.files.storage import storages

from commonweal.ledger.models import Position, Transaction
from commonweal.transparency import actions, queries
from commonweal.transparency.actions.extending import _try_to_sign
from commonweal.transparency.models import Leaf
from transparency.conftest import unguarded

VICTIM = 5  # the position of the transaction that is tampered with


@pytest.fixture
def history(busy, signed):
    """Let there be a year of a group's money in a signed log."""
    signed()
    return busy


@pytest.fixture
def victim(history) -> int:
    return Position.objects.get(position=VICTIM).transaction_id


SMALL_LIES = {
    "an amount": (
        "UPDATE ledger_entry SET amount = amount + sign(amount) * 100 WHERE transaction_id = {id}",
        "UPDATE ledger_entry SET amount = amount - sign(amount) * 100 WHERE transaction_id = {id}",
    ),
    "a day": (
        "UPDATE ledger_transaction SET effective_on = effective_on - 400 WHERE id = {id}",
        "UPDATE ledger_transaction SET effective_on = effective_on + 400 WHERE id = {id}",
    ),
    "an account": (
        "UPDATE ledger_account SET public_id = 'funds:99:1:EUR' WHERE public_id LIKE 'funds:%'",
        """UPDATE ledger_account SET public_id = 'funds:' || party_id || ':' || host_id || ':EUR'
           WHERE purpose = 1""",
    ),
    "a category": (
        "UPDATE ledger_transaction SET category_id = category_id + 1 WHERE id = {id}",
        "UPDATE ledger_transaction SET category_id = category_id - 1 WHERE id = {id}",
    ),
    "a name": (
        "UPDATE ledger_privatefact SET value = 'Mallory' WHERE transaction_id = {id}",
        "DELETE FROM ledger_privatefact WHERE transaction_id = {id}",
    ),
}


@pytest.mark.parametrize("lie", SMALL_LIES)
def test_a_changed_row_is_found_and_named(victim, verify, lie):
    change, back = (one.format(id=victim) for one in SMALL_LIES[lie])
    assert verify().wrong is None
    unguarded(change)

    found = [verify().wrong, verify(remembers=False).wrong]
    unguarded(back)

    for wrong in found:
        first = 0 if lie == "an account" else VICTIM  # its account is that of all of them
        assert (wrong.what, wrong.index) == ("shown", first)


@pytest.mark.parametrize(
    ("lie", "back"),
    [
        ("UPDATE ledger_account SET balance = balance + 1 WHERE guarded",
         "UPDATE ledger_account SET balance = balance - 1 WHERE guarded"),
        ("UPDATE ledger_monthsum SET incoming = incoming + 1",
         "UPDATE ledger_monthsum SET incoming = incoming - 1"),
    ],
)  # fmt: skip
def test_a_balance_or_total_that_pages_show_is_found(history, verify, lie, back):
    unguarded(lie)

    wrong = verify().wrong
    unguarded(back)

    assert wrong.what == "claims"
    assert "The pages say" in str(wrong)


def test_a_deleted_transaction_is_found_and_named(victim, history, verify):
    backup = "ledger_transaction", "ledger_entry", "ledger_position", "ledger_privatefact"
    unguarded(*(f"CREATE TEMP TABLE kept_{one} AS TABLE {one}" for one in backup))
    unguarded(
        *(f"DELETE FROM {one} WHERE transaction_id = {victim}" for one in backup[1:]),
        f"DELETE FROM ledger_transaction WHERE id = {victim}",
    )

    wrong = verify().wrong
    for one in backup:
        unguarded(f"DELETE FROM {one}", f"INSERT INTO {one} SELECT * FROM kept_{one}")

    assert (wrong.what, wrong.index) == ("shown", VICTIM)
    assert Transaction.objects.filter(pk=victim).exists()


@pytest.mark.parametrize("remembers", [True, False])
def test_a_deleted_and_renumbered_leaf_is_found(history, verify, remembers):
    if remembers:
        assert verify().wrong is None
    unguarded(
        f"DELETE FROM transparency_leaf WHERE position = {VICTIM}",
        f"UPDATE transparency_leaf SET position = -position WHERE position > {VICTIM}",
        "UPDATE transparency_leaf SET position = -position - 1 WHERE position < 0",
    )

    wrong = verify(remembers=remembers).wrong

    assert wrong is not None
    if not remembers:
        assert wrong.what in {"bundle", "gap", "missing"}


@pytest.mark.parametrize("remembers", [True, False])
def test_two_swapped_leaves_are_found_and_the_first_is_named(history, verify, remembers):
    if remembers:
        assert verify().wrong is None
    a, b = VICTIM, VICTIM + 3
    unguarded(
        f"UPDATE transparency_leaf SET position = -1 WHERE position = {a}",
        f"UPDATE transparency_leaf SET position = {a} WHERE position = {b}",
        f"UPDATE transparency_leaf SET position = {b} WHERE position = -1",
    )

    wrong = verify(remembers=remembers).wrong

    assert wrong is not None


def test_a_history_rebuilt_with_the_real_key_is_found_by_who_kept_a_checkpoint(
    victim, verify, signed
):
    assert verify().wrong is None
    change, back = (one.format(id=victim) for one in SMALL_LIES["a day"])
    unguarded(
        change, "DELETE FROM transparency_checkpoint", "DELETE FROM transparency_tile",
        "DELETE FROM transparency_leaf",
    )  # fmt: skip
    actions.make_key(origin="commonweal-test")
    forget_what_was_published()
    signed()

    stranger, returning = verify(remembers=False).wrong, verify().wrong
    unguarded(back)

    assert stranger is None  # nobody who never looked can know
    assert (returning.what, returning.index) == ("changed", VICTIM)
    assert "that you saw" in str(returning)


def test_fewer_transactions_than_were_seen_are_found(history, verify):
    assert verify().wrong is None
    before = Leaf.objects.count()
    unguarded("DELETE FROM transparency_checkpoint", "DELETE FROM transparency_leaf")
    forget_what_was_published()
    actions.advance(most=3)
    sign_what_is_there()

    wrong = verify().wrong

    assert wrong.what == "removed"
    assert f"You saw {before} transactions" in str(wrong)


def forget_what_was_published() -> None:
    storages["log"].delete("checkpoint")


def sign_what_is_there() -> None:
    """Sign a smaller tree with the real key, as only the program refuses to."""
    assert queries.size() == 3
    assert _try_to_sign() is None
