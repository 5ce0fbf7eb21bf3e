"""Forms of the bank tab: a file, and what a line is."""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Mapping, Sequence
from typing import IO, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.banking.actions import Share
from commonweal.banking.models import BankLine
from commonweal.banking.queries import Suggestion
from commonweal.banking.queries.offers import Debited, OpenRun, TakenBack
from commonweal.banking.rules import reading, table
from commonweal.foundation.money import Money
from commonweal.hosting.models import Hosting
from commonweal.spending.models import Expense
from commonweal.web import formats
from commonweal.web.giving import amounts

LARGEST_BYTES = 20_000_000
# A file of this size is kept within the page while its reader answers a question about it.
LARGEST_KEPT_BYTES = 1_500_000
PARTS = 3
_MEGA = 1_000_000


class StatementForm(forms.Form):
    """A file of the bank; and what is asked about it, if something is."""

    file = forms.FileField(
        label=_("The file of your bank"),
        required=False,
        help_text=_("camt.053, CODA, MT940 or CSV. Nothing is counted twice."),
    )
    is_ours = forms.BooleanField(label=_("This account is ours as well"), required=False)
    name = forms.CharField(required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, headers: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers = headers
        self.asks_whose = False
        labels = {
            "booked_on": _("Day"), "amount": _("Amount"), "name": _("Name of the other side"),
            "iban": _("Account of the other side"), "text": _("Message"),
            "reference": _("Structured message"), "account": _("Our own account"),
        }  # fmt: skip
        for what, label in labels.items() if headers else ():
            self.fields[f"column_{what}"] = forms.ChoiceField(
                label=label,
                required=what in {"booked_on", "amount"},
                choices=[("", "–"), *((name, name) for name in headers if name)],
            )

    def clean(self) -> dict[str, Any]:
        """Take the file, or the one that was kept within the page."""
        super().clean()
        sent = self.cleaned_data.get("file")
        if sent is not None and sent.size > LARGEST_BYTES:
            self.add_error(
                "file",
                _(
                    "This file is larger than %(most)s MB. Whoever runs this server can take it in "
                    "with the command “commonweal import statement”."
                )
                % {"most": LARGEST_BYTES // _MEGA},
            )
        elif sent is not None:
            self.cleaned_data["content"] = sent.file
            self.cleaned_data["name"] = sent.name or ""
        else:
            self._read_kept()
        return self.cleaned_data

    def _read_kept(self) -> None:
        kept = _unpacked(self.cleaned_data.get("kept", ""))
        if not kept:
            self.add_error("file", _("Choose a file first."))
            return
        self.cleaned_data["content"] = io.BytesIO(kept)

    def columns(self) -> table.Columns | None:
        """Return which column is which, as far as it was asked."""
        said = {
            what: self.cleaned_data.get(f"column_{what}", "")
            for what in table.Columns.__dataclass_fields__
        }
        return table.Columns(**said) if said["booked_on"] and said["amount"] else None


def keeping(content: IO[bytes], name: str) -> dict[str, str]:
    """Return a small file as it is kept within the page."""
    content.seek(0)
    raw = content.read(LARGEST_KEPT_BYTES + 1)
    if len(raw) > LARGEST_KEPT_BYTES:
        return {}
    return {"kept": base64.b64encode(raw).decode(), "name": name}


def headers_in(sent: Mapping[str, Any]) -> list[str]:
    """Return the columns of a file that was kept within the page because they were asked about."""
    if not any(name.startswith("column_") for name in sent):
        return []
    return table.headers(reading.text_of(io.BytesIO(_unpacked(str(sent.get("kept", ""))))))


def _unpacked(kept: str) -> bytes:
    try:
        return base64.b64decode(kept, validate=True)
    except (binascii.Error, ValueError):
        return b""


class PlaceForm(forms.Form):
    """What a line is: as a whole, or in parts that add up to it."""

    words = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=200,
        help_text=_("What it was, or the name to show. Without a name a gift is incognito."),
    )

    def __init__(
        self,
        *args: Any,
        line: BankLine,
        suggested: Sequence[Suggestion],
        expenses: Sequence[Expense],
        hosted: Sequence[Hosting],
        debited: Sequence[Debited],
        runs: Sequence[OpenRun],
        taken_back: Sequence[TakenBack],
        pairs: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.line = line
        self.promises = {
            f"gift-{one.contribution.pk}": one.contribution for one in suggested if one.contribution
        }
        self.expenses = {f"payout-{one.pk}": one for one in expenses}
        self.debits = {f"debit-{one.numbers[0]}": one for one in debited}
        self.runs = {f"run-{one.run.pk}": one for one in runs}
        self.taken_back = {f"back-{one.charge.pk}": one for one in taken_back}
        self.pairs = {f"exchange-{pair}": pair for pair in pairs}
        self.groups = {f"group-{one.collective_id}": one.collective for one in hosted}
        for number in range(1, PARTS + 1):
            self.fields[f"as_{number}"] = forms.ChoiceField(
                label=_("What it is"), required=number == 1, choices=self._choices()
            )
            self.fields[f"amount_{number}"] = forms.CharField(
                label=_("Amount"),
                required=False,
                widget=forms.TextInput({"class": "money", "inputmode": "decimal"}),
            )

    def clean(self) -> dict[str, Any]:
        """Read the parts; a single one without an amount is the whole line."""
        super().clean()
        shares = [self._share(number) for number in range(1, PARTS + 1)]
        self.cleaned_data["shares"] = [one for one in shares if one is not None]
        return self.cleaned_data

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the fields of each part."""
        return [(self[f"as_{n}"], self[f"amount_{n}"]) for n in range(1, PARTS + 1)]

    def _share(self, number: int) -> Share | None:
        what = self.cleaned_data.get(f"as_{number}", "")
        if not what:
            return None
        sign = 1 if self.line.amount_minor > 0 else -1
        typed = self.cleaned_data.get(f"amount_{number}", "")
        minor = abs(self.line.amount_minor)
        if typed:
            try:
                currency = self.line.currency
                minor = amounts.read(typed, currency, least=Money(1, currency)).minor
            except forms.ValidationError as error:
                self.add_error(f"amount_{number}", error)
                return None
        return Share(
            kind=self._kind(what),
            amount_minor=sign * minor,
            contribution=self.promises.get(what),
            collective=self.groups.get(what),
            expense=self.expenses.get(what),
            run=self.runs[what].run if what in self.runs else None,
            charge=self.taken_back[what].charge if what in self.taken_back else None,
            pair=self.pairs.get(what, ""),
            words=self.cleaned_data.get("words", ""),
            collections=self.debits[what].numbers if what in self.debits else (),
        )

    def _kind(self, what: str) -> Any:
        kinds = {
            "gift": "gift",
            "group": "new_gift",
            "payout": "payout",
            "debit": "debit",
            "run": "run",
            "back": "gift_back",
            "exchange": "exchange",
        }
        return kinds.get(what.partition("-")[0], what)

    def _choices(self) -> list[tuple[str, Any]]:
        promises = [
            (key, f"{one.collective.name}: {formats.amount(Money(one.amount_minor, one.currency))}")
            for key, one in self.promises.items()
        ]
        groups = [
            (key, _("A gift for %(group)s") % {"group": one.name})
            for key, one in self.groups.items()
        ]
        expenses = [
            (key, f"{one.collective.name}: {one.title}") for key, one in self.expenses.items()
        ]
        debits = [
            (key, one.title or _("Collection run %(number)s") % {"number": one.run})
            for key, one in self.debits.items()
        ]
        came = self.line.amount_minor > 0
        theirs = [*promises, *groups] if came else [*self._whole_runs(), *expenses, *self._back()]
        back = [("return", _("Send it back"))] if came else []
        exchanged = [
            (key, _("Exchanged by us, %(pair)s") % {"pair": pair.upper().replace("-", "/")})
            for key, pair in self.pairs.items()
        ]
        return [("", "–"), *debits, *theirs, ("own", _("Our own")), *exchanged, *back]

    def _whole_runs(self) -> list[tuple[str, Any]]:
        return [
            (
                key,
                _("All that is open of pay run %(number)s: %(amount)s")
                % {"number": one.run.number, "amount": formats.amount(one.left)},
            )
            for key, one in self.runs.items()
        ]

    def _back(self) -> list[tuple[str, Any]]:
        return [
            (
                key,
                _("Taken back from %(group)s: the gift of %(day)s")
                % {
                    "group": one.contribution.collective.name,
                    "day": formats.day(one.charge.arrived_on),
                },
            )
            for key, one in self.taken_back.items()
            if one.charge.arrived_on
        ]
