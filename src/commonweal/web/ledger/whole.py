"""One transaction told as a story: from whom, to whom, what was kept, where to read on."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from commonweal.foundation.money import Money
from commonweal.giving.models import Contribution
from commonweal.ledger.models import Kind, Purpose
from commonweal.ledger.queries import EntryView, TransactionView
from commonweal.people.models import Party
from commonweal.web.ledger import words

_OUTSIDE = {Purpose.BANK, Purpose.BACKERS, Purpose.PAYEES, Purpose.CHARGES, Purpose.PAYOUTS}


@dataclass(frozen=True)
class Side:
    """One end of the movement: a party with a page, or only a name."""

    name: str
    party: Party | None = None


@dataclass(frozen=True)
class Leg:
    """An entry: which account of whom gained or gave how much."""

    id: str
    account: str
    owner: Side
    kind: str
    amount: Money
    balance: Money | None
    line: int | None


@dataclass(frozen=True)
class Link:
    """Something to read on about."""

    name: str
    address: str


@dataclass(frozen=True)
class Story:
    """What the page about a transaction says."""

    view: TransactionView
    title: str
    category: str
    amount: Money
    fees: list[tuple[str, Money]]
    gross: Money
    giver: Side
    taker: Side
    collective: Party | None
    legs: list[Leg]
    links: list[Link]
    tier: str
    exchanged: tuple[Money, Money] | None


def story(view: TransactionView) -> Story:
    """Return a transaction as its page shows it."""
    parties = _parties(view)
    pot = _pot(view)
    fees = [
        (str(one.kind.label), one.amount)
        for one in view.entries
        if one.kind in _FEES and one.amount.currency == pot.amount.currency
    ]
    kept = sum((amount.minor for _name, amount in fees), 0)
    collective = parties.get(pot.party_id or 0) if pot.purpose == Purpose.FUNDS else None
    ours = Side(collective.name, collective) if collective else Side(words.purpose(pot.purpose))
    theirs = _other_side(view, parties)
    comes_in = pot.amount.minor > 0
    return Story(
        view=view,
        title=view.description or str(view.kind.label),
        category=words.category(view.category),
        amount=pot.amount,
        fees=fees,
        gross=Money(pot.amount.minor + kept, pot.amount.currency),
        giver=theirs if comes_in else ours,
        taker=ours if comes_in else theirs,
        collective=collective,
        legs=[_leg(entry, parties) for entry in view.entries],
        links=_links(view, collective),
        tier=_tier(view),
        exchanged=_exchanged(view),
    )


def _exchanged(view: TransactionView) -> tuple[Money, Money] | None:
    """Return what was taken in of one currency, and given of another."""
    trades = [one.amount for one in view.entries if one.purpose == Purpose.TRADING]
    if len(trades) != 2:  # noqa: PLR2004 - both sides of an exchange
        return None
    taken, given = sorted(trades, key=lambda one: one.minor, reverse=True)
    return taken, -given


_FEES = {Kind.HOST_FEE, Kind.PROCESSOR_FEE, Kind.PLATFORM_FEE}


def _parties(view: TransactionView) -> dict[int, Party]:
    ids = {one.party_id for one in view.entries} | {one.host_id for one in view.entries}
    ids |= {view.counterparty_id}
    return Party.objects.filter(erased_at=None).in_bulk([one for one in ids if one])


def _pot(view: TransactionView) -> EntryView:
    """Return the entry the reader looks for: a collective's, or else the largest gain."""
    pots = [one for one in view.entries if one.purpose == Purpose.FUNDS]
    return pots[0] if pots else max(view.entries, key=lambda one: one.amount.minor)


def _other_side(view: TransactionView, parties: dict[int, Party]) -> Side:
    party = parties.get(view.counterparty_id or 0)
    if view.counterparty:
        return Side(view.counterparty, party)
    if view.kind == Kind.CONTRIBUTION:
        return Side(_("Incognito"))
    outside = [one for one in view.entries if one.purpose in _OUTSIDE]
    return Side(words.purpose(outside[0].purpose)) if outside else Side("")


def _leg(entry: EntryView, parties: dict[int, Party]) -> Leg:
    party = parties.get(entry.party_id or 0) or parties.get(entry.host_id or 0)
    return Leg(
        id=entry.account,
        account=words.purpose(entry.purpose),
        owner=Side(party.name, party) if party else Side(""),
        kind=str(entry.kind.label),
        amount=entry.amount,
        balance=entry.balance_after,
        line=entry.seq,
    )


def _links(view: TransactionView, collective: Party | None) -> list[Link]:
    links = []
    if view.reverses:
        links.append(Link(_("What it gives back"), _address("ledger:transaction", view.reverses)))
    links += [
        Link(_("Given back by this one"), _address("ledger:transaction", key))
        for key in view.reversed_by
    ]
    if "expense" in view.refs and collective:
        number = view.refs["expense"].rsplit("/", maxsplit=1)[-1]
        address = _address("spending:expense", collective.slug, number)
        links.append(Link(_("Expense %(number)s and its receipts") % {"number": number}, address))
    return [link for link in links if link.address]


def _tier(view: TransactionView) -> str:
    """Return the way of giving that was chosen. The contribution itself is its giver's own page."""
    given = view.refs.get("contribution")
    found = Contribution.objects.filter(public_id=given).values_list("tier__name", flat=True)
    return (found.first() if given else None) or ""


def _address(name: str, *parts: object) -> str:
    """Return an address, or "" where there is no such page."""
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""
