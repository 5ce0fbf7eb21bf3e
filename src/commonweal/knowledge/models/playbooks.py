"""Playbooks: how a group does something, for others to start from."""

from django.db import models

from commonweal.collectives.models import Collective, Theme
from commonweal.people.models import Party


class Playbook(models.Model):
    """What a group wrote down of how it does something; `latest` is its newest version.

    Title and theme are those of the newest version. A removed one keeps its slug and its versions.
    """

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="playbooks")
    slug = models.SlugField(max_length=90, unique=True)
    title = models.TextField()
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="+")
    latest = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """List those of a group and those about a theme, newest first."""

        indexes = [
            models.Index(fields=["collective", "-id"]),
            models.Index(fields=["theme", "-id"]),
        ]

    def __str__(self) -> str:
        """Show the title."""
        return self.title


class PlaybookVersion(models.Model):
    """What a playbook said at a time, as `schema/playbook-1.json` describes it; never changed."""

    playbook = models.ForeignKey(Playbook, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    document = models.JSONField()
    changed = models.TextField(default="", blank=True)
    by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Number the versions of a playbook."""

        constraints = [
            models.UniqueConstraint(fields=["playbook", "number"], name="playbook_version_once")
        ]

    def __str__(self) -> str:
        """Show of which playbook it is, and its number."""
        return f"{self.playbook_id} version {self.number}"
