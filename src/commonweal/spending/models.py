"""Expenses, their items and files, approvals, where to pay, and pay runs."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.collectives.models import Activity, Collective
from commonweal.foundation.fields import CurrencyField, EncryptedField
from commonweal.foundation.money import Money
from commonweal.hosting.models import Host
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


class Supplier(models.Model):
    """Whom a group pays and who does not sign in here, known to it so that nobody types it twice.

    `number` is a VAT or enterprise number.
    """

    party = models.OneToOneField(Party, models.PROTECT, primary_key=True, related_name="supplier")
    collective = models.ForeignKey(Collective, models.PROTECT, related_name="suppliers")
    number = models.TextField(default="", blank=True)
    added_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        """Know each once."""

        constraints = [
            models.UniqueConstraint(
                fields=["collective", "number"], name="one_supplier_of_a_number",
                condition=~models.Q(number=""),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        """Show the name."""
        return self.party.name


class AccountRequest(models.Model):
    """A letter that asks a guest where to pay them; its link works until it is answered."""

    payee = models.ForeignKey(Party, models.CASCADE, related_name="account_requests")
    collective = models.ForeignKey(Collective, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Show whom it asks."""
        return f"where to pay {self.payee_id}"


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


class ExpenseTerms(models.Model):
    """What a host or a group asks before it pays; of both the stricter counts. No row: nothing.

    None and an empty list: no limit. Amounts are in minor units of `currency`.
    """

    party = models.OneToOneField(
        Party, models.PROTECT, primary_key=True, related_name="expense_terms"
    )
    currency = CurrencyField()
    two_from_minor = models.BigIntegerField(null=True, blank=True)
    accountant_from_minor = models.BigIntegerField(null=True, blank=True)
    receipt_from_minor = models.BigIntegerField(null=True, blank=True)
    within_days = models.IntegerField(null=True, blank=True)
    categories = ArrayField(models.SmallIntegerField(), default=list, blank=True)

    def __str__(self) -> str:
        """Show whose they are."""
        return f"what {self.party_id} asks"


class BudgetLine(models.Model):
    """What an activity is to cost in a category. What a year is to cost: `collectives`."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="budget")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()

    class Meta:
        """Plan each category once."""

        constraints = [
            models.UniqueConstraint(
                fields=["activity", "category"], name="budget_a_category_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="budget_line_above_zero"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Show what for."""
        return f"{self.category_id} of {self.activity_id}"


class Repeat(models.Model):
    """An expense that is filed again: a draft like `expense` on each `next_on`, for its author.

    Nothing is handed in by itself. `ended_at` is when somebody, or the server, stopped it.
    """

    class Every(models.TextChoices):
        """How often."""

        MONTH = "month"
        QUARTER = "quarter"
        YEAR = "year"

    expense = models.OneToOneField(Expense, models.CASCADE, related_name="repeat")
    every = models.TextField(choices=Every)
    first_on = models.DateField()
    next_on = models.DateField()
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Find those that are due."""

        indexes = [models.Index(fields=["next_on"], condition=models.Q(ended_at=None), name="due")]

    def __str__(self) -> str:
        """Show what is repeated."""
        return f"expense {self.expense_id} each {self.every}"


class Repeated(models.Model):
    """The draft that a repeat made for one day: there is never a second one."""

    repeat = models.ForeignKey(Repeat, models.CASCADE, related_name="made")
    due_on = models.DateField()
    expense = models.OneToOneField(Expense, models.CASCADE, related_name="repeated")

    class Meta:
        """Make each once."""

        constraints = [
            models.UniqueConstraint(fields=["repeat", "due_on"], name="repeat_a_day_once")
        ]

    def __str__(self) -> str:
        """Show which one it is."""
        return f"repeat {self.repeat_id} of {self.due_on}"


class PayTerms(models.Model):
    """How a host wants to pay: who releases, what its bank takes. No row: nothing was said yet."""

    host = models.OneToOneField(Host, models.PROTECT, primary_key=True, related_name="pay_terms")
    second_person = models.BooleanField(default=False)
    second_lock = models.BooleanField(default=False)
    file_kind = models.TextField(default="", blank=True)
    as_one = models.BooleanField(default=True)

    def __str__(self) -> str:
        """Show whose they are."""
        return f"how {self.host_id} pays"


class PayRun(models.Model):
    """Approved expenses that a host pays together, with one file for its bank.

    `file` is what the bank is given, encrypted, as it was written at release; `uuid` names it to
    the bank. What became of each expense stands in `payments`.
    """

    class Status(models.TextChoices):
        """How far it is."""

        PREPARED = "prepared"  # chosen; no money has moved
        RELEASED = "released"  # out of the pots; nobody has the file yet
        SENT = "sent"  # somebody took the file
        CANCELLED = "cancelled"

    uuid = models.UUIDField(unique=True)
    host = models.ForeignKey(Host, models.PROTECT, related_name="pay_runs")
    number = models.IntegerField()
    status = models.TextField(choices=Status, default=Status.PREPARED)
    execute_on = models.DateField()
    created_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    released_by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    file_kind = models.TextField(default="", blank=True)
    file = EncryptedField(default="", blank=True)

    class Meta:
        """Number the runs of a host."""

        constraints = [models.UniqueConstraint(fields=["host", "number"], name="pay_run_number")]

    def __str__(self) -> str:
        """Show its number."""
        return f"pay run {self.number}"


class Payment(models.Model):
    """One expense in a pay run, as it was when it was chosen. It is in one living run at a time."""

    class State(models.TextChoices):
        """What became of it."""

        CHOSEN = "chosen"
        HELD = "held"  # out of the pot, in the file
        PAID = "paid"
        RETURNED = "returned"  # the bank gave it back
        LEFT_OUT = "left out"  # could not be paid at release; `reason` says why
        FREED = "freed"  # the run was cancelled

    run = models.ForeignKey(PayRun, models.PROTECT, related_name="payments")
    expense = models.ForeignKey(Expense, models.PROTECT, related_name="payments")
    version = models.IntegerField()
    attempt = models.SmallIntegerField(default=0)
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()
    state = models.TextField(choices=State, default=State.CHOSEN)
    reason = models.TextField(default="", blank=True)

    class Meta:
        """Pay nobody from two runs at once."""

        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["expense"],
                condition=models.Q(state__in=["chosen", "held"]),
                name="one_living_pay_run",
            )
        ]

    def __str__(self) -> str:
        """Show what is paid."""
        return f"payment of expense {self.expense_id}"


class ReturnReason(models.TextChoices):
    """Why a bank sends money back: the codes of ISO 20022 that occur, in words for the payee."""

    NOT_SENT = "NOT_SENT", _("It was not sent.")
    AC01 = "AC01", _("The account number is not right. Look at it with your bank.")
    AC04 = "AC04", _("The account is closed. Give us another one.")
    AC06 = "AC06", _("The account is blocked. Ask your bank, or give us another one.")
    AG01 = "AG01", _("This account takes no such transfers, as some savings accounts do.")
    AM05 = "AM05", _("The bank took it for the same payment twice.")
    BE04 = "BE04", _("Your bank wants your address before it takes the money. Ask it.")
    CNOR = "CNOR", _("Your bank cannot be reached from ours. Give us another account.")
    FOCR = "FOCR", _("The payment was called back.")
    MD07 = "MD07", _("The bank says that the owner of the account has died.")
    MS02 = "MS02", _("The owner of the account sent it back.")
    MS03 = "MS03", _("The bank gives no reason. Ask it, or give us another account.")
    RC01 = "RC01", _("The code of the bank (BIC) is not right. Look at it with your bank.")
    RR04 = "RR04", _("The bank must not take it, by a rule or law. Ask your bank.")
