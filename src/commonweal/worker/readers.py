"""Readers of journals: each keeps its place in the database, and is called again and again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections

from commonweal.discovery.actions import list_anew, trace
from commonweal.mail import reader as letters
from commonweal.worker import inbox, log

logger = logging.getLogger(__name__)

# A reader does some of its work and returns how much it did; 0 means it has caught up.
Reader = Callable[[], int]
READERS: dict[str, Reader] = {
    "the inbox": inbox.read,
    "the witnesses": log.ask_witnesses,  # first: they may have seen more than was restored
    "the sequencer": log.grow,
    "the listings": list_anew,  # after the sequencer, which keeps what they say was raised
    "the euro": trace,  # after the sequencer, whose order it follows
    "the log": log.publish,
    "the letters": letters.read,
}

PAUSE_S = 1.0
PAUSE_AFTER_TROUBLE_S = 10.0


def keep_reading(stopped: threading.Event) -> None:
    """Call every reader about once a second until told to stop; drain what has piled up."""
    while not stopped.is_set():
        outcomes = [_drain(name, read, stopped) for name, read in READERS.items()]
        close_old_connections()
        stopped.wait(PAUSE_S if all(outcomes) else PAUSE_AFTER_TROUBLE_S)


def _drain(name: str, read: Reader, stopped: threading.Event) -> bool:
    """Let one reader catch up; trouble with one must not stop the others."""
    try:
        while read() and not stopped.is_set():
            pass
    except Exception:
        logger.exception("%s stumbled and will try again", name)
        return False
    return True
