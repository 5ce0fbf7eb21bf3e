"""Connections to the database, where a process has to part from them by itself."""

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper


def close_all() -> None:
    """Let go of the database at once, instead of when the pool's threads notice our end."""
    for connection in connections.all(initialized_only=True):
        if isinstance(connection, DatabaseWrapper) and not connection.in_atomic_block:
            connection.close()
            connection.close_pool()
