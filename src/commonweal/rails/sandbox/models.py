"""What the pretend card company remembers."""

from django.db import models

from commonweal.foundation.fields import CurrencyField


class PretendPayment(models.Model):
    """A payment that never happened. `key` is ours; asking again finds the same one."""

    key = models.UUIDField(unique=True)
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()
    state = models.TextField()
    refunded_minor = models.BigIntegerField(default=0)
    return_url = models.TextField(default="")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        """Show its state."""
        return f"pretend payment, {self.state}"
