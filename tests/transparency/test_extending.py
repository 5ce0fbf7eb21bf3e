"""Every transaction becomes one leaf, in order; the tree over them is signed and never forks."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from commonweal.ledger import actions as ledger
from commonweal.ledger.models import PrivateFact, Transaction
from commonweal.transparency import actions, queries
from commonweal.transparency.models import Checkpoint, Key, Leaf, Tile
from commonweal.transparency.rules import leaves, notes, tree
from ledger.conftest import contribution
from transparency.conftest import unguarded

pytestmark = pytest.mark.django_db


def bodies() -> list[bytes]:
    return [bytes(one) for one in Leaf.objects.order_by("position").values_list("body", flat=True)]


def root_of_bodies() -> bytes:
    hashes = [tree.leaf_hash(body) for body in bodies()]
    return tree.root(len(hashes), lambda height, n: perfect(hashes, height, n))


def perfect(hashes: list[bytes], height: int, n: int) -> bytes:
    if height == 0:
        return hashes[n]
    below = [perfect(hashes, height - 1, 2 * n + side) for side in (0, 1)]
    return tree.node_hash(*below)


def test_a_gift_becomes_a_leaf_that_says_all_but_what_is_personal(log, accounts, gives):
    number = gives(2000, fee=100, rail_fee=30, who="Alice Peeters", what="For the tomatoes")
    actions.advance()

    [body] = bodies()

    posted = Transaction.objects.get(pk=number)
    leaf = json.loads(body)
    assert leaf.pop("c").keys() == {"description", "counterparty"}
    assert leaf == {
        "v": "leaf/1", "id": str(posted.key), "kind": 1, "cat": "gifts", "host": 1,
        "at": posted.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "eff": "2026-11-21",
        "refs": {"contribution": "k3f9"},
        "p": [
            ["charges:1:card:EUR", 1, -2000],
            ["funds:7:1:EUR", 1, 1870, 1, "1870"],
            ["host_fees:1:EUR", 2, 100],
            ["processor_fees:1:card:EUR", 3, 30],
        ],
    }  # fmt: skip
    assert b"Alice" not in body
    assert b"tomatoes" not in body


def test_the_bytes_of_a_leaf_are_canonical():
    record = leaves.Record(
        key="00000000-0000-7000-8000-000000000001", kind=5,
        at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC), effective_on=date(2026, 1, 2),
        lines=[leaves.Line("funds:7:1:EUR", 5, -250, 2, 10**18), leaves.Line("bank:1:EUR", 5, 250)],
        refs={"expense": "7/3"}, commitments={"b": "Y", "a": "X"},
    )  # fmt: skip

    assert leaves.body(record) == (
        b'{"at":"2026-01-02T03:04:05.000006Z","c":{"a":"X","b":"Y"},"eff":"2026-01-02",'
        b'"id":"00000000-0000-7000-8000-000000000001","kind":5,'
        b'"p":[["funds:7:1:EUR",5,-250,2,"1000000000000000000"],["bank:1:EUR",5,250]],'
        b'"refs":{"expense":"7/3"},"v":"leaf/1"}'
    )


def test_a_private_value_opens_its_commitment_and_no_other_does(log, gives):
    gives(2000, who="Alice Peeters")
    actions.advance()

    fact = PrivateFact.objects.get(field="counterparty")
    committed = json.loads(bodies()[0])["c"]["counterparty"]

    assert leaves.commitment("counterparty", bytes(fact.salt), "Alice Peeters") == committed
    assert leaves.commitment("counterparty", bytes(fact.salt), "Alice Peters") != committed
    assert leaves.commitment("description", bytes(fact.salt), "Alice Peeters") != committed


def test_a_reversal_names_what_it_gives_back(log, gives):
    gift = gives(2000)
    ledger.reverse(
        key="00000000-0000-7000-8000-000000000001", transaction_id=gift,
        effective_on=date(2026, 11, 22),
    )  # fmt: skip
    actions.advance()

    assert json.loads(bodies()[1])["rev"] == str(Transaction.objects.get(pk=gift).key)


def test_what_is_visible_is_signed_once_all_of_it_is_in_the_tree(log, gives):
    for _ in range(5):
        gives(100)

    assert [actions.advance(most=2) for _ in range(3)] == [2, 2, 1]

    [checkpoint] = Checkpoint.objects.all()
    note = notes.Note.read(checkpoint.note)
    assert note.signed_by(queries.verifier())
    assert notes.Checkpoint.read(note.text) == notes.Checkpoint(
        origin="commonweal-test", size=5, root=root_of_bodies()
    )
    assert actions.advance() == 0
    assert Checkpoint.objects.count() == 1


def test_each_new_tree_starts_with_the_one_before(log, gives):
    for several in (1, 3, 255, 2):
        for _ in range(several):
            gives(100)
        actions.advance()

    known = list(Checkpoint.objects.order_by("size"))
    assert [one.size for one in known] == [1, 4, 259, 261]
    for old, new in itertools.pairwise(known):
        proof = tree.consistency(old.size, new.size, queries.node())
        assert tree.is_consistent(old.size, bytes(old.root), new.size, bytes(new.root), proof)
    assert bytes(known[-1].root) == root_of_bodies()
    assert list(Tile.objects.values_list("level", "n")) == [(0, 0)]


def test_history_from_before_the_log_joins_it(own_log, gives):
    for _ in range(3):
        gives(100)
    while ledger.advance():
        pass
    actions.make_key(origin="commonweal-test")

    actions.advance()

    assert queries.checkpoint().size == 3


def test_without_a_key_the_tree_grows_and_nothing_is_signed(own_log, gives):
    gives(100)

    assert actions.advance() == 1
    assert queries.checkpoint() is None


def test_a_lost_key_stops_the_signing_and_nothing_else(log, gives):
    gives(100)
    actions.advance()
    settings.LOG_KEY.unlink()
    gives(100)

    with pytest.raises(actions.KeyMissing):
        actions.advance()

    assert queries.size() == 2
    assert queries.checkpoint().size == 1


def test_another_key_in_its_place_stops_the_signing(log, gives):
    settings.LOG_KEY.write_text(notes.Signer.made("commonweal-test").secret)
    gives(100)

    with pytest.raises(actions.OtherKey):
        actions.advance()

    assert queries.checkpoint() is None


def test_a_tree_with_another_past_is_not_signed(log, gives):
    for _ in range(3):
        gives(100)
    actions.advance()
    unguarded("UPDATE transparency_leaf SET hash = sha256('forged') WHERE position = 1")
    gives(100)

    with pytest.raises(actions.Forked):
        actions.advance()

    assert queries.checkpoint().size == 3


def test_an_older_backup_is_signed_only_once_it_has_caught_up(log, gives):
    for _ in range(3):
        gives(100)
    actions.advance()
    actions.publish()
    unguarded(
        "DELETE FROM transparency_checkpoint", "DELETE FROM transparency_leaf WHERE position > 0"
    )

    actions.advance(most=1)
    assert queries.checkpoint() is None
    actions.advance()  # the same transactions again

    assert queries.checkpoint().size == 3


def test_after_an_older_backup_nothing_is_signed_that_is_smaller_or_other(log, gives):
    gives(100)
    actions.advance()
    with pytest.raises(RestoredFromBackup):
        publish_and_lose(gives)

    gives(300)
    with pytest.raises(actions.BehindWhatWasSeen):
        actions.advance()
    for _ in range(3):
        gives(300)
    with pytest.raises(actions.Forked, match="not what was published"):
        actions.advance()

    assert queries.checkpoint().size == 1


def test_other_transactions_after_an_older_backup_are_never_signed(log, gives):
    for _ in range(2):
        gives(100)
    actions.advance()
    actions.publish()
    unguarded(
        "DELETE FROM transparency_checkpoint", "DELETE FROM transparency_leaf",
        "DELETE FROM ledger_position", "UPDATE ledger_sequencer SET next_position = 0, low_id = 0",
        "DELETE FROM ledger_tally", "DELETE FROM ledger_daysum", "DELETE FROM ledger_monthsum",
        "UPDATE ledger_transaction SET effective_on = '2020-01-01'",
    )  # fmt: skip
    gives(100)

    with pytest.raises(actions.Forked):
        actions.advance()

    assert queries.checkpoint() is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE transparency_leaf SET body = 'x'",
        "DELETE FROM transparency_leaf",
        "TRUNCATE transparency_leaf CASCADE",
        "UPDATE transparency_checkpoint SET note = 'x'",
        "DELETE FROM transparency_checkpoint",
        "DELETE FROM transparency_tile",
        "UPDATE transparency_key SET verifier = 'x'",
        "INSERT INTO transparency_leaf VALUES (7, 'x', sha256('x'))",
        "INSERT INTO transparency_checkpoint VALUES (1, 'x', 'x', now())",
        "INSERT INTO transparency_checkpoint VALUES (9, 'x', 'x', now())",
    ],
)
def test_the_database_itself_only_lets_the_log_grow(log, gives, statement):
    gives(100)
    actions.advance()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_key_is_made_once_and_only_the_server_can_read_it(log):
    before = settings.LOG_KEY.read_text()
    actions.make_key(origin="another-name")

    assert settings.LOG_KEY.read_text() == before
    assert settings.LOG_KEY.stat().st_mode & 0o777 == 0o600
    assert queries.verifier().name == "commonweal-test"
    assert before.strip() not in str(list(Key.objects.values()))


def test_a_new_key_is_named_by_the_old_one(log, gives):
    gives(100)
    actions.advance()
    old = queries.verifier()

    actions.rotate_key()

    new = queries.verifier()
    handover = notes.Note.read(queries.key_history()[1].handover)
    assert new != old
    assert handover.signed_by(old)
    assert handover.signed_by(new)
    assert str(old) in handover.text
    assert str(new) in handover.text


def test_checkpoints_after_a_handover_bear_the_new_key(
    log, gives, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.rotate_key()
    gives(100)
    actions.advance()

    note = notes.Note.read(queries.checkpoint().note)
    assert note.signed_by(queries.verifier())
    assert len(note.signatures) == 1
    assert not settings.LOG_KEY.with_suffix(".next").exists()


def test_a_crash_between_handover_and_moving_the_key_leaves_one_that_signs(log, gives):
    actions.rotate_key()  # and the process is gone before anything after the commit
    gives(100)

    actions.advance()

    assert notes.Note.read(queries.checkpoint().note).signed_by(queries.verifier())


def test_a_leaf_costs_no_more_queries_with_a_long_history(
    log, gives, django_assert_max_num_queries
):
    for _ in range(300):
        gives(100)
    actions.advance()
    gives(100)

    with django_assert_max_num_queries(24):
        actions.advance()


def test_a_late_batch_is_posted_as_drafts_are(log, accounts):
    ledger.post_batch([contribution(accounts, 100) for _ in range(3)])

    assert actions.advance() == 3


def test_what_was_published_is_never_replaced_by_less(log, gives):
    gives(100)
    actions.advance()
    with pytest.raises(RestoredFromBackup):
        publish_and_lose(gives)
    before = (log / "checkpoint").read_bytes()

    with pytest.raises(actions.BehindWhatWasSeen):
        actions.publish()

    assert (log / "checkpoint").read_bytes() == before


def test_a_hand_over_that_fails_after_a_crash_keeps_the_key_in_force(log, gives):
    actions.rotate_key()  # and the process is gone before the new key is in its place
    with pytest.raises(RestoredFromBackup):
        rotate_and_fail()
    gives(100)

    actions.advance()

    assert queries.checkpoint().size == 1


@transaction.atomic
def rotate_and_fail() -> None:
    actions.rotate_key()
    raise RestoredFromBackup


class RestoredFromBackup(Exception):
    """What came after the backup is lost."""


@transaction.atomic
def publish_and_lose(gives) -> None:
    """Publish three transactions that are then not there any more."""
    for _ in range(3):
        gives(200)
    actions.advance()
    actions.publish()
    raise RestoredFromBackup
