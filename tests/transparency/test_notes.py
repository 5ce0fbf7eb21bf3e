"""Notes, checkpoints and cosignatures are those of C2SP."""

from __future__ import annotations

from base64 import b64decode

import pytest

from commonweal.transparency.rules import notes
from commonweal.transparency.rules.notes import BadNote, Checkpoint, Note, Signer, Verifier

# The example of the C2SP signed-note specification.
PETER = Verifier.read("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
PETERS_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZ"
    "SNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
LOG = Signer.made("commonweal-brussels")
WITNESS = Signer.made("witness.example/w1", notes.COSIGNATURE)
TEXT = Checkpoint(origin="commonweal-brussels", size=5, root=bytes(range(32))).text


def test_the_note_of_the_specification_is_accepted():
    note = Note.read(PETERS_NOTE)

    assert note.signed_by(PETER)
    assert str(note) == PETERS_NOTE
    assert str(PETER) == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def test_a_note_with_another_word_is_not():
    note = Note.read(PETERS_NOTE.replace("answer", "reason"))

    assert not note.signed_by(PETER)


def test_a_checkpoint_says_origin_size_and_root():
    note = notes.signed(TEXT, [LOG])

    assert TEXT == "commonweal-brussels\n5\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    assert Note.read(str(note)).signed_by(LOG.verifier)
    assert Checkpoint.read(note.text).size == 5
    assert Checkpoint.read(note.text + "an extension\n").root == bytes(range(32))


def test_a_witness_signs_the_note_and_the_time():
    line = WITNESS.signature(TEXT, at=1_790_000_000)
    note = Note(TEXT, (LOG.signature(TEXT), line))

    assert note.signed_by(WITNESS.verifier) == line
    raw = b64decode(line.split(" ")[2])
    assert int.from_bytes(raw[4:12]) == 1_790_000_000
    assert len(raw) == 4 + 8 + 64
    assert not Note(TEXT.replace("5", "6"), note.signatures).signed_by(WITNESS.verifier)


def test_a_key_is_read_back_from_its_file():
    assert Signer.read(LOG.secret) == LOG
    assert Signer.read(WITNESS.secret).verifier == WITNESS.verifier
    assert Verifier.read(str(WITNESS.verifier)) == WITNESS.verifier


def test_a_private_key_never_shows_itself():
    assert LOG.seed.hex() not in repr(LOG)
    assert str(LOG) == "Signer('commonweal-brussels')"


def test_a_fingerprint_can_be_read_aloud():
    assert len(LOG.verifier.fingerprint.split(" ")) == 8


@pytest.mark.parametrize("name", ["", "with space", "with+plus", "with\nline"])
def test_a_name_that_no_note_could_bear_is_refused(name):
    with pytest.raises(BadNote):
        Signer.made(name)


@pytest.mark.parametrize(
    "vkey",
    [
        "", "PeterNeumann", "PeterNeumann+c74f20a3", "PeterNeumann+c74f20a3+AQ==", "a+b+c+d",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "Peter+c74f20a3+*",
        "PeterNeumann+c74f20a3+CRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)  # fmt: skip
def test_a_key_that_was_not_copied_whole_is_refused(vkey):
    with pytest.raises(BadNote):
        Verifier.read(vkey)


@pytest.mark.parametrize("change", [
    lambda text: text[:-5], lambda text: text.replace("+KEY+", "+"), lambda text: "x" + text,
    lambda text: text.replace("commonweal", "kommonweal"), lambda _text: "",
])  # fmt: skip
def test_a_private_key_that_was_not_copied_whole_is_refused(change):
    with pytest.raises(BadNote):
        Signer.read(change(LOG.secret))


@pytest.mark.parametrize(
    "content",
    [
        "", "\n", "text\n", "text\n\n", "text\n\n— a b", "text\n\nno dash\n", "text\n— a b\n",
        "x" * 70_000 + "\n\n— a b\n",
    ],
)  # fmt: skip
def test_what_is_no_note_is_refused(content):
    with pytest.raises(BadNote):
        Note.read(content)


@pytest.mark.parametrize(
    "text",
    [
        "", "origin\n", "origin\n5\n", "origin\n05\nAAAA\n", "origin\n-1\nAAAA\n", "o\n5\nAAAA\n",
        "\n5\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", "origin\n٥\nAAAA\n",
        "origin\n5\n*AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
    ],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(BadNote):
        Checkpoint.read(text)


@pytest.mark.parametrize(
    "line", ["— other AAAA\n", "— commonweal-brussels AAAA\n", "— x\n", "— a !\n"]
)
def test_a_signature_of_somebody_else_proves_nothing(line):
    assert not Note(TEXT, (line,)).signed_by(LOG.verifier)
