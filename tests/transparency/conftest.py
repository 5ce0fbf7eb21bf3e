"""A log of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from commonweal.transparency import actions
from commonweal.worker import log as worker
from ledger.conftest import accounts, gives  # noqa: F401 - fixtures of the ledger's tests


@pytest.fixture
def log(db, own_log: Path) -> Path:
    """Let there be a log with a key; return the folder it is published in."""
    actions.make_key(origin="commonweal-test")
    return own_log


def seal() -> None:
    """Let the worker take in and publish all that is there."""
    while worker.grow():
        pass
    worker.publish()


def unguarded(*statements: str) -> None:
    """Change what triggers protect, as the owner of the database can."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")
