"""What time it is: the only place that asks the computer, so that the demo city can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_moved_to: ContextVar[datetime | None] = ContextVar("moved_to", default=None)


def now() -> datetime:
    """Return this instant in UTC."""
    return _moved_to.get() or datetime.now(UTC)


def today() -> date:
    """Return the day it is in UTC."""
    return now().date()


@contextmanager
def moved_to(instant: datetime) -> Iterator[None]:
    """Let actions inside believe it is `instant`; for the demo city and for tests."""
    token = _moved_to.set(instant)
    try:
        yield
    finally:
        _moved_to.reset(token)
