"""A secret that lives in a file of the data folder, readable by nobody but the server."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_BYTES = 18


def kept(path: Path) -> str:
    """Return the secret in a file, after making the file if there is none yet."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    secret = secrets.token_urlsafe(_BYTES)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret + "\n")
    return secret
