"""Updates: news that a group posts."""

from django.db import models

from commonweal.collectives.models import Collective
from commonweal.people.models import Party


class Update(models.Model):
    """News of a group, in Markdown: a draft until it is published.

    Its number is never given to another one, so a removed update stays as an empty row.
    """

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="updates")
    number = models.IntegerField()
    title = models.TextField()
    body = models.TextField()
    author = models.ForeignKey(Party, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Number the updates of a group, and list the published ones of all quickly."""

        constraints = [
            models.UniqueConstraint(fields=["collective", "number"], name="update_number_once")
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                condition=models.Q(published_at__isnull=False, removed_at=None),
                name="update_published",
            )
        ]

    def __str__(self) -> str:
        """Show the title."""
        return self.title
