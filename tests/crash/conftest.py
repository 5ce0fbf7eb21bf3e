"""A stage: scenes run in real processes on a real database, and may be killed at any step."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


class Killed(Exception):
    """The scene, or its database, ended in the power cut it was ordered to have."""


class Stage:
    """Plays the scenes of one file; see `stage.py` for what a step is."""

    def __init__(self, process: subprocess.Popen[str], file: Path) -> None:
        self.process = process
        self.file = file
        self.steps = 0

    def play(
        self, scene: str, /, *, kill_at: int | None = None, cut: bool = False, **given: Any
    ) -> Any:
        """Return what a scene returns; raise `Killed` where it was killed at that step."""
        return self._order([scene], given, kill_at=kill_at, cut=cut)[0]

    def play_in_turn(self, *scenes: str, **given: Any) -> list[Any]:
        """Return what these scenes return, played one after the other in one process."""
        return self._order(scenes, given)

    def _order(
        self,
        scenes: Sequence[str],
        given: dict[str, Any],
        *,
        kill_at: int | None = None,
        cut: bool = False,
    ) -> list[Any]:
        order = {"file": str(self.file), "scenes": scenes, "given": given}
        order |= {"kill_at": kill_at, "cut": cut}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if answer["killed"]:
            raise Killed
        assert "error" not in answer, answer["error"]
        self.steps = answer["steps"]
        return list(answer["results"])

    def survives(self, scene: str, /, *, kill_at: int, cut: bool = False, **given: Any) -> bool:
        """Play a scene that may be killed; answer whether it came to its end before."""
        try:
            self.play(scene, kill_at=kill_at, cut=cut, **given)
        except Killed:
            return False
        return True

    def kill_at_each_step(self, scene: str, /, *, cut: bool = False, **given: Any) -> Iterator[int]:
        """Play a scene again and again, killed one step later each time; yield each step.

        Stops after the play in which nothing was left to kill. `run` names each play.
        """
        step = 1
        while True:
            if self.survives(scene, kill_at=step, cut=cut, run=f"killed at {step}", **given):
                return
            yield step
            step += 1


@pytest.fixture
def stage(committed: str) -> Iterator[Callable[[str], Stage]]:
    """Open a stage for the scenes of a file in this folder."""
    opened: list[subprocess.Popen[str]] = []

    def open_stage(file: str) -> Stage:
        process = subprocess.Popen(
            [sys.executable, str(HERE / "stage.py")],
            env={**os.environ, "DATABASE_URL": committed, "PYTHONPATH": str(HERE.parent)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        opened.append(process)
        return Stage(process, HERE / file)

    yield open_stage
    for process in opened:
        process.communicate()
        assert process.returncode == 0
