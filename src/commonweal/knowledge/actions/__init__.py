"""Telling something, writing down how it is done, and asking whoever wishes to be asked."""

from commonweal.knowledge.actions.asking import (
    AlreadyAnswered,
    WasRefused,
    allow_asking,
    answer_ask,
    ask,
    forget_asks,
    pause_asking,
    refuse_asks,
    report_ask,
)
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
    edit_update,
    publish_update,
    remove_update,
    write_update,
)
from commonweal.knowledge.actions.wishing import close_wish, open_wish

__all__ = [
    "AlreadyAnswered",
    "AlreadyPublished",
    "ChangedMeanwhile",
    "NotThere",
    "Removed",
    "WasRefused",
    "allow_asking",
    "answer_ask",
    "ask",
    "close_wish",
    "edit_playbook",
    "edit_update",
    "forget_asks",
    "open_wish",
    "pause_asking",
    "publish_update",
    "refuse_asks",
    "remove_playbook",
    "remove_update",
    "report_ask",
    "write_playbook",
    "write_update",
]
