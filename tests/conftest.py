"""A real PostgreSQL for every run, thrown away afterwards."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from commonweal.config.embedded import embedded_postgres

_FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"]

_ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "commonweal.config.settings",
    "COMMONWEAL_DEMO": "1",
    "COMMONWEAL_SECRET_KEY": "nothing to hide in a test " * 2,
    "COMMONWEAL_FIELD_KEYS": "nothing to hide in a test " * 2,
    "COMMONWEAL_HOSTS": "localhost,127.0.0.1,testserver",
}


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, before Django reads its settings; workers inherit the address."""
    if "COMMONWEAL_SECRET_KEY" not in os.environ:
        os.environ.update(_ENVIRONMENT)
    if "DATABASE_URL" in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="commonweal-test-"))
    os.environ["COMMONWEAL_DATA"] = str(folder)
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
