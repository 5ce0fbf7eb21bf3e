"""`commonweal worker`: do what happens in the background."""

from __future__ import annotations

import argparse

from commonweal.worker import background


def run(_: argparse.Namespace) -> int:
    """Work until told to stop."""
    background.work()
    return 0
