"""The processes that `commonweal run` starts, watches, starts again and stops."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from threading import Event

LOOK_S = 0.1
PATIENCE_S = 15
MOST_RESTARTS = 5
WITHIN_S = 60


class Child:
    """One of our commands, running. It ends with us, however we end: it reads our end of a pipe."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.started: list[float] = []
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        self.started.append(time.monotonic())
        return subprocess.Popen(
            [*COMMAND, *self.words, "--with-parent"],
            stdin=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is ours to pass on, in good order
        )

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def revive(self) -> bool:
        """Start it again if it ended; say no if it ended too often lately."""
        if self.is_running:
            return True
        recent = [when for when in self.started if when > time.monotonic() - WITHIN_S]
        if len(recent) >= MOST_RESTARTS:
            return False
        print(f"commonweal {self.words[0]} ended ({self.process.returncode}); starting it again.")
        self.process = self._start()
        return True


COMMAND = [sys.executable, "-m", "commonweal"]


def call(*words: str, told_to_stop: Event) -> int:
    """Run one of our commands to its end, or until told to stop; return its exit code."""
    child = Child(*words)
    while child.is_running and not told_to_stop.wait(LOOK_S):
        pass
    stop([child])
    return int(child.process.returncode)


def stop(children: Sequence[Child]) -> None:
    """Ask all of them to end, and end those that do not."""
    for child in children:
        child.process.terminate()
    give_up = time.monotonic() + PATIENCE_S
    for child in children:
        try:
            child.process.wait(max(0.1, give_up - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
