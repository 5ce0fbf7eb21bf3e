"""How far the history of a collective was brought along, and who stands behind a profile."""

from django.db import models

from commonweal.collectives.models import Collective
from commonweal.foundation.fields import CurrencyField
from commonweal.people.models import Party


class History(models.Model):
    """The rows of a collective's past that are here, oldest first, and the balance they end on.

    A later export carries on from there; anything that does not meet it is another history.
    """

    collective = models.OneToOneField(
        Collective, models.PROTECT, primary_key=True, related_name="history"
    )
    rows = models.IntegerField(default=0)
    balance_minor = models.BigIntegerField(default=0)
    currency = CurrencyField()
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
