"""Forms for expenses."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.collectives.models import Activity, Collective
from commonweal.foundation import clock
from commonweal.people import queries as people
from commonweal.people.models import Party
from commonweal.spending import queries
from commonweal.spending.actions.methods import NotAnIban, proper_iban
from commonweal.spending.models import Expense
from commonweal.spending.queries.payees import MOST_OFFERED
from commonweal.web.spending.lines import mark_read
from commonweal.web.spending.uploads import MOST_FILES

SUPPLIER, GUEST = "supplier", "guest"
_NEEDED = {
    SUPPLIER: {
        "supplier_name": _("Write the name on the invoice."),
        "supplier_iban": _("Write the account number on the invoice."),
    },
    GUEST: {
        "guest_name": _("Write who is to be paid."),
        "guest_email": _("Write the address to which we send the letter."),
    },
}


class FilesInput(forms.ClearableFileInput):
    """Takes several files, from a phone's camera too."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploaded files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Check each file."""
        return [super(FilesField, self).clean(one, initial) for one in data or []][:MOST_FILES]


class ExpenseForm(forms.Form):
    """What an expense needs beside its lines: receipts, who is paid, and where."""

    receipts = FilesField(
        label=_("Take a photo or choose files"),
        required=False,
        help_text=_(
            "Photo, PDF or e-invoice, up to 10 MB each. Only people who check or pay it see them."
        ),
        widget=FilesInput({"accept": "image/*,.pdf,.xml", "multiple": True}),
    )
    payee = forms.ChoiceField(label=_("Who is paid?"), widget=forms.RadioSelect, required=False)
    iban = forms.CharField(
        label=_("Bank account (IBAN)"),
        required=False,
        max_length=50,
        help_text=_("Private. Only you and the people who pay can see it, and each look is noted."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    supplier_name = forms.CharField(label=_("Name"), required=False, max_length=70)
    supplier_number = forms.CharField(
        label=_("VAT or enterprise number"), required=False, max_length=30
    )
    supplier_iban = forms.CharField(
        label=_("Bank account (IBAN)"), required=False, max_length=50,
        help_text=_("As on the invoice. Next time we know it."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    guest_name = forms.CharField(label=_("Name"), required=False, max_length=70)
    guest_email = forms.EmailField(
        label=_("E-mail"), required=False,
        help_text=_("We write a letter with a link. You never see the account number."),
    )  # fmt: skip
    invoice_number = forms.CharField(
        label=_("Number of the invoice"), required=False, max_length=60
    )
    reference = forms.CharField(
        label=_("Reference to pay with"), required=False, max_length=60,
        help_text=_("For example +++090/9337/55493+++ or RF18 5390 0754 7034."),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("To be paid by"), required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    activity = forms.TypedChoiceField(
        label=_("What is it for?"), coerce=int, empty_value=None, required=False
    )

    def __init__(
        self,
        *args: Any,
        person: Party,
        collective: Collective,
        activities: Iterable[Activity],
        expense: Expense | None = None,
        read: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        """Offer whom the person may name as payee, and what the group does."""
        super().__init__(*args, **kwargs)
        self.person = person
        self.activities = {one.pk: one for one in activities}
        self.fields["activity"].choices = [  # type: ignore[attr-defined]
            ("", gettext("The group as a whole")),
            *((pk, one.name) for pk, one in self.activities.items()),
        ]
        self.fixed = expense.payee if expense else None
        self.payees = {str(one.pk): one for one in self._offered(collective)}
        self.fields["payee"].choices = self._payee_choices()  # type: ignore[attr-defined]
        self.fields["payee"].initial = str((self.fixed or person).pk)
        chosen = self.chosen_payee
        self.known = queries.payout_methods(chosen).first() if chosen else None
        mark_read(self, read)

    def _offered(self, collective: Collective) -> list[Party]:
        if self.fixed:
            return [self.fixed]
        return [
            self.person,
            *people.organizations_of(self.person),
            *(one.party for one in queries.suppliers(collective)[:MOST_OFFERED]),
            *queries.guests_asked(self.person, collective)[:MOST_OFFERED],
        ]

    def _payee_choices(self) -> list[tuple[str, str]]:
        named = [(key, one.name) for key, one in self.payees.items()]
        if self.fixed:
            return named
        mine = (named[0][0], gettext("%(name)s: I paid it") % {"name": self.person.name})
        return [
            mine, *named[1:],
            (SUPPLIER, gettext("A supplier: the invoice is still to be paid")),
            (GUEST, gettext("Somebody else, who tells us where")),
        ]  # fmt: skip

    @property
    def chosen(self) -> str:
        """Return which payee is chosen: a number, a new supplier, or somebody to be asked."""
        typed = str(self.data.get(self.add_prefix("payee"), "") or self.initial.get("payee", ""))
        is_one = typed in self.payees or (not self.fixed and typed in {SUPPLIER, GUEST})
        return typed if is_one else str((self.fixed or self.person).pk)

    @property
    def chosen_payee(self) -> Party | None:
        """Return who is to be paid, where they are known."""
        return self.payees.get(self.chosen)

    @property
    def has_invoice(self) -> bool:
        """Whether anything of an invoice is told."""
        return any(self[name].value() for name in ("invoice_number", "reference", "due_on"))

    def chosen_activity(self) -> Activity | None:
        """Return what the expense is for, or None for the group as a whole."""
        return self.activities.get(self.cleaned_data.get("activity") or 0)

    def clean(self) -> dict[str, Any]:
        """Ask for what paying this payee needs."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for name, message in _NEEDED.get(self.chosen, {}).items():
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, message)
        if self.chosen == SUPPLIER:
            self._check_iban("supplier_iban")
        elif self.chosen_payee and not self.chosen_payee.account_requests.exists():
            self._clean_own_iban(typed.get("iban", ""))
        return typed

    def _clean_own_iban(self, typed: str) -> None:
        """Send those elsewhere who are paid on another account: that step asks who is there."""
        if not typed and not self.known:
            self.add_error("iban", _("Say where we pay it: the number of a bank account."))
        elif typed and self.known and "".join(typed.split()).upper() != self.known.iban:
            text = _("We pay to %(mask)s. To be paid elsewhere, change that account first.")
            self.add_error("iban", text % {"mask": self.known.mask})
        elif typed:
            self._check_iban("iban")

    def _check_iban(self, name: str) -> None:
        typed = self.cleaned_data.get(name)
        if not typed:
            return
        try:
            proper_iban(typed)
        except NotAnIban as refusal:
            self.add_error(name, refusal.told_in(gettext))


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
