"""What a verifier remembers of a log between two visits: that is what makes rewriting visible."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from commonweal_verify.books import Books
from commonweal_verify.merkle import Frontier
from commonweal_verify.problems import CannotCheck

HASH, ID = 32, 8
_VERSION = 2


@dataclass
class State:
    """All that follows from the leaves read so far, each of which is in `hashes`."""

    frontier: Frontier = field(default_factory=Frontier)
    books: Books = field(default_factory=Books)
    hashes: bytearray = field(default_factory=bytearray)
    ids: set[int] = field(default_factory=set)
    new_ids: bytearray = field(default_factory=bytearray)

    @property
    def size(self) -> int:
        """Return how many leaves were read."""
        return self.frontier.size

    def take(self, key: str, leaf: bytes) -> None:
        """Add a transaction by its id and the hash of its leaf."""
        number = short(key)
        self.ids.add(number)
        self.new_ids += number.to_bytes(ID)
        self.hashes += leaf
        self.frontier.append(leaf)

    def knows(self, key: str) -> bool:
        """Tell whether a transaction with this id came before."""
        return short(key) in self.ids


@dataclass
class Seen:
    """What was verified at the last visit: the checkpoint, its size, and the keys of the log."""

    note: str = ""
    size: int = 0
    keys: list[str] = field(default_factory=list)


class Memory:
    """A folder that belongs to one log: `seen.json` and `part.json`, `hashes` and `ids`.

    `seen` is what was verified to the end; `part` is how far a visit came that was broken off.
    """

    def __init__(self, folder: Path | None) -> None:
        """Remember in a folder, or, without one, nowhere."""
        self.folder = folder

    @classmethod
    def of(cls, source: str, below: Path | None = None) -> Memory:
        """Return the memory of a source, below a folder or where programs keep their state."""
        home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
        above = below or Path(home) / "commonweal-verify"
        return cls(above / sha256(source.encode()).hexdigest()[:16])

    def seen(self) -> Seen:
        """Return what was verified last, or nothing."""
        found = self._read("seen.json")
        return Seen(**found["seen"]) if found else Seen()

    def state(self) -> State:
        """Return where reading goes on: after the part, else after what was verified."""
        found = self._read("part.json") or self._read("seen.json")
        if not found or self.folder is None:
            return State()
        size = found["size"]
        hashes, ids = (self.folder / "hashes").read_bytes(), (self.folder / "ids").read_bytes()
        if len(hashes) < size * HASH or len(ids) < size * ID:
            raise CannotCheck(f"{self.folder} is damaged. Delete it, and begin anew.")
        numbers = range(0, size * ID, ID)
        return State(
            frontier=Frontier(size, [b64decode(peak) for peak in found["peaks"]]),
            books=Books.from_json(found["books"]),
            hashes=bytearray(hashes[: size * HASH]),
            ids={int.from_bytes(ids[at : at + ID]) for at in numbers},
            new_ids=bytearray(ids[: size * ID]),
        )

    def keep(self, state: State, seen: Seen, *, is_whole: bool) -> None:
        """Remember a state: verified to the end, or a part of the way."""
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, content in (("hashes", state.hashes), ("ids", state.new_ids)):
            self._lengthen(name, content)
        found = {
            "version": _VERSION, "seen": vars(seen), "size": state.size,
            "peaks": [b64encode(peak).decode() for peak in state.frontier.peaks],
            "books": state.books.to_json(),
        }  # fmt: skip
        beside = self.folder / "new.json"
        beside.write_text(json.dumps(found))
        beside.replace(self.folder / ("seen.json" if is_whole else "part.json"))
        if is_whole:
            self.forget_part()

    def forget_part(self) -> None:
        """Forget a visit that was not verified to the end."""
        if self.folder is not None:
            (self.folder / "part.json").unlink(missing_ok=True)

    def _lengthen(self, name: str, content: bytearray) -> None:
        """Write what is new at the end; what stands before it was read from there."""
        path = self.folder / name  # type: ignore[operator]
        with path.open("r+b" if path.exists() else "w+b") as file:
            there = min(file.seek(0, os.SEEK_END), len(content))
            common = there - there % HASH
            file.seek(0)
            if file.read(common) != content[:common]:
                common = 0
            file.seek(common)
            file.write(content[common:])
            file.truncate()

    def _read(self, name: str) -> dict[str, Any]:
        if self.folder is None or not (self.folder / name).exists():
            return {}
        try:
            found = json.loads((self.folder / name).read_text())
        except ValueError as error:
            raise CannotCheck(f"{self.folder} is damaged. Delete it, and begin anew.") from error
        if found.get("version") != _VERSION:
            raise CannotCheck(f"{self.folder} is of another version. Delete it, and begin anew.")
        return dict(found)


def short(key: str) -> int:
    """Return the last 64 bits of an id, which are as good as unique."""
    return int(key.replace("-", "")[16:], 16)
