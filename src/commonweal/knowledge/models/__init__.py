"""What groups tell and learn."""

from commonweal.knowledge.models.updates import Update

__all__ = ["Update"]
