"""The sequencer on a PostgreSQL that holds prepared transactions, or is killed under it."""

import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.xdist_group("cli")

CITY = """
from commonweal.transparency import actions, queries
from commonweal.transparency.models import Leaf
from commonweal.ledger import actions as ledger
from commonweal.ledger.models import Transaction
from ledger.conftest import contribution, open_accounts
actions.make_key(origin="city")
accounts = open_accounts()
def catch_up():
    while actions.advance():
        pass
"""

PREPARED = (
    CITY
    + """
import psycopg
settings = connection.settings_dict
other = psycopg.connect(host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"])
number = other.execute(
    "SELECT ledger_post(gen_random_uuid(), '\\\\x00', 1::smallint, current_date, 1, 1::smallint,"
    " NULL, '{}', ARRAY[%s, %s]::bigint[], ARRAY[-500, 500]::bigint[], ARRAY[1, 1]::smallint[],"
    " ARRAY[]::text[], ARRAY[]::text[], ARRAY[]::bytea[], ARRAY[]::bigint[])",
    [accounts.clearing, accounts.bank],
).fetchone()
other.execute("PREPARE TRANSACTION 'held'")
other.close()
for _ in range(3):
    ledger.post(contribution(accounts, 100))
for _ in range(4):
    catch_up()
print(queries.checkpoint().size, end=" ")
connection.cursor().execute("COMMIT PREPARED 'held'")
catch_up()
print(queries.checkpoint().size, Leaf.objects.count(), queries.discrepancies())
"""
)

BUSY = (
    CITY
    + """
while True:
    ledger.post(contribution(accounts, 100))
    actions.advance(most=3)
"""
)

AFTERWARDS = (
    CITY
    + """
ledger.post(contribution(accounts, 100))
catch_up()
print(Transaction.objects.count() == Leaf.objects.count() == queries.checkpoint().size, end=" ")
print(queries.discrepancies(), Leaf.objects.count())
"""
)


def test_a_prepared_transaction_is_not_forgotten(copy_of_instance, tmp_path):
    command = copy_of_instance(tmp_path / "data")
    with (command.data / "postgres" / "postgresql.auto.conf").open("a") as file:
        file.write("max_prepared_transactions = 4\n")

    assert command.python(PREPARED) == "3 4 4 []"


def test_postgresql_killed_under_the_sequencer_leaves_no_gap(copy_of_instance, tmp_path):
    command = copy_of_instance(tmp_path / "data")
    grew = 0

    for _ in range(3):
        busy = subprocess.Popen(
            [sys.executable, "-c", command.preface + BUSY], env=command.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(4)
        for process in command.postgres():
            process.send_signal(signal.SIGKILL)
        busy.kill()
        busy.wait(30)

        right, wrong, leaves = command.python(AFTERWARDS).split()
        assert (right, wrong) == ("True", "[]")
        assert int(leaves) > grew
        grew = int(leaves)
