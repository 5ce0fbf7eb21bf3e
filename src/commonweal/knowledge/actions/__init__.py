"""Telling something, and writing down how it is done."""

from commonweal.knowledge.actions.playbooks import (
    ChangedMeanwhile,
    Removed,
    edit_playbook,
    remove_playbook,
    write_playbook,
)
from commonweal.knowledge.actions.updates import (
    AlreadyPublished,
    NotThere,
    add_picture,
    edit_update,
    publish_update,
    remove_picture,
    remove_update,
    write_update,
)

__all__ = [
    "AlreadyPublished",
    "ChangedMeanwhile",
    "NotThere",
    "Removed",
    "add_picture",
    "edit_playbook",
    "edit_update",
    "publish_update",
    "remove_picture",
    "remove_playbook",
    "remove_update",
    "write_playbook",
    "write_update",
]
