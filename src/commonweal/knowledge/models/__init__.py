"""What groups tell, learn and need."""

from commonweal.knowledge.models.calls import (
    Answer,
    Call,
    HelpGiven,
    HelpKind,
    HelpLettersStopped,
)
from commonweal.knowledge.models.playbooks import Playbook, PlaybookVersion
from commonweal.knowledge.models.updates import Picture, Update

__all__ = [
    "Answer",
    "Call",
    "HelpGiven",
    "HelpKind",
    "HelpLettersStopped",
    "Playbook",
    "PlaybookVersion",
    "Update",
]
__all__ = ["Picture", "Playbook", "PlaybookVersion", "Update"]
