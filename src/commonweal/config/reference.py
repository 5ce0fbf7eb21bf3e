"""docs/operating/settings.md, written from the environment's own definition.

`.venv/bin/python -m commonweal.config.reference > docs/operating/settings.md` brings it up to date.
"""

from __future__ import annotations

import sys
from dataclasses import Field, fields
from typing import Any

from commonweal.config.environment import Environment, variable_name

INTRODUCTION = """\
# Settings

Everything that differs between servers is an environment variable. A secret may also stand in a
file: `COMMONWEAL_SECRET_KEY_FILE=/run/secrets/key` reads it from there. A name that starts with
`COMMONWEAL_` and is not in this list is refused, so that a typing mistake is never silent.
`commonweal doctor` says what is set and what is missing. What an administrator may change while
the server runs is not here: it is on the pages of the instance.

This page is written by `python -m commonweal.config.reference`.

| variable | default | what it is |
|---|---|---|
"""


def markdown() -> str:
    """Return the whole page."""
    return INTRODUCTION + "\n".join(map(_row, fields(Environment))) + "\n"


def _row(entry: Field[Any]) -> str:
    default = entry.default
    shown = str(int(default)) if isinstance(default, bool) else str(default)
    return (
        f"| `{variable_name(entry)}` | {f'`{shown}`' if shown else ''} | {entry.metadata['help']} |"
    )


if __name__ == "__main__":
    sys.stdout.write(markdown())
