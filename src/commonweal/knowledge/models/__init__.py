"""What groups tell, learn and need, and whom they may ask."""

from commonweal.knowledge.models.asking import Ask, AskingPause, Wish
from commonweal.knowledge.models.calls import Answer, Call, HelpGiven, HelpKind, HelpLettersStopped
from commonweal.knowledge.models.playbooks import Playbook, PlaybookVersion
from commonweal.knowledge.models.updates import Picture, Update

__all__ = [
    "Answer",
    "Ask",
    "AskingPause",
    "Call",
    "HelpGiven",
    "HelpKind",
    "HelpLettersStopped",
    "Picture",
    "Playbook",
    "PlaybookVersion",
    "Update",
    "Wish",
]
