"""An implementation that is not ours agrees on notes, tiles and proofs."""

import json
import subprocess
from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from commonweal.transparency import actions, queries
from commonweal_verify.paths import bundle, taken_apart

JUDGE = Path(__file__).with_name("independent.cjs")


def judged(log: Path, index: int, changed: dict | None = None) -> str:
    """Ask about a leaf as it stands in the published files."""
    note = (log / "checkpoint").read_text()
    size = int(note.split("\n")[1])
    number = index // 256
    body = taken_apart((log / bundle(number, size)).read_bytes(), number, size)[index % 256]
    key = queries.verifier()
    public = Ed25519PublicKey.from_public_bytes(key.public)
    asked = {
        "note": note, "name": key.name, "hint": coded(key.key_hash), "index": index,
        "key": coded(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)),
        "body": coded(body), "proof": [coded(one) for one in queries.proof(index).path],
    }  # fmt: skip
    done = subprocess.run(
        ["node", str(JUDGE)], input=json.dumps(asked | (changed or {})),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def coded(content: bytes) -> str:
    return b64encode(content).decode()


@pytest.fixture
def published(log, gives) -> Path:
    """Return the folder of a log of 300 transactions."""
    for _ in range(300):
        gives(100)
    actions.advance()
    actions.publish()
    return log


@pytest.mark.parametrize("index", [0, 1, 127, 255, 256, 298, 299])
def test_sigstore_accepts_what_we_publish(published, index):
    assert judged(published, index) == "right"


def test_sigstore_accepts_nothing_else(published):
    note = (published / "checkpoint").read_text()

    assert "root hash does not match" in judged(published, 7, {"body": coded(b"forged")})
    assert "root hash does not match" in judged(published, 7, {"index": 8})
    assert "invalid checkpoint signature" in judged(
        published, 7, {"note": note.replace("300", "301")}
    )
