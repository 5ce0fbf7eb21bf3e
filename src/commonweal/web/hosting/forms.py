"""Forms between groups and hosts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from babel.numbers import get_decimal_symbol
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundation import clock
from commonweal.foundation.errors import Refused
from commonweal.hosting import rules
from commonweal.hosting.models import Host
from commonweal.payments import queries as payments
from commonweal.spending.models import PayTerms, ReturnReason
from commonweal.web import formats

LONGEST_MESSAGE = 4000
LONGEST_TERMS = 20_000
_FURTHEST = timedelta(days=60)


class ApplyForm(forms.Form):
    """Which host to ask, and what to tell it."""

    host = forms.ChoiceField(label=_("Which host?"), widget=forms.RadioSelect)
    message = forms.CharField(
        label=_("What do you want to do, and who are you?"),
        max_length=LONGEST_MESSAGE,
        help_text=_("A few lines are enough. Only the host reads them."),
        widget=forms.Textarea({"rows": 6}),
    )

    def __init__(self, *args: Any, hosts: list[Host], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hosts = {host.party.slug: host for host in hosts}
        self.fields["host"].choices = [  # type: ignore[attr-defined]
            (slug, host.party.name) for slug, host in self.hosts.items()
        ]

    def chosen(self) -> Host:
        """Return the host that was chosen."""
        return self.hosts[self.cleaned_data["host"]]


class AnswerForm(forms.Form):
    """What a group answers to a host's question."""

    message = forms.CharField(
        label=_("Your answer"), max_length=LONGEST_MESSAGE, widget=forms.Textarea({"rows": 5})
    )


class QuestionForm(forms.Form):
    """What a host wants to know first."""

    question = forms.CharField(
        label=_("What do you want to know?"), max_length=LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why a host says no."""

    reason = forms.CharField(
        label=_("Why not?"), max_length=LONGEST_MESSAGE,
        help_text=_("The group reads it. Say where it could ask instead."),
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip


class OwnFeeForm(forms.Form):
    """A share agreed with one group; left empty, the host's usual one."""

    fee = forms.CharField(
        label=_("Its own share, in percent"),
        required=False,
        max_length=10,
        widget=forms.TextInput({"inputmode": "decimal", "class": "money", "autocomplete": "off"}),
    )

    def clean_fee(self) -> int | None:
        """Read a percentage."""
        typed = self.cleaned_data["fee"].strip()
        return read_fee(typed) if typed else None


class HostForm(forms.Form):
    """A host's share, its terms and its bank account."""

    fee = forms.CharField(
        label=_("Your share of each gift, in percent"),
        max_length=10,
        help_text=_("It pays for your work. What was promised before keeps its share."),
        widget=forms.TextInput({"inputmode": "decimal", "class": "money", "autocomplete": "off"}),
    )
    terms = forms.CharField(
        label=_("Terms"),
        required=False,
        max_length=LONGEST_TERMS,
        help_text=_("Whom you host, what you ask for, how soon you pay. In plain words."),
        widget=forms.Textarea({"rows": 8}),
    )
    account_holder = forms.CharField(
        label=_("Account holder"), max_length=70, help_text=_("As the bank writes it.")
    )
    iban = forms.CharField(
        label=_("Bank account (IBAN)"),
        max_length=50,
        help_text=_("Givers send money to it, so everybody can see it."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    bic = forms.CharField(
        label=_("BIC"),
        required=False,
        max_length=20,
        help_text=_("Only needed for givers outside the euro area."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    open_to_applications = forms.BooleanField(
        label=_("We take new groups"), required=False, initial=True
    )

    def clean_fee(self) -> int:
        """Read a percentage."""
        return read_fee(self.cleaned_data["fee"])

    def clean_iban(self) -> str:
        """Check each digit."""
        return _checked(rules.proper_iban, self.cleaned_data["iban"])

    def clean_bic(self) -> str:
        """Check its shape."""
        return _checked(rules.proper_bic, self.cleaned_data["bic"])

    def terms_of_a_host(self) -> dict[str, Any]:
        """Return what was typed in the words of the actions."""
        typed = dict(self.cleaned_data)
        return {"fee_ppm": typed.pop("fee"), **typed}

    @classmethod
    def standing(cls, host: Host) -> dict[str, Any]:
        """Return what a host says now."""
        iban = host.iban
        return {
            "fee": percent(host.fee_ppm),
            "terms": host.terms,
            "account_holder": host.account_holder,
            "iban": " ".join(iban[at : at + 4] for at in range(0, len(iban), 4)),
            "bic": host.bic,
            "open_to_applications": host.open_to_applications,
        }


class DayForm(forms.Form):
    """On which day the bank is asked to pay."""

    execute_on = forms.DateField(
        label=_("On which day should the bank pay?"),
        required=False,
        help_text=_("Left empty: on the next day on which banks pay."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def day(self) -> date | None:
        """Return the day, or None for the next one."""
        found: date | None = self.cleaned_data["execute_on"]
        return found

    def clean_execute_on(self) -> date | None:
        """Refuse days that are over, and those so far away that they are a slip."""
        typed: date | None = self.cleaned_data["execute_on"]
        if typed and not clock.today() <= typed <= clock.today() + _FURTHEST:
            raise forms.ValidationError(_("Choose a day within the next two months."))
        return typed


class ReturnForm(forms.Form):
    """That a payment came back: when, and what the bank says."""

    on = forms.DateField(
        label=_("When?"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    code = forms.ChoiceField(
        label=_("What does the bank say?"),
        choices=lambda: [
            (one.value, f"{one.value}: {one.label}" if one.value != "NOT_SENT" else one.label)
            for one in ReturnReason
        ],
        help_text=_("The payee reads the sentence. Nobody else does."),
    )

    def clean_on(self) -> date:
        """Refuse days to come."""
        typed: date = self.cleaned_data["on"]
        if typed > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return typed


class PayTermsForm(forms.Form):
    """Who lets money go at a host, and which file its bank takes."""

    second_person = forms.BooleanField(
        label=_("Two persons pay"), required=False,
        help_text=_("Somebody else than who prepared a pay run lets it go."),
    )  # fmt: skip
    second_lock = forms.BooleanField(
        label=_("A passkey or an app is always needed"), required=False,
        help_text=_("Who has one is asked for it in any case."),
    )  # fmt: skip
    file_kind = forms.ChoiceField(
        label=_("Which file does your bank take?"),
        choices=lambda: [(name, name) for name in payments.payout_files()],
        help_text=_("The first is newer. Take the other one if your bank refuses it."),
    )
    as_one = forms.BooleanField(
        label=_("The bank statement shows a pay run as one line"), required=False,
        help_text=_("Otherwise it shows each payment."),
    )  # fmt: skip

    def __init__(self, *args: Any, terms: PayTerms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].initial = getattr(terms, name)


def read_fee(typed: str) -> int:
    """Return a typed percentage as parts per million, or say what to type."""
    try:
        return rules.fee_from_percent(typed)
    except Refused as error:
        raise forms.ValidationError(error.told_in(gettext)) from error


def percent(fee_ppm: int) -> str:
    """Return a share as people here type it, without the sign."""
    point = get_decimal_symbol(locale=formats.locale())
    return rules.percent(fee_ppm).replace(".", point)


def _checked(check: Callable[[str], str], typed: str) -> str:
    try:
        return check(typed)
    except Refused as error:
        raise forms.ValidationError(error.told_in(gettext)) from error
