"""A real PostgreSQL for every run, thrown away afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from pathlib import Path

import django
import pytest

from commonweal.config.embedded import embedded_postgres

_FAST = ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]

_ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "commonweal.config.settings",
    "COMMONWEAL_DEMO": "1",
    "COMMONWEAL_SECRET_KEY": "nothing to hide in a test " * 2,
    "COMMONWEAL_FIELD_KEYS": "nothing to hide in a test " * 2,
    "COMMONWEAL_HOSTS": "localhost,127.0.0.1,testserver",
}


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, before Django reads its settings; workers inherit the address."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    if "DATABASE_URL" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="commonweal-test-"))
        os.environ["COMMONWEAL_DATA"] = str(folder)
        os.environ["DATABASE_URL"] = _start(folder / "postgres", config)
    django.setup()


def _start(folder: Path, config: pytest.Config) -> str:
    server = embedded_postgres.get_server(folder, cleanup_mode="delete")
    for setting in _FAST:
        server.psql(f"ALTER SYSTEM SET {setting}")
    server.psql("SELECT pg_reload_conf()")
    config.stash[_SERVER] = server
    return str(server.get_uri("postgres"))


_SERVER = pytest.StashKey[embedded_postgres.PostgresServer]()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server this run started, and remove its files."""
    if _SERVER in config.stash:
        config.stash[_SERVER].cleanup()
        shutil.rmtree(os.environ["COMMONWEAL_DATA"], ignore_errors=True)


_OUR_OWN = {"127.0.0.1", "::1", "localhost", "0.0.0.0", ""}  # noqa: S104 - nothing is bound to it


@pytest.fixture(autouse=True, scope="session")
def nothing_outside_is_reached():
    """Refuse every connection that would leave this computer."""
    connect = socket.socket.connect

    def connect_near(self, address):
        is_outside = self.family in {socket.AF_INET, socket.AF_INET6}
        if is_outside and address[0] not in _OUR_OWN:
            raise OSError(f"a test tried to reach {address}")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_near)
        yield
