"""Files as they came, statements, their lines, and what each line became."""

from django.db import models

from commonweal.foundation.fields import CurrencyField, EncryptedField
from commonweal.hosting.models import Host
from commonweal.payments.models import Charge, Payout
from commonweal.people.models import Party


class BankAccount(models.Model):
    """A bank account of a host. `columns` remembers which column of a CSV is which, by its headers.

    `opened_on` is the first day of its first statement: what stood on it then came from before.
    """

    host = models.ForeignKey(Host, models.PROTECT, related_name="bank_accounts")
    iban = models.TextField()
    currency = CurrencyField()
    opened_on = models.DateField(null=True, blank=True)
    opening_minor = models.BigIntegerField(default=0)
    columns = models.JSONField(default=dict, blank=True)

    class Meta:
        """Know each account of a host once."""

        constraints = [
            models.UniqueConstraint(fields=["host", "iban", "currency"], name="one_bank_account")
        ]

    def __str__(self) -> str:
        """Show the number."""
        return self.iban


class BankFile(models.Model):
    """A file as the bank wrote it. Private: it names everybody who paid."""

    host = models.ForeignKey(Host, models.PROTECT, related_name="bank_files")
    file = models.FileField(upload_to="statements/")
    name = models.TextField()
    sha256 = models.BinaryField()
    size_bytes = models.BigIntegerField()
    taken_by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        """Take the same file once."""

        constraints = [
            models.UniqueConstraint(fields=["host", "sha256"], name="same_bank_file_once")
        ]

    def __str__(self) -> str:
        """Show the name it had."""
        return self.name


class BankStatement(models.Model):
    """One statement of a file: which days, and what stood on the account before and after."""

    file = models.ForeignKey(BankFile, models.PROTECT, related_name="statements")
    account = models.ForeignKey(BankAccount, models.PROTECT, related_name="statements")
    family = models.TextField()
    number = models.TextField(default="", blank=True)
    currency = CurrencyField()
    opening_minor = models.BigIntegerField(null=True, blank=True)
    closing_minor = models.BigIntegerField(null=True, blank=True)
    from_on = models.DateField()
    to_on = models.DateField()
    new_lines = models.IntegerField()
    known_lines = models.IntegerField()
    pending_lines = models.IntegerField(default=0)
    gap_minor = models.BigIntegerField(default=0)

    class Meta:
        """List an account's statements, newest first."""

        indexes = [models.Index(fields=["account", "-to_on", "-id"])]

    def __str__(self) -> str:
        """Show which account and until when."""
        return f"{self.account_id} until {self.to_on}"


class BankLine(models.Model):
    """One movement of an account, once. Who paid and what they typed stands encrypted in `said`.

    `name` is what it is known by, `content` and `booking` what else it is compared with. `payer`
    stands for the account on the other side and cannot be turned back into it.
    """

    class State(models.TextChoices):
        """How far we are with it."""

        NEW = "new"  # nobody has looked
        ASKED = "asked"  # a person has to say what it is
        PLACED = "placed"

    uuid = models.UUIDField(unique=True)
    account = models.ForeignKey(BankAccount, models.PROTECT, related_name="lines")
    statement = models.ForeignKey(BankStatement, models.PROTECT, related_name="lines")
    name = models.TextField()
    content = models.TextField()
    booking = models.TextField(default="", blank=True)
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()
    booked_on = models.DateField()
    value_on = models.DateField(null=True, blank=True)
    payer = models.TextField(default="", blank=True)
    said = EncryptedField()
    code = models.TextField(default="", blank=True)
    is_return = models.BooleanField(default=False)
    state = models.TextField(choices=State, default=State.NEW)
    question = models.TextField(default="", blank=True)
    about = models.JSONField(default=list, blank=True)

    class Meta:
        """Have each line once; find what waits, what came before from an account, and bookings."""

        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="same_bank_line_once")
        ]
        indexes = [
            models.Index(fields=["account", "content"]),
            models.Index(fields=["account", "booking"]),
            models.Index(fields=["payer"], condition=~models.Q(payer=""), name="lines_of_a_payer"),
            models.Index(
                fields=["account", "id"],
                condition=~models.Q(state="placed"),
                name="unplaced_bank_lines",
            ),
        ]

    def __str__(self) -> str:
        """Show when and how much, never who."""
        return f"{self.booked_on}: {self.amount_minor} {self.currency}"


class Match(models.Model):
    """What a line, or a part of it, became, why, and by whom; None where it was found by itself.

    `number` counts all that was ever made of a line, so that each has ledger keys of its own.
    """

    class Kind(models.TextChoices):
        """What it became."""

        GIFT = "gift"
        GIFT_BACK = "gift_back"  # the bank took a gift back
        REFUND = "refund"  # a gift that we sent back
        PAYOUT = "payout"
        PAYOUT_BACK = "payout_back"  # a payout that came back
        RETURN = "return"  # money that is nobody's here and goes back
        OWN = "own"  # the host's own
        EXCHANGE = "exchange"  # one side of money that the host exchanged

    line = models.ForeignKey(BankLine, models.PROTECT, related_name="matches")
    number = models.SmallIntegerField()
    kind = models.TextField(choices=Kind)
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()
    charge = models.ForeignKey(
        Charge, models.PROTECT, null=True, blank=True, related_name="bank_matches"
    )
    payout = models.ForeignKey(
        Payout, models.PROTECT, null=True, blank=True, related_name="bank_matches"
    )
    was_confirmed = models.BooleanField(default=False)
    certainty = models.SmallIntegerField()
    reason = models.TextField()
    note = models.TextField(default="", blank=True)
    by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        """Number what became of a line."""

        constraints = [models.UniqueConstraint(fields=["line", "number"], name="number_of_a_match")]

    def __str__(self) -> str:
        """Show what became of which line."""
        return f"{self.kind} of line {self.line_id}"
