"""A stranger with the verifier and nothing else: another process, over HTTP, or with a copy."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commonweal.people.models import Instance
from crash import city
from transparency.conftest import seal
from web.conftest import Till

SOURCE = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture
def till(site: str) -> Till:
    """Return the till of Gardens, with 600 gifts under the seal."""
    city.found()
    Instance.objects.create(name="Test City", created_at="2026-01-01T00:00Z")
    till = Till(city.gardens(), city.commons())
    for number in range(600):
        till.gift(100 + number, who=city.somebody("alice") if number % 9 else None)
    till.expense(50_00)
    seal()
    return till


def run(memory: Path, *words: str) -> tuple[int, str]:
    """Run `commonweal-verify` with nothing of the server within reach."""
    measured = {name: text for name, text in os.environ.items() if name.startswith("COVERAGE")}
    done = subprocess.run(
        [sys.executable, "-m", "commonweal_verify", "--memory", memory, *words],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"} | measured,
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_a_whole_server_a_copy_of_it_and_one_receipt(site, till, own_log, tmp_path, client):
    code, said = run(tmp_path / "m", site)
    assert code == 0, said
    assert "601 transactions make the signed tree; 601 are new to you" in said
    assert "What the pages show of 601 transactions is what was logged" in said

    till.gift(7_00)
    seal()
    code, said = run(tmp_path / "m", site, "--json", "--quick")
    found = json.loads(said)
    assert (code, found["ok"], found["size"], found["seen_before"]) == (0, True, 602, 601)
    assert found["shown"] == 602 - 512  # what is new begins in the third bundle

    shutil.copytree(own_log, tmp_path / "copy")
    code, said = run(tmp_path / "m2", str(tmp_path / "copy"))
    assert code == 0, said
    assert "this is a copy of the log alone" in said
    assert "The pages of 1 groups and of the whole server claim the same" in said

    code, said = run(tmp_path / "m", site, "--collective", "gardens")
    assert code == 0, said
    assert said.count("EUR\n") == 602

    receipt = tmp_path / "receipt.json"
    key = till.gift(9_00, what="For the bees")
    seal()
    receipt.write_bytes(client.get(f"/ledger/{key}/receipt.json").content)
    code, said = run(tmp_path / "m", "--receipt", str(receipt))
    assert code == 0, said
    assert "For the bees" in said


@pytest.mark.parametrize("where", ["http://localhost:9", "/nowhere", "ftp://example.org", ""])
def test_what_cannot_be_checked_is_not_called_wrong(tmp_path, where, monkeypatch):
    code, said = run(tmp_path, *([where] if where else []))

    assert code == 2
    assert "could not be checked" in said
