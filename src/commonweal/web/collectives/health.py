"""How a group is doing: its figures, a plain sentence for each, and who carries it, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.discovery import queries, rules
from commonweal.discovery.queries import Portrait
from commonweal.discovery.rules import Health, Lean, Runway, Small, Spread, Steady, Untold
from commonweal.foundation.money import Money
from commonweal.ledger.queries import MonthTotal
from commonweal.web import charts, formats

_NONE = "–"


@dataclass(frozen=True)
class Reading:
    """One figure: what it is, how much, and what that means."""

    name: str
    figure: str
    sentence: str


@dataclass(frozen=True)
class Shown:
    """What the block shows: the figures of whole months, and the two pictures where told."""

    first: date
    last: date
    readings: list[Reading]
    usual: list[charts.Share]
    givers: list[charts.Segment]


def of(
    portrait: Portrait, sums: Sequence[MonthTotal], months: Sequence[date], until: date,
    *, balance: Money,
) -> Shown:  # fmt: skip
    """Return how a group did in these whole months, the last of which ends before `until`."""
    group = portrait.collective
    published = group.published_at.date() if group.published_at else None
    moved = [one.month for one in sums]
    began = min([day for day in (published, *moved) if day], default=None)
    number = rules.life(months, began)
    lived = months[len(months) - number :]
    spent = {one.month: one.spent for one in sums}
    nothing = Money(0, group.currency)
    health = rules.read(
        queries.gifts(group.pk, group.currency, lived, until=until),
        [spent.get(month, nothing) for month in lived],
        balance,
    )
    readings = [_counted_on(health), _runway(health), _givers(health), _spread(health.spread)]
    return Shown(
        first=lived[0] if lived else months[-1],
        last=months[-1],
        readings=[*readings, _small(health.small)],
        usual=_usual(health),
        givers=_segments(health.spread),
    )


def _counted_on(health: Health) -> Reading:
    name, steady = _("can be counted on each month"), health.steady
    if isinstance(steady, Steady):
        sentence = ngettext(
            "The middle month of what came from one giver who gave in at least three months.",
            "The middle month of what came from %(number)s givers who gave in at least three "
            "months.",
            steady.givers,
        ) % {"number": formats.number(steady.givers)}
        return Reading(name, formats.amount(steady.amount, whole=True), sentence)
    if steady is Untold.NOBODY:
        zero = formats.amount(Money(0, health.usual.currency), whole=True)
        return Reading(name, zero, _("Nobody gave in three different months yet."))
    return Reading(name, _NONE, _untold(steady))


def _runway(health: Health) -> Reading:
    name, cost = _("the pot lasts"), formats.amount(health.usual, whole=True)
    if health.runway is Runway.YOUNG:
        return Reading(name, _NONE, _untold(Untold.YOUNG))
    if health.runway is Runway.IDLE:
        return Reading(name, _NONE, _("Nothing was spent in these months."))
    spending = _("A usual month costs %(amount)s.") % {"amount": cost}
    if health.runway is Runway.COVERED:
        covered = _("What can be counted on is enough for that.")
        return Reading(name, _("no end in sight"), f"{spending} {covered}")
    left = health.months_left
    figure = ngettext("%(number)s month", "%(number)s months", left)
    return Reading(
        name,
        figure % {"number": formats.number(left)} if left else _("less than a month"),
        f"{spending} " + _("So long the pot would last if nobody gave any more."),
    )


def _givers(health: Health) -> Reading:
    return Reading(
        _("givers in these months"),
        formats.number(health.givers),
        _("Whoever gave by name and also incognito counts as two."),
    )


def _spread(spread: Spread | Untold) -> Reading:
    name = _("came from the largest giver")
    if isinstance(spread, Untold):
        return Reading(name, _NONE, _untold(spread))
    words = {
        Lean.ONE: _("Much hangs on one giver."),
        Lean.FEW: _("A few givers carry the group."),
        Lean.MANY: _("Many shoulders carry the group."),
    }[spread.lean]
    if spread.top_five is not None:
        share = formats.share(spread.top_five.minor, spread.whole.minor)
        five = _("The five largest gave %(share)s together.") % {"share": share}
        words = f"{words} {five}"
    return Reading(name, formats.share(spread.largest.minor, spread.whole.minor), words)


def _small(small: Small | Untold) -> Reading:
    if isinstance(small, Untold):
        return Reading(_("of all gifts are small"), _NONE, _untold(small))
    most = Money(rules.SMALL_GIFT * 10**small.whole.exponent, small.whole.currency)
    sentence = _(
        "%(number)s of %(all)s gifts were of %(most)s or less. Together they are %(share)s of "
        "the money."
    ) % {
        "number": formats.number(small.number),
        "all": formats.number(small.of),
        "most": formats.amount(most, whole=True),
        "share": formats.share(small.amount.minor, small.whole.minor),
    }
    return Reading(_("of all gifts are small"), formats.share(small.number, small.of), sentence)


def _untold(why: Untold) -> str:
    return {
        Untold.YOUNG: _("Not known before the group has lived three whole months."),
        Untold.FEW: _("Not told: the givers are so few that it would show what one of them gave."),
        Untold.NOBODY: _("Nobody gave in these months."),
    }[why]


def _usual(health: Health) -> list[charts.Share]:
    """Return a usual month as two bars, where both are known."""
    if not isinstance(health.steady, Steady) or not health.usual:
        return []
    whole = max(health.steady.amount.minor, health.usual.minor)
    return [
        charts.Share(_("Can be counted on"), health.steady.amount, whole),
        charts.Share(_("Usually spent"), health.usual, whole),
    ]


def _segments(spread: Spread | Untold) -> list[charts.Segment]:
    """Return who carries the group as parts of one bar."""
    if isinstance(spread, Untold):
        return []
    top = spread.top_five
    parts = [(_("The largest giver"), spread.largest, 2)]
    if top is not None:
        parts.append((_("The next four"), top - spread.largest, 5))
    parts.append((_("Everybody else"), spread.whole - (top or spread.largest), 6))
    return charts.segments([part for part in parts if part[1]])
