"""`commonweal check-books`: try every rule of the ledger on every row, and all clearing."""

from __future__ import annotations

import argparse

from commonweal.ledger import queries
from commonweal.payments import queries as payments


def run(_: argparse.Namespace) -> int:
    """Print what does not add up; fail if anything does not."""
    found = queries.discrepancies()
    for discrepancy in found:
        print(f"{discrepancy.invariant}. {discrepancy.sentence}")
        for example in discrepancy.examples:
            print(f"   {example}")
    unexplained = payments.unexplained()
    for one in unexplained:
        print(f"{one.account} holds {one.held}, but {one.explained} is on its way through it.")
    if found or unexplained:
        return 1
    print("The books are right.")
    return 0
