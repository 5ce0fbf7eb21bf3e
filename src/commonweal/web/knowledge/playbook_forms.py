"""A playbook as forms: its words, and a few rows for each list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily

from commonweal.collectives import queries as collectives
from commonweal.foundation.money import Money
from commonweal.knowledge.rules import FORMAT, Document
from commonweal.ledger.models import FIRST_OUTGOING, Category, Chart
from commonweal.web.giving import amounts

_LINE = 300
_MORE_ROWS = 2
_SHORT = {"autocomplete": "off"}
_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
_MONEY = {"inputmode": "decimal", "class": "money", "autocomplete": "off"}
_LICENSES = [
    ("CC-BY-4.0", lazily("Everybody may reuse it and names us (CC BY 4.0)")),
    ("CC-BY-SA-4.0", lazily("The same, and passes it on the same way (CC BY-SA 4.0)")),
    ("CC0-1.0", lazily("Everybody may do anything with it (CC0)")),
]
_DRIVERS = [("fixed", lazily("once")), ("person", lazily("for each person"))]


class LinesField(forms.CharField):
    """A list of lines, typed one below the other."""

    widget = forms.Textarea({"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        """Show a list one line below the other."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """Return the lines that say something."""
        return [line for row in (value or "").splitlines() if (line := _line(row))]


class PlaybookForm(forms.Form):
    """What a playbook says beside its lists of rows."""

    title = forms.CharField(label=lazily("Title"), max_length=120, widget=forms.TextInput(_SHORT))
    purpose = forms.CharField(
        label=lazily("What is it for?"), max_length=1000, widget=forms.Textarea({"rows": 4})
    )
    theme = forms.ChoiceField(label=lazily("What is it about?"), required=False)
    people = forms.IntegerField(
        label=lazily("For how many people?"), min_value=1, max_value=100_000,
        widget=forms.TextInput(_NUMBER),
    )  # fmt: skip
    sponsors = LinesField(
        label=lazily("What to ask sponsors for"), required=False,
        help_text=lazily("One on each line."),
    )  # fmt: skip
    lessons = LinesField(
        label=lazily("What we learned"), required=False, help_text=lazily("One on each line.")
    )
    license = forms.ChoiceField(label=lazily("Who may reuse it?"), choices=_LICENSES)
    changed = forms.CharField(
        label=lazily("What did you change?"), required=False, max_length=200,
        widget=forms.TextInput(_SHORT),
    )  # fmt: skip
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [("", _("Choose a theme")), *collectives.themes()]  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        """Keep it in one line."""
        return _line(self.cleaned_data["title"])

    def clean_purpose(self) -> str:
        """Keep it in one paragraph."""
        return _line(self.cleaned_data["purpose"])


class RowForm(forms.Form):
    """One row of a list; an empty one does not count."""

    def row(self) -> dict[str, Any]:
        """Return the row as the file has it."""
        return {
            name: _line(value) if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
            if name != "DELETE"
        }


class StepForm(RowForm):
    """Something to do, so many days before or after."""

    days = forms.IntegerField(
        label=lazily("Days"), min_value=-730, max_value=730, widget=forms.TextInput(_NUMBER)
    )
    what = forms.CharField(label=lazily("What"), max_length=_LINE, widget=forms.TextInput(_SHORT))


class RoleForm(RowForm):
    """Something that people do, and how long."""

    name = forms.CharField(label=lazily("Role"), max_length=80, widget=forms.TextInput(_SHORT))
    people = forms.IntegerField(
        label=lazily("How many"), min_value=1, max_value=1000, widget=forms.TextInput(_NUMBER)
    )
    hours = forms.IntegerField(
        label=lazily("Hours each"), min_value=0, max_value=10_000, widget=forms.TextInput(_NUMBER)
    )
    what = forms.CharField(
        label=lazily("What they do"), required=False, max_length=_LINE,
        widget=forms.TextInput(_SHORT),
    )  # fmt: skip

    def row(self) -> dict[str, Any]:
        """Return the row, with an empty text where nothing was said."""
        return {"what": "", **super().row()}


class BudgetForm(RowForm):
    """Something to pay: how many, at which price, once or for each person."""

    what = forms.CharField(label=lazily("What"), max_length=_LINE, widget=forms.TextInput(_SHORT))
    category = forms.ChoiceField(label=lazily("Category"))
    quantity = forms.IntegerField(
        label=lazily("How many"), min_value=1, max_value=100_000, widget=forms.TextInput(_NUMBER)
    )
    unit_price = forms.CharField(label=lazily("Price of one"), widget=forms.TextInput(_MONEY))
    driver = forms.ChoiceField(label=lazily("Needed"), choices=_DRIVERS, initial="fixed")

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["category"].choices = [("", _("Choose")), *_categories()]  # type: ignore[attr-defined]

    def clean_unit_price(self) -> int:
        """Read it as people type it; in minor units."""
        nothing = Money(0, self.currency)
        return amounts.read(self.cleaned_data["unit_price"], self.currency, least=nothing).minor


class TierForm(RowForm):
    """A way of giving."""

    name = forms.CharField(label=lazily("Name"), max_length=80, widget=forms.TextInput(_SHORT))
    amount = forms.CharField(label=lazily("Amount"), widget=forms.TextInput(_MONEY))
    what = forms.CharField(
        label=lazily("What it makes possible"), required=False, max_length=_LINE,
        widget=forms.TextInput(_SHORT),
    )  # fmt: skip

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_amount(self) -> int:
        """Read it as people type it; in minor units."""
        return amounts.read(self.cleaned_data["amount"], self.currency).minor


class LegalForm(RowForm):
    """What the law of a country asks for."""

    country = forms.RegexField(
        regex=r"^[A-Z]{2}\Z", label=lazily("Country"), help_text="BE, FR, NL",
        widget=forms.TextInput({"autocomplete": "off", "maxlength": "2"}),
        error_messages={"invalid": lazily("Type the two letters of the country, such as BE.")},
    )  # fmt: skip
    what = forms.CharField(
        label=lazily("What to know"), max_length=_LINE, widget=forms.TextInput(_SHORT)
    )


_ROWS: dict[str, tuple[Any, int]] = {
    "checklist": (StepForm, 100),
    "roles": (RoleForm, 50),
    "budget": (BudgetForm, 100),
    "tiers": (TierForm, 20),
    "legal": (LegalForm, 50),
}
_PRICED = {"budget": "unit_price", "tiers": "amount"}


class PlaybookForms:
    """The form of a playbook with its lists: all of them are right, or none is taken."""

    def __init__(self, given: Any, document: Document, *, seen: int = 0) -> None:
        """Show a document, or what was typed instead."""
        self.document = document
        self.form = PlaybookForm(given, initial=document | {"seen": seen})
        self.lists = {
            name: self._list(name, form, most, given) for name, (form, most) in _ROWS.items()
        }

    def _list(self, name: str, form: Any, most: int, given: Any) -> Any:
        currency = self.document["currency"]
        rows = [dict(row) for row in self.document[name]]
        for row in rows:
            if price := _PRICED.get(name):
                row[price] = f"{Money(row[price], currency).decimal:f}"
        made = forms.formset_factory(
            form, extra=_MORE_ROWS, max_num=most, validate_max=True, can_delete=True,
            can_delete_extra=False,
        )  # fmt: skip
        words = {"currency": currency} if name in _PRICED else {}
        return made(given, initial=rows, prefix=name, form_kwargs=words)

    def is_valid(self) -> bool:
        """Whether everything that was typed can be read."""
        return all([self.form.is_valid(), *(one.is_valid() for one in self.lists.values())])

    def typed(self) -> Document:
        """Return the playbook as it was typed."""
        said = self.form.cleaned_data
        rows = {
            name: [form.row() for form in one.forms if _counts(form, one)]
            for name, one in self.lists.items()
        }
        names = ("title", "purpose", "theme", "people", "sponsors", "lessons", "license")
        kept = {"format": FORMAT} | {
            name: self.document[name] for name in ("language", "authors", "currency")
        }
        return kept | {name: said[name] for name in names} | rows


def _counts(form: forms.Form, rows: Any) -> bool:
    """Whether a row says something and shall stay."""
    return bool(form.has_changed() or form.initial) and form not in rows.deleted_forms


def _categories() -> list[tuple[str, str]]:
    rows = Category.objects.filter(pk__gte=FIRST_OUTGOING).exclude(pk=Chart.TRANSFERS_OUT)
    return [(row.slug, str(row)) for row in rows]


def _line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())
