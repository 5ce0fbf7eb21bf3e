"""`commonweal restore`: bring a backup back."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from commonweal.cli import archive, check_books, instance, postgres_programs
from commonweal.config import environment
from commonweal.foundation.connections import close_all
from commonweal.foundation.errors import Refused
from commonweal.people.models import Party


class NotEmpty(Refused):
    """This instance holds people or money already. Say --replace to throw that away."""


class StillInUse(Refused):
    """Other programs use this database."""


class OtherKeys(Refused):
    """The bank accounts in this backup were encrypted with other keys.

    Set COMMONWEAL_FIELD_KEYS as it was on the server that made the backup.
    """


OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
PATIENCE_S = 3


def run(options: argparse.Namespace) -> int:
    """Check the backup, then this instance, then replace it, then check the books."""
    with tempfile.TemporaryDirectory(prefix="commonweal-restore-") as name:
        folder = Path(name)
        manifest = archive.unpack(options.file, folder)
        if manifest.keys and not set(manifest.keys) & set(archive.fingerprints()):
            raise OtherKeys
        _refuse_while_in_use()
        if not options.replace and _holds_something():
            raise NotEmpty
        kept = archive.store_files(folder)
        close_all()
        postgres_programs.replace_database(folder / archive.DUMP)
    for superfluous in set(archive.stored_files()) - kept:
        default_storage.delete(superfluous)
    instance.forget_prepared(environment.read().data)
    call_command("migrate", interactive=False, verbosity=0)
    print(
        f"Restored what {options.file} held on {manifest.made_at}: "
        f"{manifest.transactions} transactions, {manifest.files} files."
    )
    return check_books.run(options)


def _refuse_while_in_use() -> None:
    """Refuse while others are connected; ours that just closed may still be seen for a moment."""
    close_all()
    give_up = time.monotonic() + PATIENCE_S
    while others := int(postgres_programs.run("psql", "--no-psqlrc", "-tAc", OTHERS)):
        if time.monotonic() > give_up:
            raise StillInUse(
                f"{others} other connections use this database: stop web and worker first."
            )
        time.sleep(0.1)


def _holds_something() -> bool:
    return "people_party" in connection.introspection.table_names() and Party.objects.exists()
