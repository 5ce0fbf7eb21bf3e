"""What the pretend card company remembers."""

from django.db import models

from commonweal.foundation.fields import CurrencyField


class PretendPayment(models.Model):
    """A payment that never happened. `key` is ours; asking again finds the same one.

    `card` is the pretend card that the giver chose, known again when it is charged once more.
    """

    class State(models.TextChoices):
        """What the pretend card company is waiting for, or how it ended."""

        OPEN = "open"  # for a card
        ASKING = "asking"  # for a yes at the pretend bank
        TAKEN = "taken"
        DECLINED = "declined"

    key = models.UUIDField(unique=True)
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()
    state = models.TextField(choices=State, default=State.OPEN)
    refunded_minor = models.BigIntegerField(default=0)
    return_url = models.TextField(default="")
    card = models.TextField(default="", blank=True)
    attempt = models.SmallIntegerField(default=1)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        """Show its state."""
        return f"pretend payment, {self.state}"
