"""Signed notes and checkpoints: C2SP signed-note, tlog-checkpoint and tlog-cosignature."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = 1
COSIGNATURE = 4  # Ed25519 over the note and the time, as witnesses sign
LONGEST_NOTE = 64 * 1024
_HASH_BYTES = 4
_KEY_BYTES = 32
_SIGNATURE_BYTES = 64
_TIME_BYTES = 8
_NAME = re.compile(r"[^\s+]+")
_SIGNATURE = re.compile(r"— (\S+) ([A-Za-z0-9+/]+={0,2})")
_SIZE = re.compile(r"0|[1-9]\d{0,18}")


class BadNote(ValueError):
    """This is no signed note, or not one that its signer signed."""


@dataclass(frozen=True)
class Verifier:
    """The public half of a key: who signs (`name`), in which way (`algorithm`)."""

    name: str
    algorithm: int
    public: bytes

    def __str__(self) -> str:
        """Return it as verifiers exchange it (vkey): name, key hash, and algorithm with key."""
        coded = b64encode(bytes([self.algorithm]) + self.public).decode()
        return f"{self.name}+{self.key_hash.hex()}+{coded}"

    @classmethod
    def read(cls, text: str) -> Verifier:
        """Return the key that a vkey describes, or raise `BadNote`."""
        name, key_hash, coded = _three(text.strip().split("+", 2))
        raw = _decoded(coded)
        if len(raw) != 1 + _KEY_BYTES or raw[0] not in {ED25519, COSIGNATURE}:
            raise BadNote("this key is of a kind unknown here")
        found = cls(name=name, algorithm=raw[0], public=raw[1:])
        if not _NAME.fullmatch(name) or found.key_hash.hex() != key_hash:
            raise BadNote("this key was not copied whole")
        return found

    @property
    def key_hash(self) -> bytes:
        """Return the four bytes by which its signatures are recognised."""
        content = self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public
        return sha256(content).digest()[:_HASH_BYTES]

    @property
    def fingerprint(self) -> str:
        """Return SHA-256 of the public key in groups, to be read aloud and compared."""
        digits = sha256(self.public).hexdigest()[:32]
        return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))

    def accepts(self, text: str, signature: bytes) -> bool:
        """Tell whether this key signed the text."""
        if self.algorithm == COSIGNATURE:
            at = int.from_bytes(signature[:_TIME_BYTES])
            text, signature = _timed(text, at), signature[_TIME_BYTES:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A private key. It is never shown: its text is only for the file that keeps it."""

    name: str
    algorithm: int
    seed: bytes

    def __repr__(self) -> str:
        """Show whose it is, and nothing of the key."""
        return f"Signer({self.name!r})"

    @classmethod
    def made(cls, name: str, algorithm: int = ED25519) -> Signer:
        """Return a new key; raises `BadNote` for a name with spaces or a plus."""
        if not _NAME.fullmatch(name):
            raise BadNote("the name of a key has no spaces and no plus")
        seed = Ed25519PrivateKey.generate().private_bytes_raw()
        return cls(name=name, algorithm=algorithm, seed=seed)

    @classmethod
    def read(cls, text: str) -> Signer:
        """Return the key that `secret` wrote down, or raise `BadNote`."""
        prefix, _, rest = text.strip().partition("PRIVATE+KEY+")
        name, key_hash, coded = _three(rest.split("+", 2))
        raw = _decoded(coded)
        if prefix or len(raw) != 1 + _KEY_BYTES:
            raise BadNote("this is not the private key of a log")
        found = cls(name=name, algorithm=raw[0], seed=raw[1:])
        if found.verifier.key_hash.hex() != key_hash:
            raise BadNote("this private key was not copied whole")
        return found

    @property
    def secret(self) -> str:
        """Return the key as its file keeps it."""
        coded = b64encode(bytes([self.algorithm]) + self.seed).decode()
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_hash.hex()}+{coded}"

    @property
    def verifier(self) -> Verifier:
        """Return the public half."""
        public = self._key.public_key().public_bytes_raw()
        return Verifier(name=self.name, algorithm=self.algorithm, public=public)

    def signature(self, text: str, *, at: int = 0) -> str:
        """Return a signature line over a note's text; a witness says at which second, `at`."""
        if self.algorithm == COSIGNATURE:
            signed = at.to_bytes(_TIME_BYTES) + self._key.sign(_timed(text, at).encode())
        else:
            signed = self._key.sign(text.encode())
        return f"— {self.name} {b64encode(self.verifier.key_hash + signed).decode()}\n"

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True)
class Note:
    """A text that ends in a line feed, and the signature lines below it."""

    text: str
    signatures: tuple[str, ...]

    @classmethod
    def read(cls, content: str) -> Note:
        """Return what a note holds, without believing it yet; raises `BadNote`."""
        text, gap, below = content.rpartition("\n\n")
        lines = below.splitlines(keepends=True)
        wrong = not gap or not lines or any(not line.startswith("— ") for line in lines)
        if wrong or not content.endswith("\n") or len(content) > LONGEST_NOTE:
            raise BadNote("this is not a signed note")
        return cls(text=text + "\n", signatures=tuple(lines))

    def __str__(self) -> str:
        """Return it as it is published."""
        return f"{self.text}\n{''.join(self.signatures)}"

    def signed_by(self, verifier: Verifier) -> str:
        """Return this key's signature line, or "" where there is none that is right."""
        return next(self._right_ones(verifier), "")

    def _right_ones(self, verifier: Verifier) -> Iterator[str]:
        for line in self.signatures:
            match = _SIGNATURE.fullmatch(line.rstrip("\n"))
            if not match or match[1] != verifier.name:
                continue
            raw = _decoded(match[2])
            key_hash, signature = raw[:_HASH_BYTES], raw[_HASH_BYTES:]
            if key_hash == verifier.key_hash and verifier.accepts(self.text, signature):
                yield line


@dataclass(frozen=True)
class Checkpoint:
    """What a log commits itself to: its first `size` leaves have this root."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def read(cls, text: str) -> Checkpoint:
        """Return what the text of a checkpoint's note says, or raise `BadNote`."""
        lines = text.split("\n")
        if len(lines) < 4 or not lines[0] or not _SIZE.fullmatch(lines[1]):  # noqa: PLR2004
            raise BadNote("this note is not a checkpoint")
        root = _decoded(lines[2])
        if len(root) != _KEY_BYTES:
            raise BadNote("this checkpoint has no root")
        return cls(origin=lines[0], size=int(lines[1]), root=root)

    @property
    def text(self) -> str:
        """Return the text that is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def signed(text: str, signers: Iterable[Signer]) -> Note:
    """Return a note with a signature of each key."""
    return Note(text=text, signatures=tuple(one.signature(text) for one in signers))


def _timed(text: str, at: int) -> str:
    return f"cosignature/v1\ntime {at}\n{text}"


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError as error:
        raise BadNote("this is not base64") from error


def _three(parts: list[str]) -> tuple[str, str, str]:
    if len(parts) != 3:  # noqa: PLR2004
        raise BadNote("this is not a key")
    return parts[0], parts[1], parts[2]
