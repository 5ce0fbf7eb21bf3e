"""`commonweal run`: start everything, watch it, and stop everything when told to."""

from __future__ import annotations

import argparse
import fcntl
import http.client
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from commonweal.cli import children, instance
from commonweal.cli.children import Child
from commonweal.config import embedded, environment, safety
from commonweal.demo import queries as demo

PORT = 8000
NEARBY = 50
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
LONGEST_START_S = 60


class CannotRun(environment.WrongSetting):
    """The reason why nothing was started, or why everything was stopped."""


def run(options: argparse.Namespace) -> int:
    """Start everything; return when told to stop, or when something cannot be kept running."""
    data = _folder(options)
    told_to_stop = _listen_for_signals()
    with _alone_in(data) as note:
        instance.remember(data, demo=not options.empty)
        port = options.port or _free_port(options.bind)
        _tell_children(data, options, port)
        known = environment.read()
        safety.refuse_unsafe(known)
        note.write_text(known.address)
        with _database(known):
            _prepare(known, told_to_stop)
            return _keep_running(known, options.bind, port, told_to_stop)


def _folder(options: argparse.Namespace) -> Path:
    ordinary = "data-empty" if options.empty else "data"
    return Path(options.data or os.environ.get("COMMONWEAL_DATA") or ordinary).resolve()


def _listen_for_signals() -> threading.Event:
    told_to_stop = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        told_to_stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    return told_to_stop


@contextmanager
def _alone_in(data: Path) -> Iterator[Path]:
    """Hold a lock on a data folder; the kernel lets go of it however we end."""
    data.mkdir(parents=True, exist_ok=True)
    note = data / "running"
    with (data / "run.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            where = note.read_text() if note.exists() else "another terminal"
            raise CannotRun(f"Commonweal already runs from {data}: see {where}.") from None
        try:
            yield note
        finally:
            note.unlink(missing_ok=True)


def _free_port(bind: str) -> int:
    for port in range(PORT, PORT + NEARBY):
        if _is_free(bind, port):
            if port != PORT:
                print(f"Port {PORT} is taken by another program, so this is port {port}.")
            return port
    raise CannotRun(f"No port from {PORT} to {PORT + NEARBY} is free; choose one with --port.")


def _is_free(bind: str, port: int) -> bool:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((bind, port))
        except OSError:
            return False
    return True


def _tell_children(data: Path, options: argparse.Namespace, port: int) -> None:
    if options.port and not _is_free(options.bind, port):
        raise CannotRun(f"Port {port} is taken by another program; choose another with --port.")
    os.environ["COMMONWEAL_DATA"] = str(data)
    os.environ.setdefault("COMMONWEAL_ADDRESS", f"http://localhost:{port}")
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    if options.bind not in LOOPBACK and not options.empty:
        os.environ.setdefault("COMMONWEAL_HOSTS", "*")  # a demo may be looked at from a phone


def _database(known: environment.Environment) -> AbstractContextManager[str]:
    return nullcontext(known.database_url) if known.database_url else embedded.provided(known.data)


def _prepare(known: environment.Environment, told_to_stop: threading.Event) -> None:
    if instance.is_prepared(known.data) and not known.database_url:
        return
    for command in ["migrate", *(["demo"] if known.demo else [])]:
        code = children.call(command, told_to_stop=told_to_stop)
        if told_to_stop.is_set():
            print("\nStopped before all was there. The next start begins anew.")
            return
        if code:
            raise CannotRun(f"`commonweal {command}` did not succeed ({code}).")
    instance.mark_prepared(known.data)


def _keep_running(
    known: environment.Environment, bind: str, port: int, told_to_stop: threading.Event
) -> int:
    if told_to_stop.is_set():
        return 0
    family = [Child("serve", "--bind", f"{bind}:{port}"), Child("worker")]
    try:
        if _answers(known, port, family[0]):
            _welcome(known)
        while not told_to_stop.wait(0.5):
            if not all(child.revive() for child in family):
                raise CannotRun("It ends again and again; the reason stands above.")
            if not known.database_url and not embedded.is_running(known.data):
                raise CannotRun("The database ended. Start again: it recovers by itself.")
    finally:
        if told_to_stop.is_set():
            print("\nStopping.")
        children.stop(family)
    return 0


def _answers(known: environment.Environment, port: int, server: Child) -> bool:
    """Wait until the web answers; say no if it ends instead."""
    give_up = time.monotonic() + LONGEST_START_S
    public = urlsplit(known.address)
    headers = {"Host": public.netloc, "X-Forwarded-Proto": public.scheme}
    while server.is_running and time.monotonic() < give_up:
        near = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            near.request("GET", "/", headers=headers)
            near.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            return True
        finally:
            near.close()
    return False


def _welcome(known: environment.Environment) -> None:
    print(f"\n  Commonweal is at {known.address}\n")
    if known.demo:
        print(f"  Sign in as one of these; the code lands in {known.address}/mailbox\n")
        for address, who in demo.logins():
            print(f"    {address:36} {who}")
        print()
    word = known.data / "first-run-token"
    if word.exists():
        print(f"  Set it up there with this word: {word.read_text().strip()}\n")
    if not known.demo:
        print(f"  Its data is in {known.data}. For other commands: COMMONWEAL_DATA={known.data}\n")
    print("  Ctrl-C stops it.")
