"""What people are told when something they asked for cannot be done."""

from __future__ import annotations

import inspect

from django.utils.translation import gettext


class Refused(Exception):
    """This cannot be done."""

    status = 409

    def __init__(self, message: str = "", **parts: object) -> None:
        """Take the sentence to show, by default the class's docstring, and what to fill into it."""
        super().__init__(message or inspect.cleandoc(type(self).__doc__ or ""))
        self.parts = parts

    def __str__(self) -> str:
        """Return the sentence in the language of whoever is told."""
        sentence = gettext(self.args[0])
        return sentence % self.parts if self.parts else sentence


class NotAllowed(Refused):
    """You may not do this."""

    status = 403
