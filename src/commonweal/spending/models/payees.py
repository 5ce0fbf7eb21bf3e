"""Where parties are paid, suppliers, and who was asked for an account."""

from django.db import models

from commonweal.collectives.models import Collective
from commonweal.foundation.fields import EncryptedField
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
