"""The lines of an expense: what was bought, when, for how much, with which VAT."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.money import EXPONENTS, Money, NotAnAmount
from commonweal.ledger.models import FIRST_OUTGOING, Category, Chart
from commonweal.people.models import Party
from commonweal.spending import queries, rules
from commonweal.spending.models import Expense
from commonweal.spending.rules import Item

_CATEGORY = "category"


class ItemForm(forms.Form):
    """One line: what, which sort of thing, when, how much."""

    what = forms.CharField(label=_("What"), max_length=rules.LONGEST_TITLE)
    category = forms.TypedChoiceField(label=_("Category"), coerce=int)
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    amount = forms.CharField(
        label=_("Amount"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "decimal", "class": "money", "autocomplete": "off"}),
    )
    currency = forms.ChoiceField(
        label=_("Currency"), required=False,
        help_text=_("Another than the group's is turned into it at the rate of the day."),
    )  # fmt: skip
    vat_rate = forms.DecimalField(
        label=_("VAT in %"), required=False, min_value=0, max_value=100, decimal_places=2,
        max_digits=5, widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    vat = forms.CharField(
        label=_("Of which VAT"), required=False, max_length=20,
        widget=forms.TextInput({"inputmode": "decimal", "class": "money", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, currency: str, read: Collection[str] = (), **kwargs: Any
    ) -> None:
        """Offer the categories of money going out; start with today; mark what was read."""
        super().__init__(*args, **kwargs)
        self.own_currency = currency
        self.fields["currency"].choices = [  # type: ignore[attr-defined]
            (code, code) for code in sorted(EXPONENTS, key=lambda code: (code != currency, code))
        ]
        self.fields["currency"].initial = currency
        mark_read(self, read)
        self.fields["category"].choices = [("", _("Choose"))] + [  # type: ignore[attr-defined]
            (line.value, line.label) for line in Chart if line.value >= FIRST_OUTGOING
        ]
        self.fields["day"].initial = clock.today()

    @property
    def asks_category(self) -> str:
        """What was bought, where nobody has said in which category it is; else nothing."""
        is_open = self.is_bound and not self[_CATEGORY].data
        return str(self["what"].data or "").strip() if is_open else ""

    def suggest(self, category: int) -> None:
        """Show a category as chosen, and ask: it counts once a person has sent it."""
        typed: Any = self.data.copy()  # type: ignore[attr-defined]
        typed[self.add_prefix(_CATEGORY)] = str(category)
        self.data = typed
        question = _("We think: %(category)s. Is that right? If not, choose another, and send.")
        asked = question % {"category": category_name(category)}
        self.errors[_CATEGORY] = self.error_class([asked])

    def clean_day(self) -> Any:
        """Refuse days to come."""
        day = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(
                _("This day is still to come. Take the one on the receipt.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Read the amounts as people type them, in the currency they chose."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        currency = typed.get("currency") or self.own_currency
        if typed.get("amount"):
            typed["amount"] = amount = _money(typed["amount"], currency)
            if amount.minor <= 0:
                self.add_error(
                    "amount", _("Write the amount on the receipt in figures, for example 12.50.")
                )
        if typed.get("vat"):
            typed["vat"] = vat = _money(typed["vat"], currency)
            whole = typed.get("amount")
            if vat.minor < 0 or (whole and not vat < whole):
                self.add_error("vat", _("The VAT is a part of the amount. Write it in figures."))
        return typed

    def item(self) -> Item:
        """Return the line as typed; VAT that is only given as a rate is counted."""
        typed = self.cleaned_data
        rate, vat = typed.get("vat_rate"), typed.get("vat") or None
        if vat is None and rate is not None:
            vat = rules.vat_in(typed["amount"], rate)
        return Item(
            typed["what"], typed["day"], typed["category"], typed["amount"], vat_rate=rate, vat=vat
        )

    @property
    def is_foreign(self) -> bool:
        """Whether the amount is in another currency than the group's."""
        return self["currency"].value() not in {None, "", self.own_currency}

    @property
    def has_more(self) -> bool:
        """Whether something is said, or wrong, that most lines do not need."""
        more = [self[name] for name in ("currency", "vat_rate", "vat")]
        return any(one.errors for one in more) or any(
            one.value() not in {None, "", self.own_currency} for one in more
        )


class ItemFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """The lines of an expense; an empty last line does not count."""

    def items(self) -> list[Item]:
        """Return the lines that say something."""
        return [form.item() for form in self.forms if form.has_changed() and form.is_valid()]

    def turned(self, currency: str) -> list[Item]:
        """Return the lines in a group's currency; a line without a rate says so."""
        said = [form for form in self.forms if form.has_changed() and form.is_valid()]
        items = queries.in_currency([form.item() for form in said], currency)
        for form, item in zip(said, items, strict=True):
            if item.amount.currency != currency:
                form.add_error(
                    "amount",
                    _("We know no rate for %(theirs)s on this day. Write what your bank took in "
                      "%(ours)s.") % {"theirs": item.amount.currency, "ours": currency},
                )  # fmt: skip
        return items

    def suggest(self, collective: Collective, payee: Party) -> None:
        """Show what we think where no category was chosen."""
        asked = [(form, form.asks_category) for form in self.forms]
        open_ones = [(form, what) for form, what in asked if what]
        if not open_ones:
            return
        found = queries.suggestions(collective, [what for _form, what in open_ones], payee=payee)
        for (form, _what), category in zip(open_ones, found, strict=True):
            if category is not None:
                form.suggest(category)

    def forgive_empty(self) -> None:
        """Say nothing of lines that nobody has begun to fill in."""
        for form in self.forms:
            if not any(form[name].data for name in ("what", _CATEGORY, "amount")):
                form.errors.clear()

    def sums(self, currency: str) -> list[tuple[str, Money, Money | None]]:
        """Return what each line that can be read costs the group, and what it cost elsewhere."""
        known = [
            Item(
                form.cleaned_data.get("what", ""), form.cleaned_data["day"], 0,
                form.cleaned_data["amount"],
            )
            for form in self.forms
            if self.is_bound and {"amount", "day"} <= set(getattr(form, "cleaned_data", {}))
        ]  # fmt: skip
        return [
            (one.description, one.amount, one.spent)
            for one in queries.in_currency(known, currency)
            if one.amount.currency == currency
        ]

    def forget_mistakes(self) -> None:
        """Say nothing of what is missing in a form that somebody only comes back to."""
        for form in self.forms:
            form.errors.clear()


Lines = forms.formset_factory(
    ItemForm,
    formset=ItemFormSet,
    extra=0,
    min_num=1,
    max_num=20,
    validate_min=True,
    validate_max=True,
)


def lines_of(expense: Expense | None, *, today: bool = False) -> list[dict[str, Any]]:
    """Return an expense's lines as the form starts with them, of `today` where it is done again."""
    if expense is None:
        return [{}]
    return [
        {
            "what": item.description,
            "category": item.category_id,
            "day": clock.today() if today else item.spent_on,
            "amount": f"{(item.spent or item.amount).decimal:f}",
            "currency": (item.spent or item.amount).currency,
            "vat_rate": item.vat_rate,
            # In another currency the rate says it; the VAT is known in the group's alone.
            "vat": f"{item.vat.decimal:f}" if item.vat and not item.spent else "",
        }
        for item in expense.items.all()
    ]


def category_name(category: int) -> str:
    """Return a category's name in the reader's language."""
    return str(Category(id=category))


def mark_read(form: forms.Form, read: Collection[str]) -> None:
    """Say beside each field that was filled from a paper where it is from."""
    for name, field in form.fields.items():
        if form.add_prefix(name) in read:
            field.help_text = _("Read from your paper. Is it right?")


def _money(typed: str, currency: str) -> Money:
    try:
        return Money.parse(typed, currency)
    except NotAnAmount:
        return Money(-1, currency)
