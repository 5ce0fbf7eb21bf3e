"""Two cities on one machine are witnesses for each other."""

import re
import time
import urllib.request

import pytest

from verify.test_over_http import run

pytestmark = pytest.mark.xdist_group("cli")

LIVE = """
from commonweal.people import actions as people
from commonweal.places.models import Place
people.set_up(name="City {name}", admin_name="Ada", admin_email="ada@example.org",
              place=Place.objects.get(slug="brussels"))
from crash import city
from web.conftest import Till
city.found()
till = Till(city.gardens(), city.commons())
for number in range(5):
    till.gift(1000 + number)
"""


@pytest.fixture
def cities(copy_of_instance, tmp_path, free_ports):
    """Return two running cities with some money each: their commands and their addresses."""
    commands = {name: copy_of_instance(tmp_path / name) for name in ("a", "b")}
    found = {}
    for name, command in commands.items():
        command.python(LIVE.format(name=name))
        found[name] = (command, command.start("--empty", "--port", free_ports()).address)
    yield found
    for command in commands.values():
        command.end_what_runs()


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


def waits_for(words: str, address: str) -> str:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            if words in (text := read(address)):
                return text
        except OSError:
            pass
        time.sleep(0.2)
    pytest.fail(f"{words!r} did not come to {address}")


def said(word: str, output: str) -> str:
    return re.search(rf"^{word} +(.+)$", output, re.MULTILINE)[1]


def test_two_cities_cosign_each_others_checkpoints(cities, tmp_path):
    keys, witnesses = {}, {}
    for name, (command, address) in cities.items():
        waits_for(f"city-{name}\n", f"{address}/log/checkpoint")
        keys[name] = said("Public key", command("log").stdout)
    for name, other in (("a", "b"), ("b", "a")):
        witnesses[name] = said(
            "As a witness", cities[name][0]("log", "--watch", keys[other]).stdout
        )
    for name, other in (("a", "b"), ("b", "a")):
        done = cities[name][0](
            "log", "--witness", witnesses[other], f"{cities[other][1]}/log/witness"
        )
        assert done.returncode == 0, done.stderr

    for name, other in (("a", "b"), ("b", "a")):
        address = cities[name][1]
        note = waits_for(f"— city-{other} ", f"{address}/log/checkpoint")
        assert note.count("\n— ") == 2
        code, words = run(tmp_path / "memory", address, "--witness", witnesses[other])
        assert code == 0, words
        assert f"city-{other} has seen the same ledger" in words
        assert f"city-{other}" in read(f"{address}/verify")
