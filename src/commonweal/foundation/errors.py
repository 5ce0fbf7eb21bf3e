"""What people are told when something they asked for cannot be done."""

from __future__ import annotations

import inspect


class Refused(Exception):
    """This cannot be done."""

    status = 409

    def __init__(self, message: str = "") -> None:
        """Take the sentence to show; by default the class's docstring."""
        super().__init__(message or inspect.cleandoc(type(self).__doc__ or ""))


class NotAllowed(Refused):
    """You may not do this."""

    status = 403
