"""The amounts to choose from: what the collective offers, and round sums between."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commonweal.collectives.models import Collective
from commonweal.foundation.money import Money
from commonweal.giving import queries
from commonweal.giving.models import Interval, Tier
from commonweal.web import formats

_ROUND = (5, 10, 25, 50)
_ENOUGH = 4


@dataclass(frozen=True)
class Choice:
    """One round amount, with the tier it belongs to, if any."""

    value: str
    amount: Money
    tier: Tier | None = None

    @property
    def label(self) -> SafeString:
        """The amount, and the name of the tier below it."""
        price = formats.amount(self.amount, whole=True)
        if self.tier is None:
            return format_html("{}", price)
        often = {Interval.MONTH: _("a month"), Interval.YEAR: _("a year")}
        name = " · ".join(filter(None, [self.tier.name, often.get(Interval(self.tier.interval))]))
        return format_html("{}<small>{}</small>", price, name)


def choices_for(collective: Collective, *, interval: str = "") -> list[Choice]:
    """Return the tiers, of one rhythm or all, and round amounts where they are few, smallest first.

    A tier is given as often as it says; its amount may be given in any rhythm.
    """
    tiers = queries.tiers_of(collective)
    tiers = tiers.filter(interval=interval) if interval else tiers
    found = [
        Choice(f"tier-{tier.pk}", Money(tier.amount_minor, tier.currency), tier) for tier in tiers
    ]
    taken = {choice.amount.minor for choice in found}
    for whole in _ROUND:
        amount = Money(whole * 10 ** Money(0, collective.currency).exponent, collective.currency)
        if len(found) < _ENOUGH and amount.minor not in taken:
            found.append(Choice(f"{amount.decimal:f}", amount))
    return sorted(found, key=lambda choice: choice.amount.minor)


def first_choice(choices: list[Choice], tier: str, amount: str) -> str:
    """Return what is chosen at first: what the address asks for, else the smallest tier or sum."""
    values = {choice.value for choice in choices}
    if f"tier-{tier}" in values:
        return f"tier-{tier}"
    by_amount = {f"{choice.amount.decimal.normalize():f}": choice.value for choice in choices}
    if amount:
        return by_amount.get(amount.rstrip("0").rstrip(".") if "." in amount else amount, "")
    tiers = [choice.value for choice in choices if choice.tier]
    plain = [choice.value for choice in choices]
    return (tiers or plain[1:] or plain)[0]
