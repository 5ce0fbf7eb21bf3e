"""Pay runs, what is in them, and why a bank sends money back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.foundation.fields import CurrencyField, EncryptedField
from commonweal.hosting.models import Host
from commonweal.people.models import Party
from commonweal.spending.models.expenses import Expense


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
