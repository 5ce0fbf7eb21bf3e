"""What a city or a district holds at whom, and what moves there by theme."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, Sum, Window
from django.db.models.functions import RowNumber

from commonweal.collectives.models import Collective, Theme
from commonweal.discovery.queries.groups import public
from commonweal.foundation.money import Money
from commonweal.hosting.models import Hosting
from commonweal.ledger.models import Account, Purpose, Scope
from commonweal.ledger.queries import many_totals
from commonweal.people.models import Party
from commonweal.places.models import Place

_NAMED = 8


@dataclass(frozen=True)
class HostShare:
    """A host, for how many groups of a place it holds money, for which, and how much.

    `named` are a few of the groups, as slug and name.
    """

    host: Party
    groups: int
    named: list[tuple[str, str]]
    held: Money


@dataclass(frozen=True)
class ThemeSum:
    """What the groups about a theme raised and spent; a group with two themes is in both."""

    theme: Theme
    groups: int
    raised: Money
    spent: Money


def hosts_of(place: Place, currency: str) -> list[HostShare]:
    """Return who holds the money of a place's pots, the largest sum first."""
    home = Q(place_id=place.pk) | Q(district_id=place.pk)
    rows = list(
        Account.objects.filter(home, purpose=Purpose.FUNDS, currency=currency)
        .order_by().values_list("host_id")
        .annotate(groups=Count("party_id", distinct=True, filter=Q(frozen=False)),
                  held=Sum("balance"))
    )  # fmt: skip
    hosts = Party.objects.in_bulk([host for host, _groups, _held in rows])
    named = _hosted_in(place)
    found = [
        HostShare(hosts[host], groups, named[host], Money(int(held), currency))
        for host, groups, held in rows
        if host in hosts and (groups or held)
    ]
    return sorted(found, key=lambda one: (-one.held.minor, one.host.name))


def _hosted_in(place: Place) -> dict[int, list[tuple[str, str]]]:
    """Return for each host a few of the groups at home in a place, by name."""
    rank = Window(RowNumber(), partition_by="host", order_by=["collective__name", "pk"])
    rows = Hosting.objects.filter(until=None, collective__in=public(place).values("pk"))
    found = rows.annotate(rank=rank).filter(rank__lte=_NAMED).order_by("host", "rank")
    named: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for host, slug, name in found.values_list("host", "collective__slug", "collective__name"):
        named[host].append((slug, name))
    return named


def theme_sums(place: Place, currency: str) -> list[ThemeSum]:
    """Return what the groups of a place raised and spent by theme, the largest first."""
    about: dict[str, set[int]] = defaultdict(set)
    links = Collective.themes.through.objects.filter(collective_id__in=public(place).values("pk"))
    for theme, group in links.values_list("theme_id", "collective_id"):
        about[theme].add(group)
    sums = many_totals(Scope.COLLECTIVE, set().union(*about.values()), currency)
    themes = Theme.objects.in_bulk(list(about))
    found = [
        ThemeSum(
            theme=themes[theme],
            groups=len(groups),
            raised=Money(sum(sums[one].raised.minor for one in groups), currency),
            spent=Money(sum(sums[one].spent.minor for one in groups), currency),
        )
        for theme, groups in about.items()
    ]
    return sorted(found, key=lambda one: (-one.raised.minor, one.theme.slug))
