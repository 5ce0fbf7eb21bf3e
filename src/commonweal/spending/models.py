"""Expenses, their items and files, approvals, and where to pay."""

from django.db import models

from commonweal.collectives.models import Activity, Collective
from commonweal.foundation.fields import CurrencyField, EncryptedField
from commonweal.ledger.models import Category
from commonweal.people.models import Party


class PayoutMethod(models.Model):
    """Where a party is paid. The IBAN stands encrypted; pages show its mask alone.

    One that took the place of another is not paid to before `payable_from`, unless a host asked
    the payee (`verified_at`).
    """

    party = models.ForeignKey(Party, models.CASCADE, related_name="payout_methods")
    holder = EncryptedField()
    iban = EncryptedField()
    mask = models.TextField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    payable_from = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        """Find those that may be the same number: only their masks can be searched."""

        indexes = [models.Index(fields=["mask"])]

    def __str__(self) -> str:
        """Show the mask."""
        return self.mask


class Expense(models.Model):
    """A request to be paid from a collective's budget. `version` grows with each change of it."""

    class Kind(models.TextChoices):
        """What it is."""

        REIMBURSEMENT = "reimbursement"
        INVOICE = "invoice"

    class Status(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft"
        SUBMITTED = "submitted"
        APPROVED = "approved"
        IN_PAYMENT = "in payment"
        PAID = "paid"
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
    """One line of an expense: what, when, how much."""

    expense = models.ForeignKey(Expense, models.CASCADE, related_name="items")
    description = models.TextField()
    spent_on = models.DateField()
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()

    class Meta:
        """Keep the order they were typed in."""

        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="item_above_zero")
        ]

    def __str__(self) -> str:
        """Show what was bought."""
        return self.description


class Receipt(models.Model):
    """A photograph or PDF that proves an expense. Private: it may show faces and card numbers."""

    expense = models.ForeignKey(Expense, models.CASCADE, related_name="receipts")
    item = models.ForeignKey(
        ExpenseItem, models.SET_NULL, null=True, blank=True, related_name="receipts"
    )
    file = models.FileField(upload_to="receipts/")
    name = models.TextField()
    media_type = models.TextField()
    sha256 = models.BinaryField()
    size_bytes = models.IntegerField()
    added_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        """Show which expense it proves."""
        return f"receipt of expense {self.expense_id}"


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
