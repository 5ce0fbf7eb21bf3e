"""`commonweal import`: bring a history along from elsewhere."""

from __future__ import annotations

import argparse


def run(options: argparse.Namespace) -> int:
    """Import a file in the format named."""
    raise NotImplementedError(options.format)
