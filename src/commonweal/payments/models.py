"""Charges, payouts and the inbox."""

from django.db import models

from commonweal.foundation.fields import CurrencyField
from commonweal.hosting.models import Host


class Charge(models.Model):
    """Money coming in over a rail for a `subject`, such as `contribution:12`.

    `fee_minor` is what the rail keeps, `refunded_minor` what was taken back from the subject in
    all, `returned_minor` what of that has left again. `times_undone` counts how often somebody
    found that it had not, so that each time has a key of its own. The ledger key of each step
    derives from `uuid`; `refs` goes with every step into the ledger.
    """

    class State(models.TextChoices):
        """How far the money has come."""

        CREATED = "created"  # we know of it; the rail may not
        PENDING = "pending"  # the rail waits for the giver or the bank
        CAPTURED = "captured"  # the money is ours, in clearing
        SETTLED = "settled"  # shared out
        FAILED = "failed"
        REFUNDING = "refunding"  # out of the collective, back in clearing
        REFUNDED = "refunded"

    uuid = models.UUIDField(unique=True)
    subject = models.TextField()
    host = models.ForeignKey(Host, models.PROTECT, related_name="charges")
    rail = models.TextField()
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()
    fee_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    returned_minor = models.BigIntegerField(default=0)
    state = models.TextField(choices=State, default=State.CREATED)
    description = models.TextField(default="", blank=True)
    refs = models.JSONField(default=dict, blank=True)
    reference = models.TextField(default="", blank=True)
    external_id = models.TextField(default="", blank=True)
    next_step = models.JSONField(default=dict, blank=True)
    failure = models.TextField(default="", blank=True)
    created_at = models.DateTimeField()
    arrived_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    times_undone = models.SmallIntegerField(default=0)

    class Meta:
        """Find by what it is for, by reference, and what is unfinished."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="charge_above_zero"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    returned_minor__gte=0,
                    refunded_minor__gte=models.F("returned_minor"),
                    amount_minor__gte=models.F("refunded_minor"),
                ),
                name="no_more_back_than_came",
            ),
        ]
        indexes = [
            models.Index(fields=["subject"]),
            models.Index(fields=["host", "state", "id"]),
            models.Index(
                fields=["id"],
                condition=models.Q(state__in=["created", "captured", "refunding"]),
                name="unfinished_charges",
            ),
            models.Index(
                fields=["reference"], condition=~models.Q(reference=""), name="charge_by_reference"
            ),
        ]

    def __str__(self) -> str:
        """Show what it is for."""
        return f"charge for {self.subject}"


class Payout(models.Model):
    """Money going out over a rail for a `subject`, such as `expense:5`.

    `times_undone` counts how often it was taken for paid and was not.
    """

    class State(models.TextChoices):
        """How far the money has gone."""

        HELD = "held"  # out of the collective, in clearing
        SENT = "sent"  # the rail was told
        PAID = "paid"
        RETURNED = "returned"  # back with the collective

    uuid = models.UUIDField(unique=True)
    subject = models.TextField()
    attempt = models.SmallIntegerField(default=1)
    host = models.ForeignKey(Host, models.PROTECT, related_name="payouts")
    rail = models.TextField()
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()
    state = models.TextField(choices=State, default=State.HELD)
    refs = models.JSONField(default=dict, blank=True)
    reference = models.TextField(default="", blank=True)
    external_id = models.TextField(default="", blank=True)
    created_at = models.DateTimeField()
    paid_on = models.DateField(null=True, blank=True)
    times_undone = models.SmallIntegerField(default=0)

    class Meta:
        """Never attempt the same payment twice."""

        constraints = [
            models.UniqueConstraint(
                fields=["subject", "attempt"], name="one_payout_for_an_attempt"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="payout_above_zero"
            ),
        ]
        indexes = [models.Index(fields=["host", "state", "id"])]

    def __str__(self) -> str:
        """Show what it is for."""
        return f"payout for {self.subject}"


class InboxItem(models.Model):
    """News from a rail, stored as it came before anybody acts on it."""

    rail = models.TextField()
    object_id = models.TextField()
    kind = models.TextField()
    payload = models.JSONField()
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(default="", blank=True)

    class Meta:
        """Take the same news once."""

        constraints = [
            models.UniqueConstraint(fields=["rail", "object_id", "kind"], name="same_news_once")
        ]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(read_at=None), name="unread_news")
        ]

    def __str__(self) -> str:
        """Show what it tells."""
        return f"{self.rail} {self.kind}"
