"""A bar that fills, for commands that take a while."""

from __future__ import annotations

import sys

WIDTH = 32
EVERY_PERCENT = 20


class Bar:
    """Call it with how much is done, of how much, and what is being done.

    On a terminal one line fills; elsewhere a line is printed now and then.
    """

    def __init__(self) -> None:
        self.on_terminal = sys.stdout.isatty()
        self.shown = -1

    def __call__(self, done: int, of: int, what: str) -> None:
        """Show how far it is."""
        percent = 100 * done // of if of else 100
        if self.on_terminal:
            filled = WIDTH * percent // 100
            bar = "█" * filled + "░" * (WIDTH - filled)
            print(f"\r  {bar} {percent:3} %  {what[:40]:40}", end="", flush=True)
            if done >= of:
                print()
        elif percent // EVERY_PERCENT > self.shown:
            self.shown = percent // EVERY_PERCENT
            print(f"  {percent} %  {what}")
