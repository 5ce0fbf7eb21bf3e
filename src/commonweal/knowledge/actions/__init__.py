"""Telling something."""

from commonweal.knowledge.actions.updates import (
    AlreadyPublished,
    NotThere,
    edit_update,
    publish_update,
    remove_update,
    write_update,
)

__all__ = [
    "AlreadyPublished",
    "NotThere",
    "edit_update",
    "publish_update",
    "remove_update",
    "write_update",
]
