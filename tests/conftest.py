"""A real PostgreSQL for every run, thrown away afterwards."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from commonweal.config.database import embedded_postgres

_FAST = "fsync=off synchronous_commit=off full_page_writes=off max_connections=200".split()


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, before Django reads its settings; workers inherit the address."""
    if "DATABASE_URL" in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="commonweal-test-"))
    server = embedded_postgres.get_server(folder / "postgres", cleanup_mode="delete")
    for setting in _FAST:
        server.psql(f"ALTER SYSTEM SET {setting.replace('=', ' = ')}")
    config.stash[_SERVER] = server
    server.psql("SELECT pg_reload_conf()")
    os.environ["DATABASE_URL"] = server.get_uri("postgres")


_SERVER = pytest.StashKey[embedded_postgres.PostgresServer]()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server this run started, and remove its files."""
    if _SERVER in config.stash:
        config.stash[_SERVER].cleanup()
