"""The form of a mandate: from which account, and a signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundation.errors import Refused
from commonweal.payments.rules import debits as rules


class MandateForm(forms.Form):
    """Whose account, its number, and a name and a tick that stand for a signature."""

    iban = forms.CharField(
        label=_("Your bank account (IBAN)"), max_length=50,
        help_text=_("It is stored encrypted. Pages show its last four letters."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    holder = forms.CharField(
        label=_("Account holder"), max_length=70, help_text=_("As the bank writes it.")
    )
    signature = forms.CharField(
        label=_("Your first and last name"), max_length=70,
        help_text=_("Typed here, it is your signature."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )  # fmt: skip
    agree = forms.BooleanField(label=_("I sign this mandate"))

    def clean_iban(self) -> str:
        """Check each digit, and that the bank takes part."""
        try:
            return rules.proper_account(self.cleaned_data["iban"])
        except Refused as error:
            raise forms.ValidationError(error.told_in(gettext)) from error

    def signed(self) -> dict[str, Any]:
        """Return what was signed, in the words of the action."""
        return {name: self.cleaned_data[name] for name in ("iban", "holder", "signature")}
