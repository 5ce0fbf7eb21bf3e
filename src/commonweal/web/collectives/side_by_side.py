"""The table that sets groups side by side, and the two pictures above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonweal.collectives.models import Collective
from commonweal.discovery.queries import Compared
from commonweal.foundation.money import Money
from commonweal.people.models import Role
from commonweal.web import charts, formats
from commonweal.web.collectives import budget

_COLOURS = (2, 5, 6, 1, 3)
_MONTHS = 12

type Parts = dict[str, Money]


@dataclass(frozen=True)
class Cell:
    """What one group has in a row; the note says how much of its whole that is."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One measure, with a cell for each group."""

    name: str
    cells: list[Cell]


@dataclass(frozen=True)
class Section:
    """Rows that answer one question."""

    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Strip:
    """The mix of one group as one bar of a hundred per cent."""

    name: str
    segments: list[charts.Segment]


@dataclass(frozen=True)
class Mix:
    """The mixes of all groups under one another; a colour means the same in each."""

    strips: list[Strip]
    legend: list[tuple[str, int]]


@dataclass(frozen=True)
class SideBySide:
    """Everything the page shows of the groups."""

    groups: list[Collective]
    comes: Mix
    goes: Mix
    sections: list[Section]


def of(groups: Sequence[Compared]) -> SideBySide:
    """Return groups side by side, each in its own currency; nothing is added across them."""
    ways = [budget.ways(one.budget.categories) for one in groups]
    comes = [_above_zero(came) for came, _went in ways]
    goes = [_above_zero(went) for _came, went in ways]
    names = [one.portrait.collective.name for one in groups]
    return SideBySide(
        groups=[one.portrait.collective for one in groups],
        comes=_mix(names, comes),
        goes=_mix(names, goes),
        sections=[
            Section(_("How large it is"), _size(groups)),
            Section(_("Where the money comes from"), _parts(comes)),
            Section(_("What it costs"), _parts(goes)),
            Section(_("Who runs it"), _team(groups)),
            Section(_("How often money moves"), _rhythm(groups)),
            Section(_("Who holds the money"), _host(groups)),
        ],
    )


def _above_zero(parts: Sequence[tuple[str, Money]]) -> Parts:
    return {name: amount for name, amount in parts if amount.minor > 0}


def _row(name: str, groups: Sequence[Compared], tell: Callable[[Compared], str]) -> Row:
    return Row(name, [Cell(tell(one)) for one in groups])


def _size(groups: Sequence[Compared]) -> list[Row]:
    return [
        _row(_("Raised in twelve months"), groups, lambda one: _lately(one, "raised")),
        _row(_("Spent in twelve months"), groups, lambda one: _lately(one, "spent")),
        _row(_("In the pot today"), groups, lambda one: formats.amount(one.totals.balance)),
        _row(_("Givers so far"), groups, lambda one: formats.number(one.givers)),
    ]


def _lately(one: Compared, way: str) -> str:
    minor = sum(getattr(month, way).minor for month in one.budget.months)
    return formats.amount(Money(minor, one.portrait.collective.currency))


def _parts(mixes: Sequence[Parts]) -> list[Row]:
    """Return a row for each category, with the amount and the share of each group."""
    return [Row(name, [_part(parts, name) for parts in mixes]) for name in _by_weight(mixes)]


def _part(parts: Parts, name: str) -> Cell:
    if name not in parts:
        return Cell("–")
    return Cell(formats.amount(parts[name]), formats.share(parts[name].minor, _whole(parts)))


def _whole(parts: Parts) -> int:
    return sum(amount.minor for amount in parts.values())


def _by_weight(mixes: Sequence[Parts]) -> list[str]:
    """Return all names, first what is the largest share of any group: shares can be compared."""
    heaviest: dict[str, float] = {}
    for parts in mixes:
        for name, amount in parts.items():
            heaviest[name] = max(heaviest.get(name, 0), amount.minor / _whole(parts))
    return sorted(heaviest, key=lambda name: (-heaviest[name], name))


def _mix(names: Sequence[str], mixes: Sequence[Parts]) -> Mix:
    """Return the mixes drawn; what has no colour of its own is the rest."""
    order = _by_weight(mixes)
    own = order if len(order) <= len(_COLOURS) else order[: len(_COLOURS) - 1]
    legend = list(zip(own, _COLOURS, strict=False))
    rest = _("The rest")
    strips = []
    for name, parts in zip(names, mixes, strict=True):
        drawn = [(label, parts[label], colour) for label, colour in legend if label in parts]
        left = _whole(parts) - sum(amount.minor for _label, amount, _colour in drawn)
        if left:
            currency = next(iter(parts.values())).currency
            drawn.append((rest, Money(left, currency), _COLOURS[-1]))
        strips.append(Strip(name, charts.segments(drawn)))
    if len(own) < len(order):
        legend.append((rest, _COLOURS[-1]))
    return Mix(strips, legend)


def _team(groups: Sequence[Compared]) -> list[Row]:
    named = ((Role.ADMIN, _("Admins")), (Role.MEMBER, _("Team members")),
             (Role.ACCOUNTANT, _("Accountants")))  # fmt: skip
    return [
        Row(name, [Cell(formats.number(one.team.get(role, 0))) for one in groups])
        for role, name in named
    ]


def _rhythm(groups: Sequence[Compared]) -> list[Row]:
    return [
        _row(
            _("Months with gifts, of twelve"),
            groups,
            lambda one: formats.number(sum(1 for month in one.budget.months if month.gifts)),
        ),
        _row(_("Gifts in a month"), groups, lambda one: _each_month(one, "gifts")),
        _row(_("Expenses in a month"), groups, lambda one: _each_month(one, "expenses")),
    ]


def _each_month(one: Compared, what: str) -> str:
    whole = sum(getattr(month, what) for month in one.budget.months)
    return formats.decimal(whole / _MONTHS)


def _host(groups: Sequence[Compared]) -> list[Row]:
    hosts = [one.portrait.host for one in groups]
    return [
        Row(_("Host"), [Cell(host.name if host else "–") for host in hosts]),
        Row(
            _("Host fee, of each gift"),
            [Cell(formats.rate(host.fee_ppm) if host else "–") for host in hosts],
        ),
    ]
