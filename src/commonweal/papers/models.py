"""Papers, their numbers, and what stands on them: who gives them out and who gets them."""

from django.db import models

from commonweal.foundation.fields import CurrencyField, EncryptedBytesField, EncryptedField
from commonweal.hosting.models import Host
from commonweal.people.models import Party


class Kind(models.TextChoices):
    """What a paper is."""

    RECEIPT = "receipt"  # for one charge
    OVERVIEW = "overview"  # of a year
    INVOICE = "invoice"
    BELGIAN = "belgian"  # donation receipts, for the tax office
    FRENCH = "french"


class Imprint(models.Model):
    """What a host writes on its papers. It says itself whether the tax office knows it."""

    host = models.OneToOneField(Host, models.PROTECT, primary_key=True, related_name="imprint")
    legal_name = models.TextField()
    address = models.TextField()
    number = models.TextField(default="", blank=True)
    vat_words = models.TextField(default="", blank=True)
    signed_by = models.TextField(default="", blank=True)
    in_belgium = models.BooleanField(default=False)
    belgian_reference = models.TextField(default="", blank=True)
    belgian_since = models.DateField(null=True, blank=True)
    belgian_until = models.DateField(null=True, blank=True)
    in_france = models.BooleanField(default=False)
    french_reference = models.TextField(default="", blank=True)
    purpose = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        """Show the name."""
        return self.legal_name


class Details(models.Model):
    """How somebody wants to stand on papers. Private, and encrypted.

    `number` is a person's national number, or the number of an enterprise.
    """

    party = models.OneToOneField(Party, models.CASCADE, primary_key=True, related_name="details")
    name = EncryptedField()
    address = EncryptedField(default="", blank=True)
    number = EncryptedField(default="", blank=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        """Show whose they are, never what they say."""
        return f"details of {self.party_id}"


class Counter(models.Model):
    """The last number of a host's papers of one kind in one year. Locked while one is drawn."""

    host = models.ForeignKey(Host, models.PROTECT, related_name="+")
    kind = models.TextField(choices=Kind)
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        """Count each thing once."""

        constraints = [
            models.UniqueConstraint(fields=["host", "kind", "year"], name="one_counter_for_each")
        ]

    def __str__(self) -> str:
        """Show how far it is."""
        return f"{self.kind} {self.year}: {self.last}"


class Paper(models.Model):
    """One paper as it was given out; nothing of it changes, and another one corrects it.

    `facts` are what it says, `content` is its PDF, `digest` the SHA-256 of that. Both are
    emptied when the law no longer asks to keep them. `subject` is what it is about, such as
    `charge:` and a key, or `year:2025:` and a party. Its `secret` opens it.
    """

    host = models.ForeignKey(Host, models.PROTECT, related_name="papers")
    holder = models.ForeignKey(Party, models.PROTECT, related_name="papers")
    kind = models.TextField(choices=Kind)
    year = models.SmallIntegerField()
    number = models.IntegerField()
    subject = models.TextField()
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    secret = models.TextField(unique=True)
    language = models.CharField(max_length=8)
    amount_minor = models.BigIntegerField()
    currency = CurrencyField()
    incognito = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    facts = EncryptedField()
    content = EncryptedBytesField()
    digest = models.TextField()

    class Meta:
        """Give each number once, and each thing one paper that is not a correction."""

        constraints = [
            models.UniqueConstraint(
                fields=["host", "kind", "year", "number"], name="each_number_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "subject", "host"],
                condition=models.Q(corrects=None),
                name="one_first_paper_for_each",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "-id"]),
            models.Index(fields=["subject"]),
            models.Index(fields=["digest"]),
        ]

    def __str__(self) -> str:
        """Show the number."""
        return f"{self.kind} {self.year}/{self.number}"


class Round(models.Model):
    """All donation receipts of a year at one host, given out some at a time.

    It goes through givers in the order of their ids; `last` is how far it is. `waiting` are those
    who have not said yet how they want to stand on it.
    """

    host = models.ForeignKey(Host, models.PROTECT, related_name="rounds")
    kind = models.TextField(choices=Kind)
    year = models.SmallIntegerField()
    total = models.IntegerField()
    done = models.IntegerField(default=0)
    issued = models.IntegerField(default=0)
    waiting = models.IntegerField(default=0)
    last = models.BigIntegerField(default=0)
    started_by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Do one at a time."""

        constraints = [
            models.UniqueConstraint(
                fields=["host", "kind", "year"],
                condition=models.Q(finished_at=None),
                name="one_round_at_a_time",
            )
        ]

    def __str__(self) -> str:
        """Show what for."""
        return f"{self.kind} {self.year} of {self.host_id}"
