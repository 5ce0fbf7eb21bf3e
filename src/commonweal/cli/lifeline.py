"""A child process ends when its parent does, however the parent ends."""

from __future__ import annotations

import os
import signal
import threading

STANDARD_INPUT = 0


def end_with_parent() -> None:
    """Stop this process once standard input, a pipe that the parent holds open, is closed."""
    threading.Thread(target=_wait, name="lifeline", daemon=True).start()


def _wait() -> None:
    while os.read(STANDARD_INPUT, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
