"""The fact journal's one table."""

from django.db import models


class Fact(models.Model):
    """Somebody (`by`) did something (`kind`) to a thing (`subject`), on behalf of `party`.

    Ids are opaque numbers, so a fact outlives a deleted profile. Facts marked not public are for
    the people concerned. `note` is what the person said about it, in their words.
    """

    at = models.DateTimeField()
    kind = models.TextField()
    subject = models.TextField()
    party_id = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)
    public = models.BooleanField(default=True)
    note = models.TextField(default="")
    data = models.JSONField(default=dict)

    class Meta:
        """Serve the timeline of a thing and the news of a party."""

        indexes = [models.Index(fields=["subject", "id"]), models.Index(fields=["party_id", "-id"])]

    def __str__(self) -> str:
        """Show what happened to what."""
        return f"{self.kind} {self.subject}"
