"""`commonweal doctor`: say what is set up and what is missing, in plain words."""

from __future__ import annotations

import argparse
import platform
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

import django
import psycopg
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from commonweal.cli import instance
from commonweal.config import embedded, environment, safety
from commonweal.config.environment import Environment
from commonweal.foundation import clock

OLDEST_POSTGRES = 16
LEAST_SPACE_GB = 2


@dataclass(frozen=True)
class Finding:
    """Something the doctor looked at. What is not `well` keeps the server from working rightly."""

    well: bool
    sentence: str


def run(options: argparse.Namespace) -> int:
    """Print every finding; fail if something is missing."""
    if options.new_key:
        print(instance.new_key())
        return 0
    with ExitStack() as stack:
        findings = list(_examine(environment.read(), stack))
    for finding in findings:
        print(f"{'ok     ' if finding.well else 'MISSING'}  {finding.sentence}")
    missing = sum(not finding.well for finding in findings)
    print(f"\n{missing} things need care." if missing else "\nAll is well.")
    return 1 if missing else 0


def _examine(known: Environment, stack: ExitStack) -> Iterator[Finding]:
    yield Finding(well=True, sentence=f"Python {platform.python_version()}.")
    yield from _about_settings(known)
    yield from _about_the_folder(known)
    try:
        address = known.database_url or stack.enter_context(embedded.provided(known.data))
        with psycopg.connect(address, connect_timeout=5) as one:
            version = one.info.server_version // 10000
    except (psycopg.Error, embedded.CannotStart) as error:
        yield Finding(well=False, sentence=f"The database cannot be reached. {error}".strip())
        return
    origin = "from DATABASE_URL" if known.database_url else "built in"
    yield Finding(well=version >= OLDEST_POSTGRES, sentence=f"PostgreSQL {version}, {origin}.")
    django.setup()
    migrated = _about_migrations()
    yield migrated
    yield _about_the_worker()
    if not migrated.well:
        return
    log = import_module("commonweal.cli.log")  # only now: it needs models
    yield from (Finding(well=well, sentence=sentence) for well, sentence in log.examined())


def _about_settings(known: Environment) -> Iterator[Finding]:
    if known.demo:
        yield Finding(well=True, sentence="This is a demo: pretend money, a mailbox all can read.")
    for problem in safety.problems(known):
        yield Finding(well=False, sentence=problem)
    yield Finding(well=True, sentence=f"People find it at {known.address}.")
    if not known.address.startswith("https://") and not known.demo:
        yield Finding(
            well="localhost" in known.address or "127.0.0.1" in known.address,
            sentence="The address has no https: only good for trying on this computer.",
        )
    yield _about_mail(known)
    kept = "in a bucket" if known.files_url else f"in {known.data / 'files'}"
    yield Finding(well=True, sentence=f"Uploaded files are kept {kept}.")


def _about_mail(known: Environment) -> Finding:
    if known.mail_url:
        well = bool(known.mail_from)
        missing = "" if well else " COMMONWEAL_MAIL_FROM is missing: say who the letters are from."
        return Finding(well=well, sentence=f"Letters go out over SMTP.{missing}")
    if known.demo:
        return Finding(well=True, sentence="Letters go to the mailbox page.")
    return Finding(
        well=False,
        sentence="COMMONWEAL_MAIL_URL is missing: letters, also the codes people sign in with, "
        "are only printed on the terminal.",
    )


def _about_the_folder(known: Environment) -> Iterator[Finding]:
    known.data.mkdir(parents=True, exist_ok=True)
    free_gb = shutil.disk_usage(known.data).free // 10**9
    yield Finding(
        well=free_gb >= LEAST_SPACE_GB,
        sentence=f"The data folder {known.data.resolve()} has {free_gb} GB of free space.",
    )


def _about_migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        return Finding(well=False, sentence=f"{waiting} migrations wait: run `commonweal migrate`.")
    return Finding(well=True, sentence="The database has all migrations.")


def _about_the_worker() -> Finding:
    if "procrastinate_workers" not in connection.introspection.table_names():
        return Finding(well=False, sentence="No worker has ever run.")
    lately = clock.now() - timedelta(seconds=60)
    workers = apps.get_model("procrastinate", "ProcrastinateWorker")
    alive = workers.objects.filter(last_heartbeat__gt=lately).exists()
    if alive:
        return Finding(well=True, sentence="A worker is at work.")
    return Finding(well=False, sentence="No worker is at work: start `commonweal worker`.")
