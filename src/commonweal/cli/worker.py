"""`commonweal worker`: do what happens in the background."""

from __future__ import annotations

import argparse

from commonweal.cli import lifeline
from commonweal.worker import background


def run(options: argparse.Namespace) -> int:
    """Work until told to stop."""
    if options.with_parent:
        lifeline.end_with_parent()
    background.work()
    return 0
