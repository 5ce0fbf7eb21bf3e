"""Forms of what a host keeps of which gifts, and who bears what goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.foundation import clock
from commonweal.giving.models import Tier
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Host
from commonweal.hosting.rules import FeeRule
from commonweal.ledger import queries as ledger
from commonweal.payments import queries as payments
from commonweal.web import formats
from commonweal.web.hosting.forms import percent, read_fee

KINDS = {
    Tier.Kind.DONATION: _("Gifts"),
    Tier.Kind.MEMBERSHIP: _("Memberships"),
    Tier.Kind.TICKET: _("Tickets"),
    Tier.Kind.PRODUCT: _("Things"),
    Tier.Kind.SERVICE: _("Work done"),
}
_EMPTY_ROWS = 2


class BearingForm(forms.Form):
    """Who bears what rails keep, and what is taken back after it was spent; which currencies."""

    rail_fee_by = forms.ChoiceField(
        label=_("Who pays the fee of a card or another payment company?"),
        choices=[
            (Host.Bearer.GROUP, _("The group: it is taken from the gift")),
            (Host.Bearer.HOST, _("We do: the group gets the gift without it")),
        ],
        widget=forms.RadioSelect,
    )
    losses_by = forms.ChoiceField(
        label=_("A bank takes a gift back, and it is spent already. Who bears that?"),
        choices=[
            (Host.Bearer.GROUP, _("The group as far as it has money, we bear the rest")),
            (Host.Bearer.HOST, _("We always do")),
        ],
        widget=forms.RadioSelect,
    )
    currencies = forms.MultipleChoiceField(
        label=_("In which other currencies do you take gifts?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, host: Host, **kwargs: Any) -> None:
        first = {
            "rail_fee_by": host.rail_fee_by,
            "losses_by": host.losses_by,
            "currencies": host.currencies,
        }
        super().__init__(*args, **{"initial": first, **kwargs})
        found = sorted(
            {*payments.other_currencies(host, ledger.quoted(clock.today())), *host.currencies}
        )
        self.fields["currencies"].choices = [  # type: ignore[attr-defined]
            (code, formats.currency(code)) for code in found
        ]
        if not found:
            del self.fields["currencies"]


class FeeForm(forms.Form):
    """A share of some gifts; a row without a share says nothing."""

    tier_kind = forms.ChoiceField(label=_("Of what"), required=False)
    rail = forms.ChoiceField(label=_("Paid by"), required=False)
    fee = forms.CharField(
        label=_("Your share, in percent"),
        required=False,
        max_length=10,
        widget=forms.TextInput({"inputmode": "decimal", "class": "money", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, rails: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", _("Anything")), *KINDS.items()]
        self.fields["tier_kind"].choices = kinds  # type: ignore[attr-defined]
        ways = [("", _("Any way of paying")), *rails.items()]
        self.fields["rail"].choices = ways  # type: ignore[attr-defined]

    def clean_fee(self) -> int | None:
        """Read a percentage."""
        typed = self.cleaned_data["fee"].strip()
        return read_fee(typed) if typed else None

    def clean(self) -> dict[str, Any]:
        """Refuse a row about everything: that is the usual share."""
        super().clean()
        typed = self.cleaned_data
        about_all = not typed.get("tier_kind") and not typed.get("rail")
        if typed.get("fee") is not None and about_all:
            self.add_error(
                "fee", _("Say of what, or how it is paid: all else is your usual share.")
            )
        return typed

    def rule(self) -> FeeRule | None:
        """Return what this row says."""
        typed = self.cleaned_data
        if typed.get("fee") is None:
            return None
        return FeeRule(typed["tier_kind"], typed["rail"], typed["fee"])


def fee_rows(host: Host, sent: Any) -> list[FeeForm]:
    """Return a row for each share that stands, and some empty ones."""
    stands = [
        {"tier_kind": one.tier_kind, "rail": one.rail, "fee": percent(one.fee_ppm)}
        for one in hosting.fee_rules(host)
    ]
    rails = {one.name: one.label() for one in payments.rails().values() if one.capabilities.charges}
    rows = [*stands, *({} for _row in range(_EMPTY_ROWS))]
    return [
        FeeForm(sent, initial=first, prefix=f"row-{number}", rails=rails)
        for number, first in enumerate(rows)
    ]
