"""`commonweal trace`: follow every euro again from the first line of the ledger."""

from __future__ import annotations

import argparse

from commonweal.discovery import queries
from commonweal.discovery.actions import trace_anew


def run(_: argparse.Namespace) -> int:
    """Make anew what each gift paid for, and say whether every cent is explained."""
    number = trace_anew()
    print(f"Followed every euro: {number} times a gift paid for something.")
    found = queries.untraced()
    for sentence in found:
        print(sentence)
    return 1 if found else 0
