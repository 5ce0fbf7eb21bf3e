"""Following the euro in words and as a picture: what a gift paid for, who paid for a thing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.discovery import queries
from commonweal.discovery.queries import Behind, Journey, Sort, Source, Use
from commonweal.foundation.money import Money
from commonweal.people.models import Party
from commonweal.web import charts, formats, streams
from commonweal.web.ledger import words
from commonweal.web.streams import Flow

_DRAWN = 5


@dataclass(frozen=True)
class Row:
    """One line of a table: what it was and how much; not told where it stands for many."""

    title: str
    address: str
    notes: tuple[str, ...]
    amount: Money
    is_told: bool = True


@dataclass(frozen=True)
class PaidFor:
    """What a gift paid for."""

    journey: Journey
    rows: list[Row]
    flows: tuple[Flow, Flow] | None


@dataclass(frozen=True)
class Givers:
    """The gifts behind a purchase."""

    behind: Behind
    rows: list[Row]
    flows: tuple[Flow, Flow] | None


def paid_for(key: UUID, collective: Party) -> PaidFor | None:
    """Return what the gift of a transaction paid for; None where it brought nothing to a pot."""
    found = queries.journey(key)
    if found is None:
        return None
    rows = [_use(one, collective) for one in found.uses]
    if found.others:
        rows.append(Row(_others(found.others), "", (), found.others_amount, is_told=False))
    kept = [(_("Fees"), found.fees), (_("Given back"), found.given_back)]
    goes = charts.shares([*_largest(rows), *kept])
    comes = charts.shares([(_("This gift"), found.given)])
    later = _("Still in the pot")
    flows = streams.draw(
        comes, goes, rest=_("The rest"), later=later, before="", compact=True
    ) if rows else None  # fmt: skip
    return PaidFor(found, rows, flows)


def givers(transactions: Collection[int], title: str) -> Givers | None:
    """Return whose money paid for what left a pot by some transactions; None where nothing did."""
    found = queries.behind(transactions)
    if found is None:
        return None
    rows = [_source(one) for one in found.sources]
    flows = streams.draw(
        charts.shares(_largest(rows)),
        charts.shares([(title, found.whole)]),
        rest=_("The rest"), later="", before=_("Not covered yet"), compact=True,
    ) if found.is_followed else None  # fmt: skip
    return Givers(found, rows, flows)


def _largest(rows: Sequence[Row]) -> list[tuple[str, Money]]:
    """Return the largest amounts by title for a picture; what is small or not told apart is one."""
    sums: dict[str, Money] = {}
    for row in rows:
        title = row.title if row.is_told else _("The rest")
        sums[title] = sums[title] + row.amount if title in sums else row.amount
    rest = sums.pop(_("The rest"), None)
    named = sorted(sums.items(), key=lambda one: -one[1].minor)
    small = [amount for _title, amount in named[_DRAWN:]] + ([rest] if rest else [])
    if not small:
        return named
    return [*named[:_DRAWN], (_("The rest"), sum(small[1:], small[0]))]


def _use(use: Use, collective: Party) -> Row:
    notes = [formats.day(use.on, "long"), words.category(use.category)]
    number = use.expense.rsplit("/", maxsplit=1)[-1]
    if use.group:
        title = _("Passed on to %(name)s") % {"name": use.group.name}
        address = reverse("people:profile", args=[use.group.slug])
    else:
        title = use.title or str(use.kind.label)
        address = (
            reverse("spending:expense", args=[collective.slug, number])
            if number.isdecimal()
            else reverse("ledger:transaction", args=[use.key])
        )
    return Row(title, address, tuple(note for note in notes if note), use.amount)


def _source(source: Source) -> Row:
    gifts = ngettext("%(number)s gift", "%(number)s gifts", source.lots) % {
        "number": formats.number(source.lots)
    }
    if not source.shown:
        return Row(_others(source.number), "", (), source.amount, is_told=False)
    names = {
        Sort.NAMED: source.name,
        Sort.GROUP: source.party.name if source.party else "",
        Sort.WITHHELD: _("People who give without a name"),
        Sort.BEFORE: _("Brought along from before"),
        Sort.OTHER: _("Other money in"),
    }
    notes = {
        Sort.NAMED: (gifts,),
        Sort.WITHHELD: (gifts,),
        Sort.GROUP: (_("passed on by this group"),),
    }
    address = reverse("people:profile", args=[source.party.slug]) if source.party else ""
    return Row(names[source.sort], address, notes.get(source.sort, ()), source.amount)


def _others(number: int) -> str:
    text = ngettext("and %(number)s other", "and %(number)s others", number)
    return text % {"number": formats.number(number)}
