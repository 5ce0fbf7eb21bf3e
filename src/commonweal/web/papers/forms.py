"""Forms of papers: how one stands on them, and which to give out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundation.errors import Refused
from commonweal.papers.models import Details, Imprint, Kind
from commonweal.papers.rules import numbers
from commonweal.people.models import Party

LONGEST = 500
LARGEST_BYTES = 4 * 1024 * 1024
_LINES = {"rows": 3, "autocomplete": "street-address"}
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class DetailsForm(forms.Form):
    """How somebody wants to stand on papers. A number that is there already is not shown again."""

    name = forms.CharField(label=_("Full name"), max_length=LONGEST)
    address = forms.CharField(
        label=_("Address"), max_length=LONGEST, widget=forms.Textarea(_LINES),
        help_text=_("Street and number, then postcode and town. Each on its own line."),
    )  # fmt: skip
    number = forms.CharField(required=False, max_length=40, widget=forms.TextInput(_PLAIN))

    def __init__(self, *args: Any, party: Party, said: Details | None, **kwargs: Any) -> None:
        """Know who it is about, and what was said before."""
        first = {"name": said.name if said else party.name, "address": said.address if said else ""}
        super().__init__(*args, **{"initial": first} | kwargs)
        self.is_person = party.kind == Party.Kind.PERSON
        self.known = numbers.masked(said.number) if said else ""
        field = self.fields["number"]
        field.label = _("National number") if self.is_person else _("Enterprise or VAT number")
        field.help_text = (
            _("Belgian law asks for it on donation receipts since 2024. It stands encrypted, and "
              "on that paper alone.")
            if self.is_person
            else _("It stands on your invoices and donation receipts.")
        )  # fmt: skip

    def clean_number(self) -> str | None:
        """Check its form; left empty, what is known stays."""
        typed = self.cleaned_data["number"].strip()
        if not typed:
            return None
        return _read(numbers.national if self.is_person else numbers.enterprise, typed)


class ImprintForm(forms.Form):
    """How a host stands on its papers."""

    legal_name = forms.CharField(label=_("Legal name"), max_length=LONGEST)
    address = forms.CharField(
        label=_("Address"), max_length=LONGEST, widget=forms.Textarea({"rows": 3})
    )
    number = forms.CharField(
        label=_("Enterprise or VAT number"), required=False, max_length=40,
        widget=forms.TextInput(_PLAIN), help_text=_("Such as 0403.019.261 or BE 0403.019.261."),
    )  # fmt: skip
    signed_by = forms.CharField(
        label=_("Who signs"), required=False, max_length=120,
        help_text=_("A name and what they are, such as: Nadia Peeters, treasurer."),
    )  # fmt: skip
    vat_words = forms.CharField(
        label=_("What invoices say about VAT"), required=False, max_length=LONGEST,
        help_text=_("Why there is none, in the words of your accountant."),
    )  # fmt: skip
    in_belgium = forms.BooleanField(
        label=_("The Belgian tax office recognises us for donations"), required=False
    )
    belgian_reference = forms.CharField(
        label=_("Under which decision"), required=False, max_length=LONGEST
    )
    belgian_since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    belgian_until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    in_france = forms.BooleanField(
        label=_("We may give out receipts for the French tax office"), required=False
    )
    french_reference = forms.CharField(
        label=_("What we are by French law"), required=False, max_length=LONGEST,
        help_text=_("Such as: association of general interest."),
    )  # fmt: skip
    purpose = forms.CharField(label=_("Our purpose"), required=False, max_length=LONGEST)

    def __init__(self, *args: Any, said: Imprint | None, name: str, **kwargs: Any) -> None:
        """Show what was said before."""
        first = {"legal_name": name}
        if said is not None:
            first = {field: getattr(said, field) for field in self.base_fields}
        super().__init__(*args, **{"initial": first} | kwargs)

    def clean_number(self) -> str:
        """Check its form."""
        return _read(numbers.enterprise, self.cleaned_data["number"])


class RoundForm(forms.Form):
    """Which donation receipts to give out, of which year."""

    kind = forms.ChoiceField(label=_("For"))
    year = forms.TypedChoiceField(label=_("Gifts of"), coerce=int)

    def __init__(self, *args: Any, kinds: list[str], years: list[int], **kwargs: Any) -> None:
        """Offer what a host may give out."""
        super().__init__(*args, **kwargs)
        names = {
            Kind.BELGIAN: _("the Belgian tax office"), Kind.FRENCH: _("the French tax office"),
        }  # fmt: skip
        self.fields["kind"].choices = [(kind, names[Kind(kind)]) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, year) for year in years]  # type: ignore[attr-defined]


class CheckForm(forms.Form):
    """A paper to compare with what was given out."""

    file = forms.FileField(
        label=_("The paper, as a PDF"), widget=forms.FileInput({"accept": "application/pdf"})
    )

    def clean_file(self) -> bytes:
        """Read it, if it can be one of ours."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(_("This file is too large to be a paper of ours."))
        content: bytes = file.read()
        return content


def _read(check: Callable[[str], str], typed: str) -> str:
    """Return a number in its usual form, or say under the field what is wrong."""
    try:
        return check(typed)
    except Refused as refusal:
        raise forms.ValidationError(refusal.told_in(gettext)) from refusal
