"""Forms for expenses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.collectives.models import Activity, Collective
from commonweal.foundation import clock
from commonweal.foundation.money import Money, NotAnAmount
from commonweal.ledger.models import FIRST_OUTGOING, Category, Chart
from commonweal.people import queries as people
from commonweal.people.models import Party
from commonweal.spending import actions, queries, rules
from commonweal.spending.models import Expense, PayoutMethod
from commonweal.spending.rules import Item

MOST_FILES = 10
_CATEGORY = "category"


class FilesInput(forms.ClearableFileInput):
    """Takes several files, from a phone's camera too."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploaded files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Check each file."""
        return [super(FilesField, self).clean(one, initial) for one in data or []][:MOST_FILES]


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

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        """Offer the categories of money going out; start with today."""
        super().__init__(*args, **kwargs)
        self.currency = currency
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

    def clean_amount(self) -> Money:
        """Read it as people type it."""
        try:
            amount = Money.parse(self.cleaned_data["amount"], self.currency)
        except NotAnAmount:
            amount = Money(0, self.currency)
        if amount.minor <= 0:
            raise forms.ValidationError(
                _("Write the amount on the receipt in figures, for example 12.50.")
            )
        return amount

    def item(self) -> Item:
        """Return the line as typed."""
        typed = self.cleaned_data
        return Item(typed["what"], typed["day"], typed["category"], typed["amount"])


class ItemFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """The lines of an expense; an empty last line does not count."""

    def items(self) -> list[Item]:
        """Return the lines that say something."""
        return [form.item() for form in self.forms if form.has_changed() and form.is_valid()]

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

    def sums(self) -> list[tuple[str, Money]]:
        """Return what each line that can be read costs."""
        return [
            (form.cleaned_data.get("what", ""), form.cleaned_data["amount"])
            for form in self.forms
            if self.is_bound and "amount" in getattr(form, "cleaned_data", {})
        ]


Lines = forms.formset_factory(
    ItemForm,
    formset=ItemFormSet,
    extra=0,
    min_num=1,
    max_num=20,
    validate_min=True,
    validate_max=True,
)


class ExpenseForm(forms.Form):
    """What an expense needs beside its lines: receipts, who is paid, and where."""

    receipts = FilesField(
        label=_("Take a photo or choose files"),
        required=False,
        help_text=_("Photo or PDF, up to 10 MB each. Only people who check or pay it see them."),
        widget=FilesInput({"accept": "image/*,.pdf", "multiple": True}),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    payee = forms.TypedChoiceField(
        label=_("Who is paid?"), coerce=int, widget=forms.RadioSelect, required=False
    )
    iban = forms.CharField(
        label=_("Bank account (IBAN)"),
        required=False,
        max_length=50,
        help_text=_("Private. Only you and the people who pay can see it, and each look is noted."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    activity = forms.TypedChoiceField(
        label=_("What is it for?"), coerce=int, empty_value=None, required=False
    )

    def __init__(
        self, *args: Any, person: Party, activities: Iterable[Activity], **kwargs: Any
    ) -> None:
        """Offer the person and the organizations they speak for, and what the group does."""
        super().__init__(*args, **kwargs)
        self.activities = {one.pk: one for one in activities}
        self.fields["activity"].choices = [  # type: ignore[attr-defined]
            ("", gettext("The group as a whole")),
            *((pk, one.name) for pk, one in self.activities.items()),
        ]
        self.payees = {one.pk: one for one in [person, *people.organizations_of(person)]}
        self.fields["payee"].choices = [  # type: ignore[attr-defined]
            (pk, party.name) for pk, party in self.payees.items()
        ]
        self.fields["payee"].initial = person.pk
        self.known = queries.payout_methods(self.chosen_payee(person)).first()

    def chosen_payee(self, person: Party) -> Party:
        """Return who is to be paid, as far as chosen."""
        typed = str(self.data.get(self.add_prefix("payee"), "") or self.initial.get("payee", ""))
        return self.payees.get(int(typed) if typed.isdecimal() else 0, person)

    def chosen_activity(self) -> Activity | None:
        """Return what the expense is for, or None for the group as a whole."""
        return self.activities.get(self.cleaned_data.get("activity") or 0)

    def papers(self) -> list[tuple[str, str]]:
        """Return receipts sent with an earlier try: their names, and where they wait."""
        return read_kept(self.data.get(self.add_prefix("kept"), ""))

    def clean_iban(self) -> str:
        """Send those elsewhere who are paid on another account: that step asks who is there."""
        typed: str = self.cleaned_data["iban"]
        if typed and self.known and "".join(typed.split()).upper() != self.known.iban:
            raise forms.ValidationError(
                _("We pay to %(mask)s. To be paid elsewhere, change that account first."),
                params={"mask": self.known.mask},
            )
        return typed

    def method(self, person: Party) -> PayoutMethod | None:
        """Return the account to pay to: a typed one becomes the payee's account."""
        typed = self.cleaned_data.get("iban", "")
        payee = self.chosen_payee(person)
        if not typed or self.known:
            return self.known
        return actions.add_payout_method(party=payee, holder=payee.name, iban=typed, by=person)


def read_kept(token: str) -> list[tuple[str, str]]:
    """Return names and places of receipts that wait for an expense; nothing for a forged word."""
    try:
        return [(name, place) for name, place in signing.loads(token, salt="receipts")]
    except (signing.BadSignature, ValueError, TypeError):
        return []


def keep(papers: Sequence[tuple[str, str]]) -> str:
    """Return the word under which receipts wait while the form is put right."""
    return signing.dumps(list(papers), salt="receipts") if papers else ""


class CommentForm(forms.Form):
    """Something to say."""

    body = forms.CharField(
        label=_("Your comment"), max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    private = forms.BooleanField(label=_("Only for those who check or pay it"), required=False)


class PaidForm(forms.Form):
    """When the bank paid, and its reference."""

    on = forms.DateField(
        label=_("Paid on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    reference = forms.CharField(label=_("The bank's reference"), max_length=80, required=False)

    def clean_on(self) -> Any:
        """Refuse days to come."""
        if self.cleaned_data["on"] > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return self.cleaned_data["on"]


def lines_of(expense: Expense) -> list[dict[str, Any]]:
    """Return an expense's lines as the form starts with them."""
    return [
        {
            "what": item.description,
            "category": item.category_id,
            "day": item.spent_on,
            "amount": f"{Money(item.amount_minor, item.currency).decimal:f}",
        }
        for item in expense.items.all()
    ]


def category_name(category: int) -> str:
    """Return a category's name in the reader's language."""
    return str(Category(id=category))
