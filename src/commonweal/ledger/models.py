"""Tables of the money journal. Rows are written by the SQL functions in `sql/` alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.foundation.fields import CurrencyField


class Currency(models.Model):
    """A currency that accounts may hold; its exponent never changes once used (ISO 4217)."""

    code = models.CharField(max_length=3, primary_key=True)
    exponent = models.SmallIntegerField()

    class Meta:
        """Keep exponents within what ISO 4217 knows."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(exponent__gte=0, exponent__lte=4), name="exponent_0_to_4"
            )
        ]

    def __str__(self) -> str:
        """Show the code."""
        return self.code


class Rate(models.Model):
    """What a euro was worth in a currency on a day: `numerator` / `denominator` units of it.

    Rates are facts of that day and never rewritten; days without a market have none.
    """

    pk = models.CompositePrimaryKey("currency", "day")
    currency = CurrencyField()
    day = models.DateField()
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()

    class Meta:
        """Nothing is worth nothing."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(numerator__gt=0, denominator__gt=0), name="rate_above_zero"
            )
        ]

    def __str__(self) -> str:
        """Show of what and when."""
        return f"{self.currency} on {self.day}"


class Purpose(models.IntegerChoices):
    """What an account is for. Guarded ones cannot fall below their floor and have a statement."""

    FUNDS = 1, "funds"  # guarded: the money of a collective at its host
    HOST_FUNDS = 2, "host funds"  # guarded: a host's own money that it may spend here
    BACKERS = 10, "backers"  # whoever gave, for history brought from elsewhere
    PAYEES = 11, "payees"  # whoever was paid, for history brought from elsewhere
    BANK = 12, "bank"  # the bank account of a host, seen from outside: negative = money in it
    CHARGES = 20, "charges in clearing"
    PAYOUTS = 21, "payouts in clearing"
    UNPLACED = 22, "seen at the bank, not placed yet"  # negative where money left
    HOST_FEES = 30, "host fees"
    PROCESSOR_FEES = 31, "payment processor fees"
    PLATFORM_FEES = 32, "platform fees"
    HOST_OWN = 33, "a host's own, such as what its bank costs"
    TRADING = 40, "trading"  # both sides of a conversion between currencies
    OPENING = 41, "opening balances"


class Kind(models.IntegerChoices):
    """What an entry or a transaction is."""

    CONTRIBUTION = 1, _("Gift")
    HOST_FEE = 2, _("Host fee")
    PROCESSOR_FEE = 3, _("Payment fee")
    PLATFORM_FEE = 4, _("Platform fee")
    EXPENSE = 5, _("Expense")
    REFUND = 6, _("Refund")
    TRANSFER = 7, _("Transfer")
    OPENING = 8, _("Opening balance")
    ARRIVAL = 9, _("Arrival")
    PAYOUT = 10, _("Payout")
    CONVERSION = 11, _("Conversion")
    CORRECTION = 12, _("Correction")
    COVER = 13, _("Loss borne by the host")


class Chart(models.IntegerChoices):
    """The chart of categories: below 20 money comes in, from 20 on it goes out."""

    GIFTS = 1, _("Gifts")
    MONTHLY_BACKERS = 2, _("Monthly backers")
    COMPANIES = 3, _("Companies")
    GRANTS = 4, _("Grants")
    TICKETS_SALES = 5, _("Tickets and sales")
    EVENTS_INCOME = 6, _("Jars and events")
    TRANSFERS_IN = 7, _("From other groups")
    OTHER_INCOME = 8, _("Other money in")
    VENUE = 20, _("Venue")
    FOOD_DRINK = 21, _("Food and drink")
    EQUIPMENT = 22, _("Equipment")
    TOOLS_PARTS = 23, _("Tools and parts")
    MATERIALS = 24, _("Materials")
    PRINTING_COMMUNICATION = 25, _("Printing and telling people")
    TRAVEL = 26, _("Travel")
    FEES_SERVICES = 27, _("Fees for work done")
    SALARIES = 28, _("Salaries")
    INSURANCE = 29, _("Insurance")
    RENT_UTILITIES = 30, _("Rent, water and power")
    SOFTWARE_HOSTING = 31, _("Software and servers")
    BANK_FEES = 32, _("Bank fees")
    TRAINING = 33, _("Training")
    GIFTS_SOLIDARITY = 34, _("Gifts and solidarity")
    PLANTS_SEEDS = 35, _("Plants and seeds")
    OTHER_SPENDING = 36, _("Other money out")
    TRANSFERS_OUT = 37, _("To other groups")


FIRST_OUTGOING = 20


class Category(models.Model):
    """What money was received for or spent on: a row for each line of the chart."""

    id = models.SmallIntegerField(primary_key=True, choices=Chart)
    slug = models.SlugField(unique=True)
    incoming = models.BooleanField()

    class Meta:
        """Read as one chart."""

        ordering = ["id"]

    def __str__(self) -> str:
        """Show the name, in the reader's language."""
        return str(Chart(self.id).label)


class Account(models.Model):
    """One currency for one party at one host. Guarded accounts carry balance, seq and a floor.

    `lowest_floor` is the least that was ever allowed; None means that anything was. `place_id` is a
    city and `district_id` a part of it, where the collective is at home in one.
    """

    public_id = models.TextField(unique=True)
    purpose = models.SmallIntegerField(choices=Purpose)
    party_id = models.BigIntegerField(null=True)
    host_id = models.BigIntegerField(null=True)
    place_id = models.BigIntegerField(null=True)
    district_id = models.BigIntegerField(null=True)
    rail = models.TextField(default="")
    currency = CurrencyField()
    guarded = models.BooleanField()
    floor = models.BigIntegerField(null=True, default=0)
    lowest_floor = models.BigIntegerField(null=True, default=0)
    balance = models.BigIntegerField(default=0)
    seq = models.BigIntegerField(default=0)
    frozen = models.BooleanField(default=False)

    class Meta:
        """Give each party one account of a purpose, rail and currency at a host."""

        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "party_id", "host_id", "rail", "currency"],
                name="one_account_for_each_purpose",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(guarded=False)
                | models.Q(floor=None)
                | models.Q(balance__gte=models.F("floor")),
                name="balance_not_below_floor",
            ),
        ]
        indexes = [models.Index(fields=["party_id", "purpose"], name="accounts_of_a_party")]

    def __str__(self) -> str:
        """Show the public id."""
        return self.public_id


class Transaction(models.Model):
    """A balanced set of entries. `refs` holds public ids only, never anything personal."""

    key = models.UUIDField(unique=True)
    request_hash = models.BinaryField()
    kind = models.SmallIntegerField(choices=Kind)
    at = models.DateTimeField()
    effective_on = models.DateField()
    host_id = models.BigIntegerField(null=True)
    category_id = models.SmallIntegerField(null=True)
    reverses = models.BigIntegerField(null=True)
    refs = models.JSONField(default=dict)

    def __str__(self) -> str:
        """Show the key."""
        return str(self.key)


class Entry(models.Model):
    """An amount that one account gained (positive) or gave (negative), in minor units."""

    pk = models.CompositePrimaryKey("transaction", "n")
    transaction = models.ForeignKey(
        Transaction, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="entries"
    )
    n = models.SmallIntegerField()
    account = models.ForeignKey(
        Account, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="entries"
    )
    kind = models.SmallIntegerField(choices=Kind)
    currency = CurrencyField()
    amount = models.BigIntegerField()
    balance_after = models.BigIntegerField(null=True)
    seq = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        """Show which entry it is and how much moved."""
        return f"{self.transaction_id}/{self.n}: {self.amount} {self.currency}"


class PrivateFact(models.Model):
    """A personal detail of a transaction (name, description): the only rows that may be deleted.

    `salt` is drawn for each fact alone, so that a published commitment cannot be guessed.
    """

    pk = models.CompositePrimaryKey("transaction", "field")
    transaction = models.ForeignKey(
        Transaction, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="facts"
    )
    field = models.TextField()
    salt = models.BinaryField()
    value = models.TextField()
    party_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        """Show which field it is, never its value."""
        return f"{self.transaction_id}: {self.field}"


class Position(models.Model):
    """The commit-safe order: the sequencer's gapless number of each committed transaction."""

    position = models.BigIntegerField(primary_key=True)
    transaction = models.OneToOneField(
        Transaction, models.DO_NOTHING, db_constraint=False, related_name="place_in_order"
    )

    def __str__(self) -> str:
        """Show both numbers."""
        return f"{self.position}: transaction {self.transaction_id}"


class Sequencer(models.Model):
    """How far the sequencer has come: no transaction up to `low_id` can still appear. One row.

    Nor can any up to `sample_id`, once the writers in `sample_open` have ended. After a full batch
    `resume_id` is its last transaction: the next batch goes on behind it.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    low_id = models.BigIntegerField(default=0)
    resume_id = models.BigIntegerField(default=0, db_default=0)
    next_position = models.BigIntegerField(default=0)
    sample_id = models.BigIntegerField(default=0)
    sample_open = models.TextField(default="")

    class Meta:
        """There is one sequencer."""

        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_sequencer")]

    def __str__(self) -> str:
        """Show how far it has come."""
        return f"before position {self.next_position}"


class Tally(models.Model):
    """What an unguarded account holds, up to the position the sequencer has reached."""

    account = models.OneToOneField(
        Account, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="tally"
    )
    balance = models.BigIntegerField()
    entries = models.BigIntegerField()

    def __str__(self) -> str:
        """Show the balance."""
        return f"{self.account_id}: {self.balance}"


class DaySum(models.Model):
    """What went into and out of a guarded account on a day, by kind of transaction."""

    pk = models.CompositePrimaryKey("account", "day", "kind")
    account = models.ForeignKey(Account, models.DO_NOTHING, db_constraint=False, db_index=False)
    day = models.DateField()
    kind = models.SmallIntegerField(choices=Kind)
    incoming = models.DecimalField(max_digits=30, decimal_places=0)
    outgoing = models.DecimalField(max_digits=30, decimal_places=0)
    entries = models.BigIntegerField()

    def __str__(self) -> str:
        """Show which day it is."""
        return f"{self.account_id} on {self.day}"


class Scope(models.IntegerChoices):
    """Over whom money is added up."""

    COLLECTIVE = 1, "collective"
    HOST = 2, "host"
    PLACE = 3, "place"
    PLATFORM = 4, "platform"


class MonthSum(models.Model):
    """What went into and out of the funds of a scope in a month, by kind and category.

    `scope_id` is a party (collective or host), a place, or 0 for the whole platform; category 0
    means none. `incoming` and `outgoing` are both positive. A collective counts every movement; for
    all others a transaction counts with its net, so that what moved inside counts nowhere.
    """

    pk = models.CompositePrimaryKey("scope", "scope_id", "currency", "month", "kind", "category")
    scope = models.SmallIntegerField(choices=Scope)
    scope_id = models.BigIntegerField()
    currency = CurrencyField()
    month = models.DateField()
    kind = models.SmallIntegerField(choices=Kind)
    category = models.SmallIntegerField()
    incoming = models.DecimalField(max_digits=30, decimal_places=0)
    outgoing = models.DecimalField(max_digits=30, decimal_places=0)
    entries = models.BigIntegerField()

    def __str__(self) -> str:
        """Show which month it is."""
        return f"{self.scope} {self.scope_id} in {self.month:%Y-%m}"
