"""`commonweal backup`: write database and files into one file."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from commonweal.cli import archive, postgres_programs
from commonweal.foundation import clock
from commonweal.foundation.errors import Refused
from commonweal.ledger.models import Transaction


class InTheWay(Refused):
    """There is a file of that name already."""


def run(options: argparse.Namespace) -> int:
    """Write the backup; never over another file."""
    if options.file.exists():
        raise InTheWay(f"{options.file} exists already: choose another name.")
    if not options.file.absolute().parent.is_dir():
        raise InTheWay(f"There is no folder {options.file.absolute().parent}.")
    with tempfile.TemporaryDirectory(prefix="commonweal-backup-") as folder:
        dumped = Path(folder) / archive.DUMP
        postgres_programs.dump(dumped)
        names = sorted(archive.stored_files())  # after: every file that the dump speaks of
        manifest = archive.Manifest(
            format=archive.FORMAT,
            made_at=clock.now().isoformat(timespec="seconds"),
            transactions=Transaction.objects.count(),
            files=len(names),
            dump_sha256=archive.sha256(dumped),
            keys=archive.fingerprints(),
        )
        archive.write(options.file, manifest, dumped, names)
    print(
        f"{options.file}: {manifest.transactions} transactions, {manifest.files} files. "
        "Keep COMMONWEAL_FIELD_KEYS and the key of the public log elsewhere: they are not inside."
    )
    return 0
