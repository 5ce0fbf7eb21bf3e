"""Filters of a ledger, as fields of an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily

from commonweal.foundation.money import Money, NotAnAmount
from commonweal.ledger.models import FIRST_OUTGOING, Chart
from commonweal.ledger.queries import Filters
from commonweal.web.ledger import words


class AmountField(forms.CharField):
    """An amount as people type it, kept as minor units; its currency is the ledger's."""

    def __init__(self, **kwargs: Any) -> None:
        """Ask phones for their number keys."""
        look = {"class": "money", "inputmode": "decimal", "autocomplete": "off"}
        super().__init__(required=False, max_length=20, widget=forms.TextInput(look), **kwargs)
        self.currency = "EUR"

    def clean(self, value: Any) -> Any:
        """Read the amount, or say how to write one."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return abs(Money.parse(text, self.currency).minor)
        except NotAnAmount as error:
            raise forms.ValidationError(_("Write an amount such as 12.50.")) from error


def _categories() -> list[tuple[str, Any]]:
    incoming = [(str(one.value), one.label) for one in Chart if one.value < FIRST_OUTGOING]
    outgoing = [(str(one.value), one.label) for one in Chart if one.value >= FIRST_OUTGOING]
    return [("", _("All categories")), (_("In"), incoming), (_("Out"), outgoing)]


def _kinds() -> list[tuple[str, Any]]:
    return [("", _("All kinds")), *((str(one.value), one.label) for one in words.READERS_KINDS)]


class FilterForm(forms.Form):
    """What to show of a ledger; every field may stay empty."""

    q = forms.CharField(
        label=lazily("Search"), required=False, max_length=80,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    way = forms.ChoiceField(
        label=lazily("In or out"), required=False,
        choices=[("", lazily("Both")), ("in", lazily("In")), ("out", lazily("Out"))],
    )  # fmt: skip
    category = forms.TypedChoiceField(
        label=lazily("Category"), required=False, coerce=int, empty_value=None, choices=_categories
    )
    since = forms.DateField(
        label=lazily("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label=lazily("Until"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    kind = forms.TypedChoiceField(
        label=lazily("Kind"), required=False, coerce=int, empty_value=None, choices=_kinds
    )
    least = AmountField(label=lazily("At least"))
    most = AmountField(label=lazily("At most"))

    def __init__(self, data: Any, *, currency: str) -> None:
        """Read amounts in the currency of the ledger."""
        super().__init__(data or None)
        for name in ("least", "most"):
            self.fields[name].currency = currency  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """Return what was asked for; a field that makes no sense leaves nothing out."""
        if not self.is_bound:
            return Filters()
        self.full_clean()
        found = self.cleaned_data
        return Filters(
            kind=found.get("kind"),
            category=found.get("category"),
            since=found.get("since"),
            until=found.get("until"),
            at_least=found.get("least"),
            at_most=found.get("most"),
            text=found.get("q", ""),
            direction=found.get("way", ""),
        )

    def asks_for_more(self) -> bool:
        """Whether one of the rarer fields is in use, so that they are shown."""
        return any(self.data.get(name) for name in ("kind", "least", "most"))
