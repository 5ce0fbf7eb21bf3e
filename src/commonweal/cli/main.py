"""The `commonweal` command: finds the command named, gives it a database, and runs it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module

import django
from django.core import checks
from django.db import ProgrammingError
from psycopg.errors import UndefinedColumn, UndefinedTable

from commonweal.cli import lifeline
from commonweal.cli.arguments import parser
from commonweal.config import embedded, environment, safety
from commonweal.foundation.connections import close_all
from commonweal.foundation.errors import Refused

# These two start without a database: one starts it, the other tells what is wrong with it.
BY_THEMSELVES = {"run", "doctor"}
SERVERS = {"serve", "worker"}


def main(words: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    options = parser().parse_args(words)
    if options.data:
        os.environ["COMMONWEAL_DATA"] = str(options.data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.config.settings")
    try:
        code = run(options)
    except (environment.WrongSetting, Refused, embedded.CannotStart) as error:
        print(error, file=sys.stderr)
        code = 2
    except ProgrammingError as error:
        if not isinstance(error.__cause__, (UndefinedTable, UndefinedColumn)):
            raise
        print(
            "This database is not set up for this version: run commonweal migrate first.",
            file=sys.stderr,
        )
        code = 2
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def run(options: argparse.Namespace) -> int:
    """Run the command that the options name, with a database where it needs one."""
    name = "cli." + options.command.replace("-", "_").replace("import", "bring")
    if getattr(options, "with_parent", False):
        lifeline.end_with_parent()
    settings = environment.read()
    if options.command in SERVERS:
        safety.refuse_unsafe(settings)
    with _database(options.command, settings):
        if options.command not in BY_THEMSELVES:
            django.setup()
        if options.command in SERVERS:
            _refuse_what_django_refuses()
        command = import_module(f"commonweal.{name}")
        try:
            return int(command.run(options))
        finally:
            close_all()


def _refuse_what_django_refuses() -> None:
    """Ask every app whether it is safe to serve, such as rails of pretend money."""
    errors = [one for one in checks.run_checks(tags=[checks.Tags.security]) if one.is_serious()]
    if errors:
        raise environment.WrongSetting("\n".join(str(one.msg) for one in errors))


def _database(command: str, settings: environment.Environment) -> AbstractContextManager[str]:
    if command in BY_THEMSELVES or settings.database_url:
        return nullcontext("")
    return embedded.provided(settings.data)
