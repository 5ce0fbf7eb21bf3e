"""`commonweal check-books`: try every rule of the ledger and of its log, and all clearing."""

from __future__ import annotations

import argparse

from commonweal.worker import audit


def run(_: argparse.Namespace) -> int:
    """Print what is not right, and end or sound the alarm; fail if anything is not right."""
    found = audit.watch()
    for sentence in found:
        print(sentence)
    if found:
        return 1
    print("The books are right.")
    return 0
