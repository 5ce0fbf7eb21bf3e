"""What groups tell and learn."""

from commonweal.knowledge.models.playbooks import Playbook, PlaybookVersion
from commonweal.knowledge.models.updates import Picture, Update

__all__ = ["Picture", "Playbook", "PlaybookVersion", "Update"]
