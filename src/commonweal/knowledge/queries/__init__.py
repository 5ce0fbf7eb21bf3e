"""Reading what groups tell and how they do it, and who follows them."""

from commonweal.knowledge.queries.following import (
    Asked,
    asked_by_token,
    confirm_token,
    followers,
    following_by_token,
    reader_by_token,
    reader_token,
    stop_token,
)
from commonweal.knowledge.queries.playbooks import (
    document,
    playbook,
    playbooks,
    public_playbooks,
    version,
    versions,
)
from commonweal.knowledge.queries.updates import drafts, latest, published, subject

__all__ = [
    "Asked",
    "asked_by_token",
    "confirm_token",
    "document",
    "drafts",
    "followers",
    "following_by_token",
    "latest",
    "playbook",
    "playbooks",
    "public_playbooks",
    "published",
    "reader_by_token",
    "reader_token",
    "stop_token",
    "subject",
    "version",
    "versions",
]
