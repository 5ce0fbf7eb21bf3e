"""Charges, payouts, the inbox, and what direct debits need: mandates and collection runs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.foundation.fields import CurrencyField, EncryptedField
from commonweal.hosting.models import Host
from commonweal.people.models import Party


class Charge(models.Model):
    """Money coming in over a rail for a `subject`, such as `contribution:12`.

    `fee_minor` is what the rail keeps, `refunded_minor` what was taken back from the subject in
    all, `returned_minor` what of that has left again. `times_undone` counts how often somebody
    found that it had not, so that each time has a key of its own. The ledger key of each step
    derives from `uuid`; `refs` goes with every step into the ledger.

    Where money comes again and again, `period` is the month or year this is for ("2026-11",
    "2026"), and `due_on` its day. `again_of` is the charge whose card is asked again; `attempt`
    counts how often, and `again_on` is the day of the next try.
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
    period = models.TextField(default="", blank=True)
    due_on = models.DateField(null=True, blank=True)
    again_of = models.UUIDField(null=True, blank=True)
    attempt = models.SmallIntegerField(default=1)
    again_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    times_undone = models.SmallIntegerField(default=0)

    class Meta:
        """Find by what it is for, by reference, and what is unfinished. One for each period."""

        constraints = [
            models.UniqueConstraint(
                fields=["subject", "period"],
                condition=~models.Q(period=""),
                name="one_charge_for_a_period",
            ),
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
            models.Index(
                fields=["again_on"],
                condition=models.Q(again_on__isnull=False),
                name="charges_tried_again",
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


class Mandate(models.Model):
    """Leave to collect what a `subject` promises from an account, signed by who speaks for it.

    The account stands encrypted; pages show its mask alone. `words` is the text as it was signed,
    `text_version` which of ours that was, `signature` the name that was typed below it. Creditor
    and days are those of the day of signing.
    """

    class State(models.TextChoices):
        """Whether it can be collected by."""

        ACTIVE = "active"
        REVOKED = "revoked"  # by the giver, or by who may speak for the gift
        AT_REST = "at rest"  # a bank said that it, or the account, is none any more
        EXPIRED = "expired"  # nobody collected by it for three years

    reference = models.TextField(unique=True)
    subject = models.TextField()
    host = models.ForeignKey(Host, models.PROTECT, related_name="mandates")
    party = models.ForeignKey(Party, models.PROTECT, related_name="mandates")
    holder = EncryptedField()
    iban = EncryptedField()
    mask = models.TextField()
    signature = EncryptedField()
    words = models.TextField()
    text_version = models.SmallIntegerField()
    is_recurrent = models.BooleanField()
    creditor_id = models.TextField()
    creditor_name = models.TextField()
    notice_days = models.SmallIntegerField()
    signed_at = models.DateTimeField()
    signed_on = models.DateField()
    last_used_on = models.DateField(null=True, blank=True)
    state = models.TextField(choices=State, default=State.ACTIVE)
    ended_at = models.DateTimeField(null=True, blank=True)
    code = models.TextField(default="", blank=True)

    class Meta:
        """Have one living mandate for a promise."""

        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(state="active"), name="one_living_mandate"
            )
        ]
        indexes = [models.Index(fields=["subject"])]

    def __str__(self) -> str:
        """Show its reference."""
        return self.reference


class CollectTerms(models.Model):
    """How a host collects: its address on mandates, how long before, who releases, which file."""

    host = models.OneToOneField(
        Host, models.PROTECT, primary_key=True, related_name="collect_terms"
    )
    address = models.TextField(default="", blank=True)
    lead_days = models.SmallIntegerField(default=1)
    notice_days = models.SmallIntegerField(default=14)
    second_person = models.BooleanField(default=False)
    second_lock = models.BooleanField(default=False)
    file_kind = models.TextField(default="", blank=True)
    as_one = models.BooleanField(default=True)

    def __str__(self) -> str:
        """Show whose they are."""
        return f"how {self.host_id} collects"


class CollectRun(models.Model):
    """Charges that a host collects together, with one file for its bank.

    `file` is what the bank is given, encrypted, as it was written at release; `uuid` names it to
    the bank. What became of each charge stands in `collections`.
    """

    class Status(models.TextChoices):
        """How far it is."""

        PREPARED = "prepared"  # chosen; nobody was told
        RELEASED = "released"  # the givers were told; nobody has the file yet
        SENT = "sent"  # somebody took the file
        CANCELLED = "cancelled"

    uuid = models.UUIDField(unique=True)
    host = models.ForeignKey(Host, models.PROTECT, related_name="collect_runs")
    number = models.IntegerField()
    status = models.TextField(choices=Status, default=Status.PREPARED)
    created_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    released_by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    file_kind = models.TextField(default="", blank=True)
    file = EncryptedField(default="", blank=True)

    class Meta:
        """Number the runs of a host."""

        constraints = [
            models.UniqueConstraint(fields=["host", "number"], name="collect_run_number")
        ]

    def __str__(self) -> str:
        """Show its number."""
        return f"collection run {self.number}"


class Collection(models.Model):
    """One charge in a collection run. It is in one living run at a time.

    The bank names it by `end_to_end`, and the block of the file that it stands in by `block`.
    """

    class State(models.TextChoices):
        """What became of it."""

        CHOSEN = "chosen"
        ASKED = "asked"  # in the file
        COME = "come"  # the bank shows the money
        REFUSED = "refused"  # the bank said no; `code` says why
        BACK = "back"  # the money came, and the bank took it back
        LEFT_OUT = "left out"  # could not be collected at release; `code` says why
        FREED = "freed"  # the run was cancelled

    run = models.ForeignKey(CollectRun, models.PROTECT, related_name="collections")
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="collections")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="collections")
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()
    step = models.TextField(default="", blank=True)
    collect_on = models.DateField(null=True, blank=True)
    block = models.TextField(default="", blank=True)
    end_to_end = models.TextField(default="", blank=True)
    state = models.TextField(choices=State, default=State.CHOSEN)
    code = models.TextField(default="", blank=True)

    class Meta:
        """Collect nothing by two runs at once; know each by its name at the bank."""

        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["charge"],
                condition=models.Q(state__in=["chosen", "asked"]),
                name="one_living_collect_run",
            ),
            models.UniqueConstraint(
                fields=["end_to_end"],
                condition=~models.Q(end_to_end=""),
                name="one_name_at_the_bank",
            ),
        ]
        indexes = [
            models.Index(fields=["block"], condition=models.Q(state="asked"), name="asked_blocks")
        ]

    def __str__(self) -> str:
        """Show what is collected."""
        return f"collection of charge {self.charge_id}"


class DebitReason(models.TextChoices):
    """Why a bank does not collect, or takes back: the codes that occur, in words for the giver."""

    AC01 = "AC01", _("The account number is not right. Look at it with your bank.")
    AC04 = "AC04", _("The account is closed.")
    AC06 = "AC06", _("The account is blocked. Ask your bank.")
    AC13 = "AC13", _("This account takes no direct debits of this kind.")
    AG01 = "AG01", _("This account takes no direct debits, as some savings accounts do.")
    AM04 = "AM04", _("There was not enough on the account that day.")
    AM05 = "AM05", _("The bank took it for the same collection twice.")
    BE05 = "BE05", _("The bank does not know who collects. That is not your fault.")
    ED05 = "ED05", _("Something went wrong between the banks. That is not your fault.")
    FF01 = "FF01", _("The bank could not read the file. That is not your fault.")
    MD01 = "MD01", _("The bank says that there is no mandate.")
    MD02 = "MD02", _("The bank says that something is missing in the mandate.")
    MD06 = "MD06", _("You asked your bank for the money back.")
    MD07 = "MD07", _("The bank says that the owner of the account has died.")
    MS02 = "MS02", _("You told your bank not to pay it.")
    MS03 = "MS03", _("The bank gives no reason. Ask it, if you want to know.")
    RC01 = "RC01", _("The code of the bank (BIC) is not right. That is not your fault.")
    RR04 = "RR04", _("The bank must not pay it, by a rule or law. Ask your bank.")
    SL01 = "SL01", _("You told your bank which collections it may pay, and this is not one.")
