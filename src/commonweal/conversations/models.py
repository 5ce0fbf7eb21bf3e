"""Comments."""

from django.db import models

from commonweal.people.models import Party


class Comment(models.Model):
    """What somebody said about a thing (`subject`, such as `expense:12`).

    A comment that is not public is read by the people who decide about the thing, and its author.
    """

    subject = models.TextField()
    author = models.ForeignKey(Party, models.PROTECT, related_name="+")
    body = models.TextField()
    public = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta:
        """Serve the thread of a thing."""

        indexes = [models.Index(fields=["subject", "id"])]

    def __str__(self) -> str:
        """Show what it is about."""
        return f"comment on {self.subject}"
