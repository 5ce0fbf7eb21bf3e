"""Forms of collecting: how a host does it, and the bank's answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundation.errors import Refused
from commonweal.hosting.models import Host
from commonweal.payments import queries
from commonweal.payments.models import CollectTerms
from commonweal.payments.rules import debits as rules


class AnswerFileForm(forms.Form):
    """A file in which the bank says what it refuses."""

    file = forms.FileField(
        label=_("The answer of your bank"),
        help_text=_("A status file, called pain.002. Nothing is counted twice."),
    )


class CollectTermsForm(forms.Form):
    """Under which identifier a host collects, who lets go, and which file its bank takes."""

    creditor_id = forms.CharField(
        label=_("Creditor identifier"), required=False, max_length=50,
        help_text=_("Your bank gives it to you. Givers see it. Without one nobody can collect."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Your address"), required=False, max_length=140,
        help_text=_("It stands on each mandate: street and number, postal code, town."),
    )  # fmt: skip
    notice_days = forms.IntegerField(
        label=_("How many days before do givers hear?"),
        min_value=rules.SHORTEST_NOTICE, max_value=rules.USUAL_NOTICE,
        help_text=_("Fourteen, if nothing else is agreed. Fewer stand in the mandate they sign."),
    )  # fmt: skip
    lead_days = forms.IntegerField(
        label=_("How many banking days before does your bank want the file?"),
        min_value=rules.SHORTEST_LEAD, max_value=rules.LONGEST_LEAD,
    )  # fmt: skip
    second_person = forms.BooleanField(
        label=_("Two persons collect"), required=False,
        help_text=_("Somebody else than who prepared a collection run lets it go."),
    )  # fmt: skip
    second_lock = forms.BooleanField(
        label=_("A passkey or an app is always needed"), required=False,
        help_text=_("Who has one is asked for it in any case."),
    )  # fmt: skip
    file_kind = forms.ChoiceField(
        label=_("Which file does your bank take?"),
        choices=lambda: [(name, name) for name in queries.debit_files()],
        help_text=_("The first is newer. Take the other one if your bank refuses it."),
    )
    as_one = forms.BooleanField(
        label=_("The bank statement shows the collections of a day as one line"), required=False,
        help_text=_("Otherwise it shows each collection."),
    )  # fmt: skip

    def __init__(self, *args: Any, host: Host, terms: CollectTerms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["creditor_id"].initial = host.creditor_id
        for name in set(self.fields) - {"creditor_id"}:
            self.fields[name].initial = getattr(terms, name)

    def clean_creditor_id(self) -> str:
        """Check each digit."""
        try:
            return rules.proper_creditor_id(self.cleaned_data["creditor_id"])
        except Refused as error:
            raise forms.ValidationError(error.told_in(gettext)) from error
