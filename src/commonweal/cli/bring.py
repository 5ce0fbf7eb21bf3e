"""`commonweal import`: bring a history, or rates of currencies, along from elsewhere."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from commonweal.cli import statement
from commonweal.foundation.errors import Refused
from commonweal.importing.actions import Report, import_open_collective_csv, import_rates
from commonweal.importing.rules.export import LARGEST_BYTES

_WIDTH = 40


class NoSuchFile(Refused):
    """There is no such file, or it may not be read."""


def run(options: argparse.Namespace) -> int:
    """Import a file in the format named, and say what came of it."""
    if options.format == "statement":
        return statement.run(options)
    return _rates(options) if options.format == "rates" else _history(options)


def _rates(options: argparse.Namespace) -> int:
    report = import_rates(file=_content(options.file), by=None)
    print(
        f"{report.rates} rates of {report.currencies} currencies read, until {report.until}; "
        f"{report.new} of them new."
    )
    return 0


def _history(options: argparse.Namespace) -> int:
    started = time.monotonic()
    report = import_open_collective_csv(
        file=_content(options.file),
        collective=options.collective,
        host=options.host or "",
        by=None,
        dry_run=options.dry_run,
        progress=_bar if sys.stderr.isatty() else _no_bar,
    )
    took_s = time.monotonic() - started
    for line in _told(report, took_s, dry_run=options.dry_run):
        print(line)
    return 0


def _content(path: Path) -> bytes:
    """Return the bytes of a file, but not more of them than will be looked at."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise NoSuchFile(f"{path} cannot be read: {error.strerror}.") from error


def _told(report: Report, took_s: float, *, dry_run: bool) -> list[str]:
    """Return the lines that say what was done, or in a dry run what would have been."""
    new = sum(report.new.values())
    kinds = ", ".join(
        f"{number} {what}{'s' * (number != 1)}" for what, number in sorted(report.new.items())
    )
    made = " It is new here." if report.made else ""
    lines = [
        f"{_rows(report.rows)} read for {report.collective}, {new} of them new.{made}",
        f"By the file, its balance is {report.balance}.",
    ]
    if new:
        lines.insert(1, f"{kinds}; {_people(report.people)} not here before.")
        lines.append(f"{took_s:.1f} seconds, {new / took_s:,.0f} rows per second.")
    if dry_run:
        lines.append("This was a dry run: nothing was stored.")
    return lines


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def _people(number: int) -> str:
    return "1 person was" if number == 1 else f"{number} people were"


def _bar(done: int, of: int) -> None:
    """Draw how far it is; the line is wiped at the end."""
    filled = _WIDTH * done // of if of else _WIDTH
    text = f"\r{'█' * filled}{'░' * (_WIDTH - filled)} {done} of {of}"
    ended = done == of
    print("\r" + " " * len(text) + "\r" if ended else text, end="", file=sys.stderr, flush=True)


def _no_bar(_done: int, _of: int) -> None:
    """Draw nothing: nobody watches."""
