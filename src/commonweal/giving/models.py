"""Ways of giving and what was given."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from commonweal.collectives.models import Activity, Collective
from commonweal.foundation.fields import CurrencyField
from commonweal.payments.models import Charge
from commonweal.people.models import Party


class Interval(models.TextChoices):
    """How often."""

    ONCE = "once"
    MONTH = "month"
    YEAR = "year"


class Standing(models.TextChoices):
    """Where a promise stands whose money comes again and again."""

    NONE = ""  # it is given once
    ON = "on"
    PAUSED = "paused"  # by its giver, until a day or until they say so
    QUIET = "quiet"  # no money came for a while; the next that comes wakes it
    ENDED = "ended"


class Ending(models.TextChoices):
    """Who or what ended a promise."""

    NONE = ""
    GIVER = "giver"
    NEVER_PAID = "never paid"
    GROUP_LEFT = "group left"  # its host
    GROUP_CLOSED = "group closed"
    ERASED = "erased"


class Tier(models.Model):
    """A way of contributing that a collective offers. A flexible one has a smallest amount."""

    class Kind(models.TextChoices):
        """What it is to the giver."""

        DONATION = "donation"
        MEMBERSHIP = "membership"
        TICKET = "ticket"
        PRODUCT = "product"
        SERVICE = "service"

    collective = models.ForeignKey(Collective, models.CASCADE, related_name="tiers")
    name = models.TextField()
    description = models.TextField(default="", blank=True)
    kind = models.TextField(choices=Kind, default=Kind.DONATION)
    interval = models.TextField(choices=Interval, default=Interval.ONCE)
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()
    flexible = models.BooleanField(default=False)
    suggestions = ArrayField(models.BigIntegerField(), default=list, blank=True)
    position = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Show in the order the collective chose."""

        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="tier_above_zero")
        ]

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class Contribution(models.Model):
    """A contributor's promise to give. Its charges are the money that came.

    The ledger names it by `public_id`, which opens nothing. Its own page is opened by `secret`.
    `activity` is what it is given for, if it is for one thing that the group does.
    `host_fee_ppm` and `host_bears_rail_fee` are what was agreed when it was promised, so a later
    change does not touch them. `covers_fees` says that its giver added the fees to the gift.
    `received_minor` is in the currency of the group, as the wall is.

    `status` is what became of the money so far, `standing` whether more of it is to come: one that
    is given each month can be settled and go on. Its due days follow `anchor_on`; `next_due_on` is
    the next of them, empty until a card has paid once; `missed` are those without money in a row.
    """

    class Status(models.TextChoices):
        """What became of it."""

        PLEDGED = "pledged"  # promised; the money has not come
        SETTLED = "settled"
        FAILED = "failed"
        CANCELLED = "cancelled"
        REFUNDED = "refunded"

    public_id = models.TextField(unique=True)
    secret = models.TextField(unique=True)
    collective = models.ForeignKey(Collective, models.PROTECT, related_name="contributions")
    contributor = models.ForeignKey(Party, models.PROTECT, related_name="given")
    given_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    tier = models.ForeignKey(Tier, models.PROTECT, null=True, blank=True, related_name="+")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="+")
    interval = models.TextField(choices=Interval, default=Interval.ONCE)
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()
    received_minor = models.BigIntegerField(default=0)
    host_fee_ppm = models.IntegerField()
    host_bears_rail_fee = models.BooleanField(default=False)
    covers_fees = models.BooleanField(default=False)
    rail = models.TextField()
    incognito = models.BooleanField(default=False)
    message = models.TextField(default="", blank=True)
    status = models.TextField(choices=Status, default=Status.PLEDGED)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    standing = models.TextField(choices=Standing, default=Standing.NONE, blank=True)
    anchor_on = models.DateField(null=True, blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    missed = models.SmallIntegerField(default=0)
    paused_at = models.DateTimeField(null=True, blank=True)
    resumes_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.TextField(choices=Ending, default=Ending.NONE, blank=True)

    class Meta:
        """Serve a collective's and a contributor's lists, and find what is due."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="contribution_above_zero"
            ),
            models.CheckConstraint(
                condition=models.Q(standing="", anchor_on=None)
                | (
                    ~models.Q(standing="")
                    & ~models.Q(interval="once")
                    & models.Q(anchor_on__isnull=False)
                ),
                name="only_what_comes_again_stands",
            ),
        ]
        indexes = [
            models.Index(fields=["collective", "status", "-id"]),
            models.Index(fields=["contributor", "-id"]),
            models.Index(
                fields=["collective", "settled_at"],
                condition=models.Q(status="settled"),
                name="gifts_of_a_year",
            ),
            models.Index(
                fields=["next_due_on"], condition=models.Q(standing="on"), name="gifts_due"
            ),
            models.Index(
                fields=["collective"],
                condition=models.Q(standing__in=["on", "paused", "quiet"]),
                name="gifts_alive",
            ),
            models.Index(
                fields=["resumes_on"], condition=models.Q(standing="paused"), name="gifts_to_resume"
            ),
        ]

    def __str__(self) -> str:
        """Show the public id."""
        return self.public_id


class Gift(models.Model):
    """One gift that came, of a promise that is given once or again and again. A view: read only."""

    id = models.BigIntegerField(primary_key=True)
    collective = models.ForeignKey(Collective, models.DO_NOTHING, related_name="+")
    contributor = models.ForeignKey(Party, models.DO_NOTHING, related_name="+")
    incognito = models.BooleanField()
    currency = CurrencyField()
    minor = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        """Be the view that a migration makes."""

        managed = False
        db_table = "giving_gift"

    def __str__(self) -> str:
        """Show its number."""
        return f"gift {self.pk}"


class Conversion(models.Model):
    """What a charge in another currency was worth in the group's, and by which rate.

    `numerator` / `denominator` is what a minor unit was worth, by the reference rate of the
    European Central Bank `on` that day. `transaction_id` shared it out.
    """

    charge = models.OneToOneField(Charge, models.PROTECT, related_name="conversion")
    transaction_id = models.BigIntegerField()
    paid_minor = models.BigIntegerField()
    currency = CurrencyField()
    worth_minor = models.BigIntegerField()
    worth_currency = CurrencyField()
    numerator = models.DecimalField(max_digits=40, decimal_places=0)
    denominator = models.DecimalField(max_digits=40, decimal_places=0)
    on = models.DateField()

    def __str__(self) -> str:
        """Show both amounts."""
        return f"{self.paid_minor} {self.currency} was {self.worth_minor} {self.worth_currency}"


class Support(models.Model):
    """What one contributor has given to one collective so far: the wall of backers reads this."""

    collective = models.ForeignKey(Collective, models.CASCADE, related_name="supports")
    contributor = models.ForeignKey(Party, models.CASCADE, related_name="supporting")
    incognito = models.BooleanField(default=False)
    total_minor = models.BigIntegerField(default=0)
    currency = CurrencyField()
    times = models.IntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        """Have one line for each giver and each way of being named; largest first."""

        constraints = [
            models.UniqueConstraint(
                fields=["collective", "contributor", "incognito"], name="one_support_line"
            )
        ]
        indexes = [models.Index(fields=["collective", "-total_minor"])]

    def __str__(self) -> str:
        """Show who supports whom."""
        return f"{self.contributor_id} supports {self.collective_id}"
