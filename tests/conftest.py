"""A real PostgreSQL for every run, thrown away afterwards."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import django
import psycopg
import pytest
import pytest_django
from django.db import connection
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation

from commonweal.config import addresses
from commonweal.config.embedded import embedded_postgres

pytest_plugins = ["browser.browsers"]
# Nearly every test takes back what it wrote. Whoever counts rows between two tests finds none, and
# the planner then believes for good that tables are empty: minutes for what takes a moment.
_STEADY = ["autovacuum = off"]
_FAST = ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]

_ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "commonweal.config.settings",
    "COMMONWEAL_DEMO": "1",
    "COMMONWEAL_SECRET_KEY": "nothing to hide in a test " * 2,
    "COMMONWEAL_FIELD_KEYS": "nothing to hide in a test " * 2,
    "COMMONWEAL_HOSTS": "localhost,127.0.0.1,testserver",
}


def _start() -> None:
    """Start the server before Django reads its settings; parallel workers inherit the address."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    if "DATABASE_URL" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="commonweal-test-"))
        server = embedded_postgres.get_server(folder / "postgres", cleanup_mode="delete")
        for setting in [*_FAST, *_STEADY]:
            server.psql(f"ALTER SYSTEM SET {setting}")
        server.psql("SELECT pg_reload_conf()")
        os.environ["COMMONWEAL_DATA"] = str(folder)
        os.environ["DATABASE_URL"] = str(server.get_uri("postgres"))
        atexit.register(_stop, server, folder)
    django.setup()


def _stop(server: embedded_postgres.PostgresServer, folder: Path) -> None:
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


_start()  # while this file loads, so that those beside the tests may import models


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


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Speak English again after a test that spoke something else."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _books_are_right(request: pytest.FixtureRequest) -> Iterator[None]:
    """After every test that touched the database, add everything up and check every invariant."""
    if "db" not in request.fixturenames and not request.node.get_closest_marker("django_db"):
        yield
        return
    request.getfixturevalue("db")
    yield
    _check_books()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Let go of the test database at the end, so that it can be dropped."""
    yield
    connection.close()
    connection.close_pool()
    name = connection.settings_dict["NAME"]
    if name.startswith(TEST_DATABASE_PREFIX):
        with psycopg.connect(**_server(), autocommit=True) as admin:
            _end_sessions(admin, name)


def _server() -> dict[str, str]:
    settings = connection.settings_dict
    return {"host": settings["HOST"], "user": settings["USER"], "dbname": "postgres"}


def _end_sessions(admin: psycopg.Connection, database: str) -> None:
    """End what a thread or a child left open: it may still be on its way out."""
    admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database]
    )


@pytest.fixture(scope="session")
def _migrated(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """Make the test database also where none of the chosen tests asked Django for one."""
    if connection.settings_dict["NAME"].startswith(TEST_DATABASE_PREFIX):
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0, interactive=False, aliases=["default"], serialized_aliases=[]
        )
        yield
        teardown_databases(made, verbosity=0)


@pytest.fixture
def own_log(
    tmp_path: Path, settings: pytest_django.Settings, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Let the public log have a key and a folder of this test, here and in every child."""
    folder = tmp_path / "log"
    monkeypatch.setenv("COMMONWEAL_LOG_KEY", str(tmp_path / "log.key"))
    monkeypatch.setenv("COMMONWEAL_LOG_URL", folder.as_uri())
    settings.LOG_KEY = tmp_path / "log.key"
    settings.AUDIT_MEMORY = tmp_path / "audit"
    settings.STORAGES = {**settings.STORAGES, "log": addresses.public_store("", folder)}
    return folder


@pytest.fixture
def committed(
    _migrated: None, own_log: Path, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[str]:
    """Give a database of its own where commits are real: for threads, crashes and browsers.

    It is a copy of the migrated test database, dropped afterwards. Yields its address.
    """
    settings = connection.settings_dict
    migrated, copy = settings["NAME"], f"{settings['NAME']}_{uuid4().hex[:8]}"
    connection.close()
    connection.close_pool()
    with psycopg.connect(**_server(), autocommit=True) as admin, django_db_blocker.unblock():
        _end_sessions(admin, migrated)
        admin.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{migrated}"')
        settings["NAME"] = copy
        try:
            yield f"postgresql://{settings['USER']}@/{copy}?host={settings['HOST']}"
            _check_books()
        finally:
            connection.close()
            connection.close_pool()
            settings["NAME"] = migrated
            admin.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


def _check_books() -> None:
    """Run the sequencer dry, follow every euro, then ask every invariant."""
    from commonweal.discovery.actions import trace  # noqa: PLC0415 - needs Django set up
    from commonweal.discovery.queries import untraced  # noqa: PLC0415
    from commonweal.ledger.actions import advance  # noqa: PLC0415
    from commonweal.ledger.models import Transaction  # noqa: PLC0415
    from commonweal.ledger.queries import discrepancies  # noqa: PLC0415

    if Transaction.objects.exists():
        while advance():
            pass
        while trace():
            pass
        assert not [*discrepancies(), *untraced()]


from cast import (  # noqa: E402, F401 - it imports models, which need Django set up
    alice,
    bob,
    browse,
    brussels,
    carol,
    commons,
    dan,
    gardens,
    hana,
    seedlings,
    sure,
)
