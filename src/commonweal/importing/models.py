"""How far the history of a collective was brought along, and who stands behind a profile."""

from django.db import models

from commonweal.collectives.models import Collective
from commonweal.people.models import Party


class History(models.Model):
    """How many of the oldest rows of a collective's past are here.

    A later export carries on from there; where its first rows are others, it is another history.
    """

    collective = models.OneToOneField(
        Collective, models.PROTECT, primary_key=True, related_name="history"
    )
    rows = models.IntegerField(default=0)
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        """Show whose and how long."""
        return f"{self.rows} rows of {self.collective_id}"


class Profile(models.Model):
    """The party behind a profile elsewhere. `key` derives from its address, which is not kept."""

    key = models.UUIDField(primary_key=True)
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        """Show whose."""
        return f"profile of {self.party_id}"
