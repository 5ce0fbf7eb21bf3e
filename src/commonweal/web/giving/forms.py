"""Forms of giving."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import rules as giving
from commonweal.giving.actions import NotAhead, OnlyOnce
from commonweal.giving.actions.pledging import LONGEST_MESSAGE
from commonweal.giving.models import Interval, Tier
from commonweal.payments.port import Rail
from commonweal.people import rules
from commonweal.people.models import Party
from commonweal.web import formats
from commonweal.web.giving import amounts
from commonweal.web.giving.choosing import Choice

GUEST, ME, INCOGNITO = "guest", "me", "incognito"
_LONGEST_REASON = 300


class AmountForm(forms.Form):
    """How much: what the collective suggests, or another amount."""

    amount = forms.ChoiceField(label=_("How much?"), required=False, widget=forms.RadioSelect)
    own = forms.CharField(
        label=_("Another amount"),
        required=False,
        widget=forms.TextInput({"class": "money", "inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, collective: Collective, choices: list[Choice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.collective = collective
        self.offered = {choice.value: choice for choice in choices}
        self._field("amount").choices = [(choice.value, choice.label) for choice in choices]
        smallest = formats.amount(giving.smallest(collective.currency))
        self.fields["own"].help_text = _("From %(smallest)s") % {"smallest": smallest}

    def clean(self) -> dict[str, Any]:
        """Read the amount."""
        super().clean()
        self._read_amount()
        return self.cleaned_data

    def rhythm(self) -> str:
        """Return in which rhythm it is given."""
        return Interval.ONCE

    def standing_currency(self) -> str:
        """Return the currency that stands in the form."""
        return str(self.collective.currency)

    def _read_amount(self) -> None:
        """Take what was typed before what was chosen; keep the tier where it still fits."""
        choice = self.offered.get(self.cleaned_data.get("amount", ""))
        typed = self.cleaned_data.get("own", "").strip()
        currency = self.standing_currency()
        if currency != self.collective.currency:
            choice = None
        if typed:
            try:
                money = amounts.read(typed, currency)
            except forms.ValidationError as error:
                self.add_error("own", error)
                return
            self._take(money, choice.tier if choice else None)
        elif choice:
            self._take(choice.amount, choice.tier)
        elif currency != self.collective.currency:
            self.add_error("own", _("Write the amount in this currency."))
        elif "amount" not in self.errors:
            self.add_error("amount", _("Choose an amount, or write another one below."))

    def _take(self, money: Money, tier: Tier | None) -> None:
        fits = tier is not None and giving.fits_tier(
            money, tier_amount=Money(tier.amount_minor, tier.currency), flexible=tier.flexible
        )
        fits = fits and tier is not None and tier.interval == self.rhythm()
        self.cleaned_data["money"] = money
        self.cleaned_data["tier"] = tier if fits else None

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field


class PledgeForm(AmountForm):
    """How much, how often, who, over which rail, and a few words."""

    currency = forms.ChoiceField(
        label=_("Currency"),
        required=False,
        help_text=_("In another one, write the amount yourself."),
    )
    often = forms.ChoiceField(
        label=_("How often?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Interval.ONCE, _("Once")),
            (Interval.MONTH, _("Every month")),
            (Interval.YEAR, _("Every year")),
        ],
    )
    who = forms.ChoiceField(label=_("Who is giving?"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name shown on the page"),
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        required=False,
        help_text=_("Never shown. Used for the receipt, and to find your gift again."),
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
    )
    way = forms.ChoiceField(label=_("How do you pay?"), widget=forms.RadioSelect)
    covers_fees = forms.BooleanField(
        label=_("I pay the fees on top"),
        required=False,
        help_text=_("Then the group gets the whole amount."),
    )
    message = forms.CharField(
        label=_("A few words for the group"),
        required=False,
        max_length=LONGEST_MESSAGE,
        help_text=_("Everybody can read them."),
        widget=forms.Textarea({"rows": 3}),
    )

    field_order = ["amount", "own", "currency", "often", "who", "name", "email", "way", "message"]

    def __init__(
        self,
        *args: Any,
        rails: Mapping[str, list[Rail]],
        person: Party | None,
        organizations: Iterable[Party],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.by_currency = rails
        self.rails = list({rail.name: rail for ways in rails.values() for rail in ways}.values())
        self.organizations = {f"org-{party.pk}": party for party in organizations}
        self._field("who").choices = self._givers()
        self._field("way").choices = [(rail.name, rail.label()) for rail in self.rails]
        self._field("currency").choices = [(code, formats.currency(code)) for code in rails]
        if len(rails) == 1:
            del self.fields["currency"]

    def clean(self) -> dict[str, Any]:
        """Read the amount, and who gives."""
        super().clean()
        way = self.cleaned_data.get("way")
        if way and way not in {one.name for one in self.by_currency[self.standing_currency()]}:
            self.add_error("way", _("This way of paying does not know this currency."))
        if self.cleaned_data.get("who") == GUEST or self.person is None:
            self._read_guest()
        once = [rail.name for rail in self.rails if rail.capabilities.repeats == "never"]
        if self.rhythm() != Interval.ONCE and self.cleaned_data.get("way") in once:
            self.add_error("way", OnlyOnce().told_in(gettext))
        return self.cleaned_data

    def rhythm(self) -> str:
        """Return in which rhythm it is given."""
        chosen = str(self["often"].value() or "")
        return chosen if chosen in Interval.values else Interval.ONCE

    def standing_currency(self) -> str:
        """Return the currency that stands in the form: the group's, unless another is chosen."""
        chosen = self.cleaned_data.get("currency") if self.is_bound else None
        return str(chosen or self.collective.currency)

    def standing_amount(self) -> Money | None:
        """Return the amount that stands in the form, if it can be given."""
        if self.is_bound:
            return self.cleaned_data.get("money") if self.errors is not None else None
        choice = self.offered.get(str(self["amount"].value()))
        if choice:
            return choice.amount
        try:
            return amounts.read(str(self["own"].value() or ""), self.collective.currency)
        except forms.ValidationError:
            return None

    def standing_kind(self) -> str:
        """Return the kind of what is chosen, if it is one of the ways that the group offers."""
        choice = self.offered.get(str(self["amount"].value()))
        tier = self.cleaned_data.get("tier") if self.is_bound else choice and choice.tier
        return tier.kind if tier else ""

    def _read_guest(self) -> None:
        try:
            self.cleaned_data["email"] = rules.proper_address(self.cleaned_data.get("email", ""))
        except rules.NotAnAddress as error:
            self.add_error("email", error.told_in(gettext))
        try:
            self.cleaned_data["name"] = rules.proper_name(self.cleaned_data.get("name", ""))
        except rules.NameMissing as error:
            self.add_error("name", error.told_in(gettext))

    def _givers(self) -> list[tuple[str, Any]]:
        incognito = (INCOGNITO, _("Incognito"))
        if self.person is None:
            return [(GUEST, _("Me, as a guest")), incognito]
        groups = [(value, party.name) for value, party in self.organizations.items()]
        return [(ME, self.person.name), *groups, incognito]


class ChangeForm(AmountForm):
    """Another amount, or another day of the month, for what is given again and again."""

    day = forms.IntegerField(
        label=_("Day of the month"),
        min_value=1,
        max_value=31,
        help_text=_("In a shorter month it is the last day."),
        widget=forms.NumberInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, interval: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.interval = interval

    def rhythm(self) -> str:
        """Return in which rhythm it is given, which does not change."""
        return self.interval


class PauseForm(forms.Form):
    """How long nothing is asked for."""

    until = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("Leave it empty to pause until you say so."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_until(self) -> Any:
        """Refuse days that are over."""
        day = self.cleaned_data["until"]
        if day is not None and day <= clock.today():
            raise forms.ValidationError(NotAhead().told_in(gettext))
        return day


class ArrivalForm(forms.Form):
    """What the bank statement shows."""

    amount = forms.CharField(
        label=_("Amount that arrived"),
        widget=forms.TextInput({"class": "money", "inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("It may differ from what was promised."),
    )
    arrived_on = forms.DateField(
        label=_("Day it arrived"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_amount(self) -> Money:
        """Read the amount; a single cent may arrive too."""
        return amounts.read(
            self.cleaned_data["amount"], self.currency, least=Money(1, self.currency)
        )

    def clean_arrived_on(self) -> Any:
        """Refuse days ahead."""
        day = self.cleaned_data["arrived_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day is still ahead."))
        return day


class RefundForm(forms.Form):
    """How much goes back, and why."""

    amount = forms.CharField(
        label=_("Amount to give back"),
        widget=forms.TextInput({"class": "money", "inputmode": "decimal", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=_LONGEST_REASON,
        help_text=_("Everybody can read it, so please name nobody."),
    )

    def __init__(self, *args: Any, most: Money, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most

    def forget_reason(self) -> None:
        """Leave only what is wrong with the amount: the rest is not sent yet."""
        self.full_clean()
        self.errors.pop("reason", None)

    def clean_amount(self) -> Money:
        """Read the amount, which is at most what is left of the gift."""
        money = amounts.read(
            self.cleaned_data["amount"], self.most.currency, least=Money(1, self.most.currency)
        )
        if money > self.most:
            most = formats.amount(self.most)
            raise forms.ValidationError(
                _("At most %(most)s of this gift are left.") % {"most": most}
            )
        return money


def first_values(
    query: Mapping[str, str], choice: Choice | None, way: str, who: str
) -> dict[str, str]:
    """Return what stands in the giving form before anybody typed."""
    own = "" if choice else query.get("amount", "")[:20]
    tier = choice.tier if choice and f"tier-{query.get('tier')}" == choice.value else None
    asked = query.get("often", tier.interval if tier else "")
    often = asked if asked in Interval.values else Interval.ONCE
    amount = choice.value if choice else ""
    return {"amount": amount, "own": own, "often": often, "way": way, "who": who}


class TierForm(forms.Form):
    """A way of giving."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("What it pays, such as: a Saturday of coffee.")
    )
    description = forms.CharField(
        label=_("In a sentence"), required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )
    amount = forms.CharField(
        label=_("Amount"),
        widget=forms.TextInput({"class": "money", "inputmode": "decimal", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        required=False,
        widget=forms.Select,
        choices=[
            (Tier.Kind.DONATION, _("A gift")),
            (Tier.Kind.MEMBERSHIP, _("A membership")),
            (Tier.Kind.TICKET, _("A ticket")),
            (Tier.Kind.PRODUCT, _("A thing that you sell")),
            (Tier.Kind.SERVICE, _("Work that you do")),
        ],
        initial=Tier.Kind.DONATION,
        help_text=_("Only gifts count as donations. It cannot be changed later."),
    )
    interval = forms.ChoiceField(
        label=_("How often?"),
        required=False,
        widget=forms.Select,
        choices=[
            (Interval.ONCE, _("Once")),
            (Interval.MONTH, _("Every month")),
            (Interval.YEAR, _("Every year")),
        ],
        initial=Interval.ONCE,
    )
    flexible = forms.BooleanField(
        label=_("People may give more"),
        required=False,
        help_text=_("The amount is then the smallest one."),
    )

    def __init__(self, *args: Any, currency: str, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        if not is_new:
            del self.fields["interval"], self.fields["kind"]

    def clean_kind(self) -> str:
        """Take what nobody chose for a gift."""
        return self.cleaned_data["kind"] or Tier.Kind.DONATION

    def clean_amount(self) -> Money:
        """Read the amount."""
        return amounts.read(self.cleaned_data["amount"], self.currency)

    def clean_interval(self) -> str:
        """Take once where nothing is said."""
        return self.cleaned_data["interval"] or Interval.ONCE
