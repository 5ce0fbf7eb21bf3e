"""Updates: news that a group posts."""

from pathlib import PurePosixPath

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


class Picture(models.Model):
    """A picture of an update, made safe, with what it shows in words for those who do not see it.

    Each file has a name that nobody can guess, so that of a draft is as hidden as its text.
    """

    update = models.ForeignKey(Update, models.CASCADE, related_name="pictures")
    file = models.FileField(upload_to="updates/")
    alt = models.TextField()
    width = models.IntegerField()
    height = models.IntegerField()

    class Meta:
        """Show them in the order they came."""

        ordering = ["pk"]

    def __str__(self) -> str:
        """Show what it shows."""
        return self.alt

    @property
    def word(self) -> str:
        """The part of its address that nobody can guess."""
        return PurePosixPath(str(self.file.name)).stem
