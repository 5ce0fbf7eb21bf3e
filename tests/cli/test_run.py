import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request

import psutil
import pytest

pytestmark = pytest.mark.xdist_group("cli")


def status(address, method="GET"):
    asked = urllib.request.Request(address, method=method)
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def gone(processes, within_s=10):
    _, alive = psutil.wait_procs(processes, timeout=within_s)
    return not alive


def workers(running):
    return [process for process in running.family() if "worker" in command_line(process)]


def command_line(process):
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def test_it_answers_and_ctrl_c_stops_all_it_started(instance, port):
    running = instance.start("--empty", "--port", port)
    family = running.family()

    assert status(running.address) < 500
    assert status(running.address, "HEAD") < 500
    assert len(family) >= 4  # web, its two processes, worker
    assert instance.postgres()
    assert "A worker is at work." in instance("doctor").stdout

    assert running.end(signal.SIGINT) == 0
    assert gone(family)
    assert not instance.postgres()
    assert "gunicorn" not in running.said  # it has nothing to complain about


def test_killed_outright_it_leaves_nothing_that_hinders_the_next_start(instance, port):
    running = instance.start("--empty", "--port", port)
    family = running.family()

    running.end(signal.SIGKILL)
    assert gone(family)
    began = time.monotonic()
    again = instance.start("--empty", "--port", port)

    assert time.monotonic() - began < 20
    assert status(again.address) < 500
    assert again.end(signal.SIGTERM) == 0
    assert not instance.postgres()


def test_everything_killed_at_once_recovers(instance, port):
    running = instance.start("--empty", "--port", port)
    for process in [*instance.postgres(), *running.family()]:
        process.kill()
    running.end(signal.SIGKILL)

    again = instance.start("--empty", "--port", port)

    assert status(again.address) < 500
    assert again.end(signal.SIGINT) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_while_it_builds_its_city_it_says_so_and_leaves_nothing(command, number):
    building = subprocess.Popen(
        [sys.executable, "-m", "commonweal", "run"],
        env=command.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    for line in building.stdout:
        if "Building the demo city" in line:
            break
    time.sleep(2)  # its processes are at work
    family = psutil.Process(building.pid).children(recursive=True)
    assert family

    building.send_signal(number)
    said, _ = building.communicate(timeout=20)

    assert building.returncode == 0
    assert said.strip() == "Stopped before all was there. The next start begins anew."
    assert gone(family)
    assert not command.postgres()


def test_a_child_that_is_killed_is_started_again(instance, port):
    running = instance.start("--empty", "--port", port)
    (worker,) = workers(running)

    worker.kill()
    gone([worker])
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up and not workers(running):
        time.sleep(0.1)

    assert workers(running)
    assert "starting it again" in running.said
    assert running.end(signal.SIGINT) == 0


def test_a_second_one_in_the_same_folder_is_refused(instance, port):
    running = instance.start("--empty", "--port", port)

    second = instance("run", "--empty")

    assert second.returncode == 2
    assert "already runs" in second.stderr
    assert running.address in second.stderr
    assert running.end(signal.SIGINT) == 0


def test_a_taken_port_is_refused_when_it_was_chosen(instance):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = instance("run", "--empty", "--port", taken.getsockname()[1])

    assert done.returncode == 2
    assert "is taken by another program" in done.stderr


def test_a_folder_keeps_its_keys_to_itself_and_its_sort(instance):
    settings = instance.data / "settings.env"

    done = instance("run")

    assert stat.S_IMODE(settings.stat().st_mode) == 0o600
    assert "COMMONWEAL_DEMO=0" in settings.read_text()
    assert done.returncode == 2
    assert "start it with `bin/run --empty`" in done.stderr


@pytest.mark.parametrize("command_name", ["serve", "worker"])
def test_nothing_is_served_without_keys_and_hosts(command, command_name):
    done = command(command_name)

    assert done.returncode == 2
    assert "COMMONWEAL_SECRET_KEY" in done.stderr
    assert "COMMONWEAL_HOSTS" in done.stderr
    assert "Traceback" not in done.stderr
