"""What somebody looks for, as fields of an address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily
from django.utils.translation import ngettext

from commonweal.discovery.queries import Order, Search, ThemeCount, What
from commonweal.foundation.money import Money
from commonweal.places.models import Place
from commonweal.web import formats
from commonweal.web.discovery.city import CURRENCY

_ORDERS = {
    Order.BEST: lazily("What fits best first"),
    Order.ACTIVE: lazily("Busy lately first"),
    Order.NEW: lazily("Newest first"),
    Order.POT: lazily("Fullest pot first"),
    Order.NAME: lazily("By name"),
}
_RAISED_MINOR = (0, 1_000_00, 10_000_00, 100_000_00)
_KM = (0, 5, 10, 25, 50, 100)
_YEARS = (0, 1, 2, 5)


class SearchForm(forms.Form):
    """Words, a theme, a place and so on, and an order; all may stay empty."""

    q = forms.CharField(
        label=lazily("Your idea"),
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    theme = forms.CharField(label=lazily("Theme"), required=False)
    place = forms.CharField(label=lazily("Place"), required=False)
    km = forms.TypedChoiceField(label=lazily("How far around"), required=False, coerce=int)
    raised = forms.TypedChoiceField(label=lazily("Raised so far"), required=False, coerce=int)
    years = forms.TypedChoiceField(label=lazily("How old"), required=False, coerce=int)
    help = forms.BooleanField(label=lazily("Asks for help now"), required=False)
    sort = forms.ChoiceField(label=lazily("In which order"), required=False)
    kind = forms.ChoiceField(required=False, choices=What.choices, widget=forms.HiddenInput)
    after = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, themes: Iterable[ThemeCount], places: Iterable[Place]) -> None:
        """Offer the themes and places that have groups."""
        super().__init__(data)
        named = [(one.theme.slug, _with_count(one)) for one in themes]
        self.fields["theme"].widget = forms.Select(choices=[("", _("All themes")), *named])
        found = [(one.slug, formats.local(one.names, one.name)) for one in places]
        self.fields["place"].widget = forms.Select(choices=[("", _("Everywhere")), *found])
        self._offer("km", [(km, _("%(number)s km") % {"number": km}) for km in _KM])
        self._offer("raised", [(minor, _at_least(minor)) for minor in _RAISED_MINOR])
        self._offer("years", [(years, _older_than(years)) for years in _YEARS])
        self._offer("sort", list(_ORDERS.items()))

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def search(self) -> Search:
        """Return what was asked for; what makes no sense is left out."""
        self.full_clean()
        found = self.cleaned_data
        return Search(
            text=found.get("q", ""),
            what=What(found.get("kind") or What.GROUPS),
            theme=found.get("theme", ""),
            place=found.get("place", ""),
            within_km=found.get("km") or 0,
            raised=Money(found["raised"], CURRENCY) if found.get("raised") else None,
            years=found.get("years") or 0,
            asks_for_help=bool(found.get("help")),
            order=Order(found.get("sort") or (Order.BEST if found.get("q") else Order.NEW)),
            after=found.get("after", ""),
        )

    @property
    def narrows(self) -> bool:
        """Whether one of the filters that are folded away says something."""
        return any(self.cleaned_data.get(name) for name in ("km", "raised", "years", "help"))


def _at_least(minor: int) -> str:
    if not minor:
        return _("Any amount")
    return _("%(amount)s or more") % {"amount": formats.amount(Money(minor, CURRENCY), whole=True)}


def _older_than(years: int) -> str:
    if not years:
        return _("Any age")
    told = ngettext("At least %(number)s year", "At least %(number)s years", years)
    return told % {"number": formats.number(years)}


def _with_count(one: ThemeCount) -> str:
    return f"{formats.local(one.theme.names, one.theme.slug)} ({one.groups})"
