"""What a group, or a playbook, hands on to whoever starts from it: prices, steps and roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from commonweal.collectives.models import Activity, Collective, Theme
from commonweal.collectives.rules import Size, for_size
from commonweal.discovery import rules
from commonweal.discovery.models import ActivityCost
from commonweal.discovery.queries.circles import Within
from commonweal.discovery.queries.costs import finished, priced
from commonweal.discovery.queries.drafting import drafted, playbook_costs
from commonweal.discovery.queries.lineage import yearly_costs
from commonweal.discovery.queries.portraits import TEAM
from commonweal.discovery.rules import Price
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.knowledge import queries as knowledge
from commonweal.knowledge.models import Playbook
from commonweal.knowledge.rules import Document
from commonweal.people.models import Membership
from commonweal.places.models import Place


@dataclass(frozen=True)
class Proposal:
    """A plan for a year with where each price comes from, the largest first."""

    prices: list[Price]
    within: Within | None = None

    def costs(self, currency: str) -> dict[int, Money]:
        """Return the plan by category."""
        return {one.category: Money(one.minor, currency) for one in self.prices}


@dataclass(frozen=True)
class Way:
    """How it is done: steps with their day, and who does what; `playbook` says so, if there is one.

    A step has `days` from the day itself and `what`. A role has `people` and either a `name` with
    `what` it does, or a `role` of ours.
    """

    playbook: Playbook | None = None
    checklist: list[dict[str, Any]] = field(default_factory=list)
    roles: list[dict[str, Any]] = field(default_factory=list)


def proposal(
    source: Collective, theme: Theme | None, place: Place | None, size: Size = Size.SAME
) -> Proposal:
    """Return a year's plan for a group like another one, in a place and of a size.

    Prices are those of many groups near the place where enough of them did what the source does,
    and else what the source itself paid.
    """
    own = {category: amount.minor for category, amount in yearly_costs(source).items()}
    since = rules.first_of_twelve_months((source.closed_at or clock.now()).date())
    rows = ActivityCost.objects.filter(
        collective=source.pk, theme=theme, closed_on__gte=since, currency=source.currency
    )
    doings = [finished(row).paid for row in rows] if own and theme else []
    middles, within = _middles(theme, place, source.currency) if doings else ({}, None)
    prices = [
        replace(one, minor=for_size(Money(one.minor, source.currency), size).minor)
        for one in rules.proposed(own, doings, middles)
    ]
    return _proposal(prices, within)


def playbook_proposal(
    playbook: Playbook, document: Document, place: Place | None, size: Size = Size.SAME
) -> Proposal:
    """Return a plan for doing once what a playbook says, in a place and for so many people.

    A price of many groups grows with the size as that of the playbook does.
    """
    currency = document["currency"]
    same = {one: amount.minor for one, amount in playbook_costs(document, Size.SAME).items()}
    sized = {one: amount.minor for one, amount in playbook_costs(document, size).items()}
    middles, within = _middles(playbook.theme, place, currency) if same else ({}, None)
    prices = [
        replace(one, minor=one.minor * sized[one.category] // same[one.category])
        if one.groups
        else replace(one, minor=sized[one.category])
        for one in rules.proposed(same, [same], middles)
        if one.category in sized
    ]
    return _proposal(prices, within)


def way_of(source: Collective, theme: Theme | None) -> Way:
    """Return how a group does it: its newest playbook, about a theme if it has one.

    Without a playbook, what it paid for the last thing that it finished, and how many run it.
    """
    books = list(knowledge.playbooks(source).select_related("theme")[:20])
    about = [one for one in books if theme and one.theme_id == theme.pk] or books
    if about:
        return way_in(about[0], knowledge.document(about[0]))
    over = Activity.objects.filter(organizer=source, closed_at__isnull=False)
    last = over.select_related("organizer").order_by("-starts_on", "-pk").first()
    return Way(checklist=drafted(last)["checklist"] if last else [], roles=_team_of(source))


def way_in(playbook: Playbook, document: Document) -> Way:
    """Return how a playbook says that it is done; if it names no roles, those of its group."""
    roles = document["roles"] or _team_of(playbook.collective)
    return Way(playbook, document["checklist"], roles)


def _team_of(source: Collective) -> list[dict[str, Any]]:
    team = Membership.objects.filter(party=source.pk, until=None, role__in=TEAM)
    count = Counter(team.values_list("role", flat=True))
    return [{"role": role, "people": count[role]} for role in TEAM if count[role]]


def _middles(
    theme: Theme | None, place: Place | None, currency: str
) -> tuple[Mapping[int, tuple[int, int]], Within | None]:
    """Return the medians that may be told, each with the number of groups, and how far they are."""
    if theme is None:
        return {}, None
    found = priced(theme, place, currency)
    parts = found.summary.categories.items()
    return {
        category: (part.figure.median, len(part.voices))
        for category, part in parts
        if part.figure and not part.figure.varies
    }, found.within


def _proposal(prices: list[Price], within: Within | None) -> Proposal:
    used = within if any(one.groups for one in prices) else None
    return Proposal(sorted(prices, key=lambda one: (-one.minor, one.category)), used)
