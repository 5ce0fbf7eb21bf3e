"""Reading what groups tell."""

from commonweal.knowledge.queries.updates import drafts, latest, published, subject

__all__ = ["drafts", "latest", "published", "subject"]
