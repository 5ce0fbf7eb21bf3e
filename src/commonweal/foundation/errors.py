"""What people are told when something they asked for cannot be done."""

from __future__ import annotations

import inspect
from collections.abc import Callable


class Refused(Exception):
    """This cannot be done."""

    status = 409

    def __init__(self, message: str = "", **parts: object) -> None:
        """Take the sentence to show, by default the class's docstring, and what to fill into it."""
        super().__init__(message or inspect.cleandoc(type(self).__doc__ or ""))
        self.parts = parts

    def __str__(self) -> str:
        """Return the sentence in English; `web` tells it in the reader's language."""
        return self.told_in(str)

    def told_in(self, language: Callable[[str], str]) -> str:
        """Return the sentence as `language` translates it, with its parts filled in."""
        sentence = language(self.args[0])
        return sentence % self.parts if self.parts else sentence


class NotAllowed(Refused):
    """You may not do this."""

    status = 403
