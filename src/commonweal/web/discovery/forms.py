"""What somebody looks for, as fields of an address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily

from commonweal.discovery.queries import Order, Search, ThemeCount
from commonweal.places.models import Place
from commonweal.web import formats

_ORDERS = {
    Order.NEW: lazily("Newest first"),
    Order.POT: lazily("Fullest pot first"),
    Order.NAME: lazily("By name"),
}


class SearchForm(forms.Form):
    """Words, a theme, a place and an order; all may stay empty."""

    q = forms.CharField(
        label=lazily("Your idea"),
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    theme = forms.CharField(label=lazily("Theme"), required=False)
    place = forms.CharField(label=lazily("Place"), required=False)
    sort = forms.ChoiceField(
        label=lazily("In which order"), required=False, choices=list(_ORDERS.items())
    )
    after = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, themes: Iterable[ThemeCount], places: Iterable[Place]) -> None:
        """Offer the themes and places that have groups."""
        super().__init__(data)
        named = [(one.theme.slug, _with_count(one)) for one in themes]
        self.fields["theme"].widget = forms.Select(choices=[("", _("All themes")), *named])
        found = [(one.slug, formats.local(one.names, one.name)) for one in places]
        self.fields["place"].widget = forms.Select(choices=[("", _("Everywhere")), *found])

    def search(self) -> Search:
        """Return what was asked for; what makes no sense is left out."""
        self.full_clean()
        found = self.cleaned_data
        return Search(
            text=found.get("q", ""),
            theme=found.get("theme", ""),
            place=found.get("place", ""),
            order=Order(found.get("sort") or Order.NEW),
            after=found.get("after", ""),
        )


def _with_count(one: ThemeCount) -> str:
    return f"{formats.local(one.theme.names, one.theme.slug)} ({one.groups})"
