"""Our own command, run as people run it: in a process and a data folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

LONGEST_S = 60
TESTS = Path(__file__).resolve().parents[1]


class Command:
    """The `commonweal` command on one data folder."""

    def __init__(self, data: Path):
        self.data = data
        self.started = []
        ours = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ours and not name.startswith(("COMMONWEAL_", "PYTEST_"))
        } | {"COMMONWEAL_DATA": str(data), "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(TESTS)}

    def __call__(self, *words, **environment):
        return subprocess.run(
            [sys.executable, "-m", "commonweal", *map(str, words)],
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )

    @property
    def preface(self):
        """What a script begins with to have Django set up on this folder's database."""
        return PREFACE

    def python(self, script):
        """Run a script with Django set up on this folder's database."""
        done = subprocess.run(
            [sys.executable, "-c", PREFACE + script],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def postgres(self):
        """Return the PostgreSQL processes that serve this folder."""
        return [
            process
            for process in psutil.process_iter(["cmdline"])
            if str(self.data / "postgres") in (process.info["cmdline"] or [])
        ]

    def start(self, *words):
        self.started.append(Running(self, words))
        return self.started[-1]

    def end_what_runs(self):
        """End what a failed test left running."""
        for running in self.started:
            if running.process.poll() is None:
                running.end(signal.SIGTERM)
        self.started.clear()


PREFACE = """
import os, pathlib
from commonweal.config import embedded
stack = embedded.provided(pathlib.Path(os.environ["COMMONWEAL_DATA"]))
stack.__enter__()
os.environ["DJANGO_SETTINGS_MODULE"] = "commonweal.config.settings"
import atexit, django
atexit.register(stack.__exit__, None, None, None)
django.setup()
from django.db import connection
atexit.register(connection.close_pool)
atexit.register(connection.close)
"""


class Running:
    """A `commonweal run` and what it says."""

    def __init__(self, command, words):
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "commonweal", "run", *map(str, words)],
            env=command.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._is_up = threading.Event()
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()
        self._is_up.wait(LONGEST_S)
        found = re.search(r"Commonweal is at (\S+)", self.said)
        if not found:
            self.end(signal.SIGTERM)
            pytest.fail(f"it did not start, but said: {self.said}")
        self.address = found[1]

    def _listen(self):
        for line in self.process.stdout:
            self.said += line
            if "Ctrl-C stops it" in line:
                self._is_up.set()
        self._is_up.set()

    def family(self):
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number):
        self.process.send_signal(number)
        self.process.wait(LONGEST_S)
        self._listener.join(LONGEST_S)
        self.process.stdout.close()
        return self.process.returncode


@pytest.fixture(scope="session")
def made_instance(tmp_path_factory):
    """A real, empty instance whose database is made. Making it takes long, copying it does not."""
    command = Command(tmp_path_factory.mktemp("instance") / "data")
    running = command.start("--empty", "--port", free_port())
    assert running.end(signal.SIGINT) == 0, running.said
    return command


@pytest.fixture(scope="session")
def copy_of_instance(made_instance):
    def copy(data):
        subprocess.run(["cp", "-a", made_instance.data, data], check=True)
        return Command(data)

    return copy


@pytest.fixture
def instance(made_instance):
    yield made_instance
    made_instance.end_what_runs()


@pytest.fixture
def command(tmp_path):
    return Command(tmp_path / "data")


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def free_ports():
    """Return a way to get free ports."""
    return free_port


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
