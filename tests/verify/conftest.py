"""A log with some money in it, and a verifier that reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from commonweal_verify.audit import Audit, Result, Wishes
from commonweal_verify.memory import Memory
from commonweal_verify.problems import CannotCheck, Missing
from transparency.conftest import log, seal  # noqa: F401 - fixtures
from web.conftest import busy, till  # noqa: F401

_GOOD, _GONE = 200, 404


class Pages:
    """The server's own pages, without a network between."""

    name = "https://pages.example"

    def __init__(self, client) -> None:
        self.client = client
        self.received = 0

    def get(self, path: str) -> bytes:
        answer = self.client.get(f"/log/{path}")
        if answer.status_code == _GONE:
            raise Missing(path)
        if answer.status_code != _GOOD:
            raise CannotCheck(path)
        self.received += len(answer.content)
        return answer.content


@pytest.fixture
def verify(client, tmp_path: Path) -> Callable[..., Result]:
    """Verify the server's pages, as somebody who remembers the visits before."""
    memory = Memory(tmp_path / "memory")

    def run(*, remembers: bool = True, **wishes) -> Result:
        return Audit(Pages(client), memory if remembers else Memory(None), Wishes(**wishes)).run()

    return run


@pytest.fixture
def signed(log) -> Callable[[], None]:  # noqa: F811 - asks for the fixture
    """Let the worker catch up."""
    return seal
