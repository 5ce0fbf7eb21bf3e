"""The whole check, in the order in which one result rests on the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from commonweal_verify import claims as said
from commonweal_verify import keys, leaves, paths
from commonweal_verify.memory import HASH, Memory, Seen, State
from commonweal_verify.merkle import leaf_hash
from commonweal_verify.notes import Head, PublicKey, SignedNote
from commonweal_verify.problems import CannotCheck, Missing, Wrong
from commonweal_verify.sources import Source

KEEP_EACH = 64  # bundles

type Progress = Callable[[int, int], None]


@dataclass
class Wishes:
    """What the person who verifies asks for, beyond what is always checked."""

    trusted: str = ""
    witnesses: list[PublicKey] = field(default_factory=list)
    quick: bool = False
    collective: str = ""


@dataclass
class Result:
    """What was found, as far as it came; `wrong` is the first thing that is not as it should be."""

    source: str
    origin: str = ""
    fingerprint: str = ""
    is_known_key: bool = False
    size: int = 0
    seen_before: int = 0
    entries: int = 0
    statements: int = 0
    claims: int | None = None
    shown: int = 0
    forgotten: int = 0
    witnesses: list[str] = field(default_factory=list)
    lines: list[tuple[int, leaves.Leaf, leaves.Line]] = field(default_factory=list)
    received: int = 0
    wrong: Wrong | None = None


class Audit:
    """One visit to a log."""

    def __init__(
        self, source: Source, memory: Memory, wishes: Wishes | None = None,
        progress: Progress = lambda _done, _all: None,
    ) -> None:  # fmt: skip
        """Prepare to read `source`; `progress` is told leaves done and leaves in all."""
        self.source, self.memory = source, memory
        self.wishes = wishes or Wishes()
        self.progress = progress
        self.seen = memory.seen()
        self.state = State() if self.wishes.collective else memory.state()
        self.result = Result(source=source.name, seen_before=self.seen.size)
        self._accounts: set[str] = set()
        self._keys: list[PublicKey] = []

    def run(self) -> Result:
        """Check everything; raises `CannotCheck` where something is in the way."""
        try:
            self._check()
        except Wrong as wrong:
            self.result.wrong = wrong
            self.memory.forget_part()
        self.result.received = self.source.received
        return self.result

    def _check(self) -> None:
        claims = self._claims()
        note = SignedNote.parse(self.source.get("checkpoint"))
        head = self._head(note)
        if self.wishes.collective and claims:
            self._accounts = set(claims.accounts(self.wishes.collective))
        self._read(head, claims)
        if self.state.frontier.root() != head.root:
            raise self._first_other(head.size)
        self.state.books.finish()
        self._shown(head.size)  # first: it can name a leaf
        self._compare(claims)
        self.result.entries = self.state.books.entries
        self.result.statements = len(self.state.books.statements)
        texts = [key.text for key in self._keys]
        seen = Seen(note=note.text, size=head.size, keys=texts)
        self.memory.keep(self.state, seen, is_whole=True)

    def _head(self, note: SignedNote) -> Head:
        trusted = [self.wishes.trusted] if self.wishes.trusted else self.seen.keys
        known = keys.chain(self.source.get("keys"), trusted)
        head, key = keys.head(note, known)
        self._keys = known.keys
        result = self.result
        result.origin, result.fingerprint, result.size = head.origin, key.fingerprint, head.size
        result.is_known_key = bool(trusted)
        for witness in self.wishes.witnesses:
            if not witness.signed(note):
                raise Wrong("witness", f"{witness.name} has not signed the newest checkpoint.")
            result.witnesses.append(witness.name)
        if head.size < self.seen.size:
            raise Wrong(
                "removed",
                f"You saw {self.seen.size} transactions here, and now the log has {head.size}.",
            )
        return head

    def _read(self, head: Head, claims: said.Claims | None) -> None:
        """Take every leaf that is new into the tree and into the books."""
        since_kept = 0
        if self.state.size > head.size:
            self.memory.forget_part()
            self.state = self.memory.state()
        for index, body, found in self._new_leaves(head.size):
            if claims and index == claims.size:
                self._compare(claims)
            self._take(index, body, found)
            if (index + 1) % paths.WIDTH == 0:
                since_kept += 1
                self.progress(index + 1, head.size)
            if since_kept == KEEP_EACH:
                self.memory.keep(self.state, self.seen, is_whole=False)
                since_kept = 0
        self.progress(head.size, head.size)

    def _new_leaves(self, size: int) -> Iterator[tuple[int, bytes, bytes]]:
        """Return each leaf that was not read yet with its hash, which the tree must have, too."""
        start = self.state.size
        for number in range(start // paths.WIDTH, -(-size // paths.WIDTH)):
            first = number * paths.WIDTH
            bodies = paths.taken_apart(self._file(paths.bundle(number, size), first), number, size)
            tile = self._file(paths.hashes(number, size), first)
            for at, body in enumerate(bodies):
                found = leaf_hash(body)
                if found != tile[at * HASH : (at + 1) * HASH]:
                    raise self._other(first + at)
                if first + at >= start:
                    yield first + at, body, found

    def _file(self, path: str, first: int) -> bytes:
        """Return a file that the checkpoint speaks of, so that it must be there."""
        try:
            return self.source.get(path)
        except Missing as error:
            sentence = "the checkpoint speaks of it and of those after it, and they are not there."
            raise Wrong("missing", sentence, first) from error

    def _take(self, index: int, body: bytes, found: bytes) -> None:
        try:
            leaf = leaves.parse(body)
        except Wrong as wrong:
            raise Wrong(wrong.what, wrong.sentence, index) from wrong
        if self.state.knows(leaf.key):
            raise Wrong("twice", f"transaction {leaf.key} is there twice.", index)
        if leaf.reverses and not self.state.knows(leaf.reverses):
            raise Wrong("reversal", "it gives back something that never came.", index)
        self.state.books.add(index, leaf)
        self.state.take(leaf.key, found)
        if self._accounts:
            mine = [line for line in leaf.lines if line.account in self._accounts]
            self.result.lines += [(index, leaf, line) for line in mine]

    def _claims(self) -> said.Claims | None:
        """Return what the pages claim; asked for first, so that the checkpoint is not behind it."""
        try:
            return said.Claims.read(self.source.get("claims"))
        except CannotCheck:
            return None  # the report says that they were not compared

    def _compare(self, claims: said.Claims | None) -> None:
        if claims and claims.size == self.state.size:
            self.state.books.finish()
            claims.compare(self.state.books)
            self.result.claims = len(claims.groups)

    def _shown(self, size: int) -> None:
        """Hold what the pages show against the leaves: all of them, or only those that are new."""
        start = self.seen.size if self.wishes.quick else 0
        for number in range(start // paths.WIDTH, -(-size // paths.WIDTH)):
            first = number * paths.WIDTH
            known = [self._hash(at) for at in range(first, min(first + paths.WIDTH, size))]
            try:
                content = self.source.get(paths.shown(number))
            except Missing:
                return  # a copy of the log alone has no pages
            fields = said.shown(content, first, known)
            self.result.shown += len(fields)
            self.result.forgotten += sum(map(bool, fields))

    def _hash(self, index: int) -> bytes:
        return bytes(self.state.hashes[index * HASH : (index + 1) * HASH])

    def _first_other(self, size: int) -> Wrong:
        """Find the first leaf that the signed tree does not have, where the roots differ."""
        for number in range(-(-size // paths.WIDTH)):
            tile = self._file(paths.hashes(number, size), number * paths.WIDTH)
            for at in range(min(paths.WIDTH, size - number * paths.WIDTH)):
                index = number * paths.WIDTH + at
                if tile[at * HASH : (at + 1) * HASH] != self._hash(index):
                    return self._other(index)
        return Wrong("root", "The signed root is not that of the leaves.")

    def _other(self, index: int) -> Wrong:
        if index < self.seen.size:
            return Wrong("changed", "it is not the one that you saw at your last visit.", index)
        return Wrong("changed", "it is not the one that the tree has there.", index)
