"""Where a log is read from: a server, or a folder that somebody copied."""

from __future__ import annotations

import http.client
import time
from pathlib import Path
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from commonweal_verify.problems import CannotCheck, Missing

LARGEST = 64 << 20
PATIENCE_S = 30
TRIES = 4
_PAUSE_S = 0.5
_GOOD, _GONE, _BUSY, _BROKEN = 200, 404, 429, 500


class Source(Protocol):
    """Something that holds the files of a log."""

    name: str
    received: int

    def get(self, path: str) -> bytes:
        """Return a file; raises `Missing`, or `CannotCheck` where it cannot be had."""
        ...


class Folder:
    """A copy of the files that a server publishes."""

    def __init__(self, path: Path) -> None:
        """Read below `path`, which holds the file `checkpoint`, or the folder `log` that does."""
        self.root = path / "log" if (path / "log" / "checkpoint").exists() else path
        self.name = str(path.resolve())
        self.received = 0

    def get(self, path: str) -> bytes:
        """Return a file below the folder."""
        try:
            content = (self.root / path).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise Missing(f"{self.root / path} is not there.") from error
        self.received += len(content)
        return content


class Server:
    """A Commonweal server, by the address of its first page; one connection serves all."""

    def __init__(self, address: str) -> None:
        """Take `https://example.org`, with or without a path before the first page."""
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise CannotCheck(f"{address} is neither a folder nor the address of a server.")
        self.name = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
        self.received = 0
        self._parts = parts
        self._line: http.client.HTTPConnection | None = None

    def get(self, path: str) -> bytes:
        """Return a file below `/log/`; a broken connection is tried again a few times."""
        target = urlsplit(urljoin(f"{self.name}/", f"log/{path}")).path
        for attempt in range(TRIES):
            if attempt:
                time.sleep(_PAUSE_S * 2**attempt)
            try:
                status, content = self._ask(target)
            except (OSError, http.client.HTTPException) as error:
                self.close()
                trouble = str(error) or type(error).__name__
                continue
            if status == _GOOD:
                self.received += len(content)
                return content
            if status == _GONE:
                raise Missing(f"{self.name} has no {target}.")
            if status < _BROKEN and status != _BUSY:
                raise CannotCheck(f"{self.name}{target} answers {status}: is it the right address?")
            trouble = f"it answers {status}"
        raise CannotCheck(f"{self.name} cannot be read: {trouble}. Try again later; it goes on.")

    def close(self) -> None:
        """Hang up."""
        if self._line:
            self._line.close()
        self._line = None

    def _ask(self, target: str) -> tuple[int, bytes]:
        if self._line is None:
            is_safe = self._parts.scheme == "https"
            kind = http.client.HTTPSConnection if is_safe else http.client.HTTPConnection
            self._line = kind(self._parts.netloc, timeout=PATIENCE_S)
        self._line.request("GET", target, headers={"User-Agent": "commonweal-verify"})
        answer = self._line.getresponse()
        content = answer.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise CannotCheck(f"{self.name}{target} is larger than a file of a log can be.")
        return answer.status, content


def opened(where: str) -> Source:
    """Return the source that a word on the command line means."""
    if "://" in where:
        return Server(where)
    if not Path(where).is_dir():
        raise CannotCheck(f"{where} is neither a folder nor the address of a server.")
    return Folder(Path(where))
