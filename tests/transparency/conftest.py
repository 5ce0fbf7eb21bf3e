"""A log of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonweal.transparency import actions
from ledger.conftest import accounts, gives  # noqa: F401 - fixtures of the ledger's tests


@pytest.fixture
def log(db, own_log: Path) -> Path:
    """Let there be a log with a key; return the folder it is published in."""
    actions.make_key(origin="commonweal-test")
    return own_log
