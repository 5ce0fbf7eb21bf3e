"""`commonweal import statement`: take in what a host's bank says, and place its lines."""

from __future__ import annotations

import argparse
import time

from commonweal.banking.actions import place_new, take
from commonweal.foundation.errors import Refused
from commonweal.hosting import queries as hosting


class NoSuchHost(Refused):
    """No host has this name here."""


class NoSuchStatement(Refused):
    """There is no such file, or it may not be read."""


def run(options: argparse.Namespace) -> int:
    """Take in a file, place its lines, and say what came of it."""
    started = time.monotonic()
    host = hosting.host_by_slug(options.host)
    if host is None:
        raise NoSuchHost
    try:
        content = options.file.open("rb")
    except OSError as error:
        raise NoSuchStatement(f"{options.file} cannot be read: {error.strerror}.") from error
    with content:
        taken = take(
            host=host, name=options.file.name, content=content, by=None, is_ours=options.ours
        )
    placed = place_new(host=host, by=None)
    took_s = time.monotonic() - started
    if taken.again:
        print("This file was here already. Nothing was counted twice.")
    print(f"{taken.new} new lines, {taken.known} known before, {taken.pending} only announced.")
    for one in taken.statements:
        if one.gap_minor:
            print(f"The statement until {one.to_on} does not begin where the one before ended.")
    print(f"{placed} lines placed. {took_s:.1f} seconds.")
    return 0
