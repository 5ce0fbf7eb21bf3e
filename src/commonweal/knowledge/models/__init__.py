"""What groups tell and learn, and whom they may ask."""

from commonweal.knowledge.models.asking import Ask, AskingPause, Wish
from commonweal.knowledge.models.playbooks import Playbook, PlaybookVersion
from commonweal.knowledge.models.updates import Update

__all__ = ["Ask", "AskingPause", "Playbook", "PlaybookVersion", "Update", "Wish"]
