"""PostgreSQL's own programs, run on our database."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import IO

from django.conf import settings

from commonweal.config import embedded
from commonweal.foundation.errors import Refused


class ProgramFailed(Refused):
    """A program of PostgreSQL did not succeed."""


def start(name: str, *words: str, reading: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """Start a program; what it writes can be read from it."""
    return subprocess.Popen(
        [str(embedded.PROGRAMS / name), *words],
        env={**os.environ, **_whereabouts()},
        stdin=reading or subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(name: str, *words: str) -> bytes:
    """Run a program to its end; return what it wrote, or raise `ProgramFailed`."""
    process = start(name, *words)
    written, complaint = process.communicate()
    if process.returncode:
        raise ProgramFailed(f"{name}: {complaint.decode(errors='replace').strip()}")
    return written


def dump(file: Path) -> None:
    """Write the whole database into a file that pg_restore reads."""
    run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={file}")


def replace_database(dumped: Path) -> None:
    """Put a dump in the place of all tables, in one transaction: all of it or nothing."""
    script = start("pg_restore", "--no-owner", "--no-privileges", "--file=-", str(dumped))
    assert script.stdout is not None
    psql = start(
        "psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1",
        f"--command={EMPTY}", "--file=-", reading=script.stdout,
    )  # fmt: skip
    script.stdout.close()
    _, complaint = psql.communicate()
    _, earlier = script.communicate()
    if psql.returncode or script.returncode:
        raise ProgramFailed((earlier + complaint).decode(errors="replace").strip())


# The dump of a public schema says only what differs from a new one.
EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public; SET client_min_messages = warning;"


def _whereabouts() -> dict[str, str]:
    """Return the database as libpq's variables, so that no password shows in a process list."""
    known = settings.DATABASES["default"]
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    found = {variable: str(known[name]) for name, variable in names.items() if known[name]}
    options = {f"PG{key.upper()}": str(value) for key, value in known["OPTIONS"].items()}
    options.pop("PGPOOL")
    return {**found, **options, "PGDATABASE": str(known["NAME"])}
