"""`commonweal check-books`: try every rule of the ledger on every row."""

from __future__ import annotations

import argparse

from commonweal.ledger import queries


def run(_: argparse.Namespace) -> int:
    """Print what does not add up; fail if anything does not."""
    found = queries.discrepancies()
    for discrepancy in found:
        print(f"{discrepancy.invariant}. {discrepancy.sentence}")
        for example in discrepancy.examples:
            print(f"   {example}")
    if not found:
        print("The books are right.")
    return 1 if found else 0
