"""Plays scenes in processes of their own, and kills them, or their database, at a chosen step.

Run as a program it reads one JSON order a line: {"file", "scenes", "given", "kill_at", "cut"}. With
"cut" the server ends its side, as it does when it is restarted, and the scene lives on without it.
For each order it
forks, lets the fork play the scenes, and answers with how that ended. It opens no connection
itself, so that each fork starts with none.

A step is: about to run a statement, about to commit, and having committed. `kill_at` counts them
from 1; without it the scene is played to its end, and the answer says how many steps it had.
"""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any


class Steps:
    """Counts steps, and ends this process without a word at the chosen one."""

    def __init__(self, kill_at: int | None, *, cut: bool = False) -> None:
        self.kill_at = kill_at
        self.cut = cut
        self.count = 0

    def step(self) -> None:
        """Count one; here is where a power cut may come."""
        self.count += 1
        if self.count == self.kill_at and self.cut:
            _end_the_server_side()
        elif self.count == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Count what goes to the database."""
        from django.db import connection  # noqa: PLC0415 - needs Django set up

        def statement(execute: Callable[..., Any], *args: Any) -> Any:
            self.step()
            return execute(*args)

        commit = connection._commit

        def commit_between_two_steps() -> None:
            self.step()
            commit()
            self.step()

        connection._commit = commit_between_two_steps
        with connection.execute_wrapper(statement):
            yield


def _end_the_server_side() -> None:
    """Let the server end this connection in the midst of what it does, from another one."""
    import psycopg  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    backend = connection.connection.info.backend_pid
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


def main() -> None:
    """Play what is ordered, one scene after the other."""
    import django  # noqa: PLC0415 - not needed by those who only import `Steps`
    from django.db import connection  # noqa: PLC0415

    django.setup()
    # A fork lives for moments: it needs one connection and no pool of them.
    connection.settings_dict["OPTIONS"].pop("pool", None)
    for line in sys.stdin:
        order = json.loads(line)
        _load(order["file"])
        print(json.dumps(_played(order)), flush=True)


def _played(order: dict[str, Any]) -> dict[str, Any]:
    """Fork, play, and return the fork's answer, or {"killed": true} where it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _play(order, writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"killed": os.WTERMSIG(status) == signal.SIGKILL}
    return dict(json.loads(answer))


def _play(order: dict[str, Any], writing: int) -> None:
    steps = Steps(order["kill_at"], cut=order.get("cut", False))
    try:
        scenes = [getattr(_load(order["file"]), name) for name in order["scenes"]]
        with steps.watching():
            results = [scene(**order["given"]) for scene in scenes]
        answer = {"killed": False, "steps": steps.count, "results": results}
    except BaseException as error:  # noqa: BLE001 - the test that ordered it is told
        lost = steps.cut and type(error).__name__ == "OperationalError"
        answer = {"killed": lost, "error": traceback.format_exc()}
    with os.fdopen(writing, "w") as pipe:
        pipe.write(json.dumps(answer))
    os._exit(0)


@cache
def _load(file: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scenes", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
