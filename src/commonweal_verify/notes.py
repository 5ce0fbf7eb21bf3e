"""Signed notes, checkpoints and keys, as C2SP describes them.

See signed-note, tlog-checkpoint and tlog-cosignature there; signatures are Ed25519 (RFC 8032).
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from commonweal_verify.problems import Wrong

PLAIN, TIMED = 1, 4
LONGEST = 1 << 16
_DASH = "\N{EM DASH} "
_KEY_LENGTH = 32


@dataclass(frozen=True)
class PublicKey:
    """A key as it is handed around: `name+hash+base64`."""

    text: str
    name: str
    kind: int
    raw: bytes
    hash: bytes

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """Read a key; raises `Wrong` where it is none."""
        name, _, rest = text.partition("+")
        digest, _, coded = rest.partition("+")
        content = _base64(coded)
        if not name or len(content) != _KEY_LENGTH + 1 or content[0] not in {PLAIN, TIMED}:
            raise Wrong("key", f"This is not a public key: {text[:80]!r}.")
        own = sha256(name.encode() + b"\n" + content).digest()[:4]
        if own.hex() != digest:
            raise Wrong("key", f"This public key was not copied whole: {text[:80]!r}.")
        return cls(text=text, name=name, kind=content[0], raw=content[1:], hash=own)

    @property
    def fingerprint(self) -> str:
        """Return the first 128 bits of SHA-256 of the key, in groups of four digits."""
        digits = sha256(self.raw).hexdigest()[:32]
        return " ".join(digits[at : at + 4] for at in range(0, 32, 4))

    def signed(self, note: SignedNote) -> bool:
        """Tell whether one of the note's signatures is by this key."""
        return any(
            self._is_good(note.text, content[4:])
            for name, content in note.signatures
            if name == self.name and content[:4] == self.hash
        )

    def _is_good(self, text: str, signature: bytes) -> bool:
        message = text
        if self.kind == TIMED:
            seconds, signature = int.from_bytes(signature[:8]), signature[8:]
            message = f"cosignature/v1\ntime {seconds}\n{text}"
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SignedNote:
    """A text and who says to have signed it, as (name, key hash and signature)."""

    text: str
    signatures: list[tuple[str, bytes]]

    @classmethod
    def parse(cls, content: bytes) -> SignedNote:
        """Take a note apart; raises `Wrong` where it is none."""
        try:
            whole = content.decode()
        except UnicodeDecodeError as error:
            raise Wrong("note", "A signed note holds bytes that are no text.") from error
        cut = whole.rfind("\n\n")
        if cut < 0 or len(content) > LONGEST or not whole.endswith("\n"):
            raise Wrong("note", "What should be a signed note is none.")
        signatures = []
        for line in whole[cut + 2 : -1].split("\n"):
            name, _, coded = line.removeprefix(_DASH).partition(" ")
            if not line.startswith(_DASH) or not coded:
                raise Wrong("note", "A signature line of a note makes no sense.")
            signatures.append((name, _base64(coded)))
        return cls(text=whole[: cut + 1], signatures=signatures)


@dataclass(frozen=True)
class Head:
    """A checkpoint: the log named `origin` says that its first `size` leaves have this root."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse(cls, note: SignedNote) -> Head:
        """Read the text of a checkpoint's note."""
        origin, size, root, *_more = [*note.text.split("\n"), "", "", ""]
        digits = size.isascii() and size.isdigit() and str(int(size[:20])) == size
        raw = _base64(root)
        if not origin or not digits or len(raw) != _KEY_LENGTH:
            raise Wrong("note", "The checkpoint does not say how many leaves have which root.")
        return cls(origin=origin, size=int(size), root=raw)


def _base64(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Wrong("note", "What should be base64 is not.") from error
