"""Hosts, whom they host, and who asked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from commonweal.collectives.models import Collective
from commonweal.foundation.fields import CurrencyField
from commonweal.people.models import Party


class Host(models.Model):
    """An organization that legally holds the money of its collectives.

    `fee_ppm` is its share of every contribution, in parts per million, unless agreed otherwise.
    `fees` are shares for some gifts only: `rules.FeeRule` as lists. `rail_fee_by` says who bears
    what rails keep, `losses_by` who bears what is taken back after it was spent, and `currencies`
    which others than its own it takes gifts in. The bank account is public: it is where
    contributors send money. Who has a `creditor_id` may collect by direct debit.
    """

    class Bearer(models.TextChoices):
        """Who bears a cost: the group, as far as it has money, or always the host."""

        GROUP = "group"
        HOST = "host"

    party = models.OneToOneField(Party, models.PROTECT, primary_key=True, related_name="host")
    currency = CurrencyField(default="EUR")
    fee_ppm = models.IntegerField(default=50_000)
    fees = models.JSONField(default=list, blank=True)
    rail_fee_by = models.TextField(choices=Bearer, default=Bearer.GROUP)
    losses_by = models.TextField(choices=Bearer, default=Bearer.GROUP)
    currencies = ArrayField(CurrencyField(), default=list, blank=True)
    terms = models.TextField(default="", blank=True)
    open_to_applications = models.BooleanField(default=True)
    account_holder = models.TextField(default="", blank=True)
    iban = models.TextField(default="", blank=True)
    bic = models.TextField(default="", blank=True)
    creditor_id = models.TextField(default="", blank=True)
    since = models.DateTimeField()

    class Meta:
        """Keep the fee a share."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(fee_ppm__gte=0, fee_ppm__lte=1_000_000), name="host_fee_is_share"
            )
        ]

    def __str__(self) -> str:
        """Show the name."""
        return str(self.party)


class Application(models.Model):
    """A collective asks a host to hold its money."""

    class Status(models.TextChoices):
        """What became of it."""

        PENDING = "pending"
        ASKED = "asked"
        APPROVED = "approved"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="applications")
    host = models.ForeignKey(Host, models.PROTECT, related_name="applications")
    message = models.TextField(default="", blank=True)
    status = models.TextField(choices=Status, default=Status.PENDING)
    answer = models.TextField(default="", blank=True)
    applied_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Ask one host at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["collective"],
                condition=models.Q(status__in=["pending", "asked"]),
                name="one_open_application",
            )
        ]
        indexes = [models.Index(fields=["host", "status", "id"])]

    def __str__(self) -> str:
        """Show who asks whom."""
        return f"{self.collective_id} asks {self.host_id}"


class Hosting(models.Model):
    """The relation between a collective and its host, from `since` to `until`."""

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="hostings")
    host = models.ForeignKey(Host, models.PROTECT, related_name="hostings")
    fee_ppm = models.IntegerField(null=True, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Have one host at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["collective"], condition=models.Q(until=None), name="one_current_host"
            ),
            models.CheckConstraint(
                condition=models.Q(fee_ppm__gte=0, fee_ppm__lte=1_000_000), name="own_fee_is_share"
            ),
        ]

    def __str__(self) -> str:
        """Show who holds whose money."""
        return f"{self.host_id} hosts {self.collective_id}"
