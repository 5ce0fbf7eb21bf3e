"""Two sequencers at once, writers that dawdle or give up, and connections that are cut."""

import random
import threading
import time
from contextlib import suppress

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Transaction
from commonweal.transparency import actions, queries
from commonweal.transparency.models import Checkpoint, Leaf
from ledger.conftest import Accounts, contribution, open_accounts

WRITERS, EACH = 4, 40
STRAGGLING_S = 0.3


class GivesUp(Exception):
    """A writer changes its mind."""


def write(number: int, written: list[int]) -> None:
    """Post gifts to a group of one's own: some dawdle before they commit, some never do."""
    draw = random.Random(number)
    accounts = open_accounts(party=100 + number)
    for n in range(EACH):
        with suppress(GivesUp):
            post(accounts, n, STRAGGLING_S * draw.random())
    written.append(number)
    connection.close()


@transaction.atomic
def post(accounts: Accounts, n: int, pause_s: float) -> None:
    ledger.post(contribution(accounts, 100 + n))
    if n % 10 == 0:
        time.sleep(pause_s)
    if n % 7 == 0:
        raise GivesUp


def take_in(stop: threading.Event) -> None:
    """Be a sequencer, also after the connection was cut."""
    while not stop.is_set():
        try:
            actions.advance(most=7)
        except DatabaseError:
            connection.close()
        time.sleep(0.002)
    connection.close()


def cut(address: str, stop: threading.Event, cuts: list[int]) -> None:
    """End the connections that are just now at the sequencer's work."""
    with psycopg.connect(address, autocommit=True) as admin:
        while not stop.is_set():
            found = admin.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
                " AND query LIKE '%transparency%' AND state <> 'idle'"
            ).fetchone()
            cuts.append(found[0])
            time.sleep(0.03)


def test_no_leaf_is_lost_doubled_or_forked(committed):
    actions.make_key(origin="commonweal-test")
    stop, written, cuts = threading.Event(), [], []
    writers = [threading.Thread(target=write, args=(n, written)) for n in range(WRITERS)]
    others = [threading.Thread(target=take_in, args=(stop,)) for _ in range(2)]
    others.append(threading.Thread(target=cut, args=(committed, stop, cuts)))
    for thread in [*others, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in others:
        thread.join()
    while actions.advance():
        pass
    ledger.post(contribution(open_accounts(), 1_00))  # so that there are two checkpoints at least
    while actions.advance():
        pass

    assert sorted(written) == [*range(WRITERS)]
    assert Leaf.objects.count() == Transaction.objects.count() == queries.size()
    assert queries.checkpoint().size == queries.size()
    assert Checkpoint.objects.count() > 1
    assert queries.discrepancies() == []
    assert sum(cuts) > 0


@pytest.mark.parametrize("most", [1, 1000])
def test_a_paused_writer_holds_nothing_up_and_is_not_forgotten(committed, most):
    actions.make_key(origin="commonweal-test")
    accounts = open_accounts()
    paused, go_on = threading.Event(), threading.Event()

    def dawdle() -> None:
        with transaction.atomic():
            ledger.post(contribution(open_accounts(party=55), 1_00))
            paused.set()
            go_on.wait(10)
        connection.close()

    writer = threading.Thread(target=dawdle)
    writer.start()
    assert paused.wait(10)
    for _ in range(3):
        ledger.post(contribution(accounts, 1_00))
    while actions.advance(most=most):
        pass
    assert queries.checkpoint().size == 3
    go_on.set()
    writer.join()
    while actions.advance(most=most):
        pass

    assert queries.checkpoint().size == 4
    assert queries.discrepancies() == []
