"""What groups tell and learn."""

from commonweal.knowledge.models.playbooks import Playbook, PlaybookVersion
from commonweal.knowledge.models.updates import Update

__all__ = ["Playbook", "PlaybookVersion", "Update"]
