"""Tables of the money journal. Rows are written by the SQL functions in `sql/` alone."""

from django.db import models

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


class Purpose(models.IntegerChoices):
    """What an account is for. Guarded ones cannot fall below their floor and have a statement."""

    FUNDS = 1, "funds"  # guarded: the money of a collective at its host
    HOST_FUNDS = 2, "host funds"  # guarded: a host's own money that it may spend here
    BACKERS = 10, "backers"  # whoever gave, for history brought from elsewhere
    PAYEES = 11, "payees"  # whoever was paid, for history brought from elsewhere
    BANK = 12, "bank"  # the bank account of a host, seen from outside: negative = money in it
    CHARGES = 20, "charges in clearing"
    PAYOUTS = 21, "payouts in clearing"
    HOST_FEES = 30, "host fees"
    PROCESSOR_FEES = 31, "payment processor fees"
    PLATFORM_FEES = 32, "platform fees"
    TRADING = 40, "trading"  # both sides of a conversion between currencies
    OPENING = 41, "opening balances"


class Kind(models.IntegerChoices):
    """What an entry or a transaction is."""

    CONTRIBUTION = 1, "contribution"
    HOST_FEE = 2, "host fee"
    PROCESSOR_FEE = 3, "payment processor fee"
    PLATFORM_FEE = 4, "platform fee"
    EXPENSE = 5, "expense"
    REFUND = 6, "refund"
    TRANSFER = 7, "transfer"
    OPENING = 8, "opening balance"
    ARRIVAL = 9, "arrival"
    PAYOUT = 10, "payout"
    CONVERSION = 11, "conversion"
    CORRECTION = 12, "correction"


class Category(models.Model):
    """What money was received for or spent on, from one shared chart; names go through gettext."""

    id = models.SmallIntegerField(primary_key=True)
    slug = models.SlugField(unique=True)
    incoming = models.BooleanField()

    class Meta:
        """Read as one chart."""

        ordering = ["-incoming", "id"]

    def __str__(self) -> str:
        """Show the slug."""
        return self.slug


class Account(models.Model):
    """One currency for one party at one host. Guarded accounts carry balance, seq and a floor."""

    public_id = models.TextField(unique=True)
    purpose = models.SmallIntegerField(choices=Purpose)
    party_id = models.BigIntegerField(null=True)
    host_id = models.BigIntegerField(null=True)
    place_id = models.BigIntegerField(null=True)
    rail = models.TextField(default="")
    currency = CurrencyField()
    guarded = models.BooleanField()
    floor = models.BigIntegerField(null=True, default=0)
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
            )
        ]

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
