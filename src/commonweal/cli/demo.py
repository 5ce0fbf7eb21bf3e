"""`commonweal demo`: load the demo city, unless it is loaded."""

from __future__ import annotations

import argparse


def run(_: argparse.Namespace) -> int:
    """Load the city with a progress bar."""
    return 0
