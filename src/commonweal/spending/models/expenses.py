"""Expenses with their items, papers and approvals, and forms that were not sent yet."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from commonweal.collectives.models import Activity, Collective
from commonweal.foundation.fields import CurrencyField, EncryptedField
from commonweal.foundation.money import Money
from commonweal.ledger.models import Category
from commonweal.people.models import Party
from commonweal.spending.models.payees import PayoutMethod


class Expense(models.Model):
    """A request to be paid from a collective's budget. `version` grows with each change of it.

    `reference` is what the payee wants to be paid with, `due_on` by when.
    """

    class Kind(models.TextChoices):
        """What it is."""

        REIMBURSEMENT = "reimbursement"
        INVOICE = "invoice"
        GRANT = "grant"  # for a purpose; needs no receipt

    class Status(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft"
        SUBMITTED = "submitted"
        NEEDS_CHANGES = "needs changes"
        APPROVED = "approved"
        ON_HOLD = "on hold"
        SCHEDULED = "scheduled"  # chosen in a pay run; no money has moved
        IN_PAYMENT = "in payment"
        PAID = "paid"
        RETURNED = "returned"  # the bank gave it back
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="expenses")
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="expenses"
    )
    number = models.IntegerField()
    kind = models.TextField(choices=Kind, default=Kind.REIMBURSEMENT)
    status = models.TextField(choices=Status, default=Status.DRAFT)
    title = models.TextField()
    author = models.ForeignKey(Party, models.PROTECT, related_name="+")
    payee = models.ForeignKey(Party, models.PROTECT, related_name="expenses_to")
    payout_method = models.ForeignKey(PayoutMethod, models.PROTECT, null=True, blank=True)
    invoice_number = models.TextField(default="", blank=True)
    reference = models.TextField(default="", blank=True)
    due_on = models.DateField(null=True, blank=True)
    purpose = models.TextField(default="", blank=True)
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()
    version = models.IntegerField(default=1)
    payout_attempt = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)

    class Meta:
        """Number the expenses of a collective; list those that wait."""

        constraints = [
            models.UniqueConstraint(fields=["collective", "number"], name="expense_number"),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="expense_above_zero"
            ),
        ]
        indexes = [models.Index(fields=["collective", "status", "-id"])]

    def __str__(self) -> str:
        """Show the title."""
        return self.title


class ExpenseItem(models.Model):
    """One line of an expense: what, when, how much.

    `spent_minor` is what it cost where it was bought, in another currency than the group's;
    `vat_minor` is how much of the amount is VAT.
    """

    expense = models.ForeignKey(Expense, models.CASCADE, related_name="items")
    description = models.TextField()
    spent_on = models.DateField()
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()
    spent_minor = models.BigIntegerField(null=True, blank=True)
    spent_currency = CurrencyField(default="", blank=True)
    vat_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    vat_minor = models.BigIntegerField(null=True, blank=True)

    class Meta:
        """Keep the order they were typed in."""

        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="item_above_zero")
        ]

    def __str__(self) -> str:
        """Show what was bought."""
        return self.description

    @property
    def amount(self) -> Money:
        """What it costs the group."""
        return Money(self.amount_minor, self.currency)

    @property
    def spent(self) -> Money | None:
        """What it cost where it was bought, in another currency."""
        if self.spent_minor is None:
            return None
        return Money(self.spent_minor, self.spent_currency)

    @property
    def vat(self) -> Money | None:
        """How much of it is VAT, where that was said."""
        return None if self.vat_minor is None else Money(self.vat_minor, self.currency)


class Receipt(models.Model):
    """A photograph or PDF that proves an expense. Private: it may show faces and card numbers.

    `sha256` is of the file as it was sent, `bands` how a picture looks (see `foundation.looks`).
    """

    expense = models.ForeignKey(Expense, models.CASCADE, related_name="receipts")
    item = models.ForeignKey(
        ExpenseItem, models.SET_NULL, null=True, blank=True, related_name="receipts"
    )
    file = models.FileField(upload_to="receipts/")
    name = models.TextField()
    media_type = models.TextField()
    sha256 = models.BinaryField()
    bands = ArrayField(models.IntegerField(), default=list, blank=True)
    size_bytes = models.IntegerField()
    added_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        """Find those that were sent before, and those that look alike."""

        indexes = [
            models.Index(fields=["sha256"], name="receipt_by_digest"),
            GinIndex(fields=["bands"], name="receipt_by_looks"),
        ]

    def __str__(self) -> str:
        """Show which expense it proves."""
        return f"receipt of expense {self.expense_id}"


class Unsent(models.Model):
    """What somebody typed for an expense and has not sent: the form as it is, encrypted.

    `papers` are the receipts that wait with it: name, place and what is known of each.
    """

    key = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Party, models.CASCADE, related_name="unsent")
    collective = models.ForeignKey(Collective, models.CASCADE, related_name="+")
    title = EncryptedField(default="", blank=True)
    typed = EncryptedField()
    papers = models.JSONField(default=list)
    saved_at = models.DateTimeField()

    class Meta:
        """List somebody's, newest first; find the old ones."""

        indexes = [
            models.Index(fields=["person", "collective", "-saved_at"], name="unsent_of_a_person"),
            models.Index(fields=["saved_at"], name="unsent_by_age"),
        ]

    def __str__(self) -> str:
        """Show whose it is."""
        return f"an expense that {self.person_id} has not sent"


class Approval(models.Model):
    """Somebody agreed to one version of an expense."""

    expense = models.ForeignKey(Expense, models.CASCADE, related_name="approvals")
    version = models.IntegerField()
    approver = models.ForeignKey(Party, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Approve a version once."""

        constraints = [
            models.UniqueConstraint(
                fields=["expense", "version", "approver"], name="approve_a_version_once"
            )
        ]

    def __str__(self) -> str:
        """Show what was approved."""
        return f"approval of expense {self.expense_id}, version {self.version}"
