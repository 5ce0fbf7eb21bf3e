"""Reading what groups tell, and who follows them."""

from commonweal.knowledge.queries.following import (
    Asked,
    asked_by_token,
    confirm_token,
    followers,
    following_by_token,
    stop_token,
)
from commonweal.knowledge.queries.updates import drafts, latest, published, subject

__all__ = [
    "Asked",
    "asked_by_token",
    "confirm_token",
    "drafts",
    "followers",
    "following_by_token",
    "latest",
    "published",
    "stop_token",
    "subject",
]
