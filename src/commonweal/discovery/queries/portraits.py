"""One group as its public page shows it, read across all apps in few questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, JSONField, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, JSONObject

from commonweal.collectives.models import Collective, Goal, Theme
from commonweal.discovery.queries.groups import AIM, Aim
from commonweal.foundation.money import Money
from commonweal.giving.models import Contribution, Support, Tier
from commonweal.hosting.models import Hosting
from commonweal.people.models import Membership, Party, Role

TEAM = (Role.ADMIN, Role.MEMBER, Role.ACCOUNTANT)


@dataclass(frozen=True)
class HostedBy:
    """Who holds the money, and which share of each gift it keeps."""

    slug: str
    name: str
    fee_ppm: int


@dataclass(frozen=True)
class Portrait:
    """A group with what it is about, what it aims for and who holds its money."""

    collective: Collective
    themes: tuple[tuple[str, dict[str, str]], ...]
    goals: tuple[Aim, ...]
    host: HostedBy | None

    @classmethod
    def of(cls, row: Any) -> Portrait:
        """Return the group in a row of `portrayed`."""
        return cls(
            collective=row,
            themes=tuple((one["slug"], one["names"]) for one in row.theme_rows),
            goals=tuple(Aim.of(one) for one in row.goal_rows),
            host=HostedBy(**row.host_row) if row.host_row else None,
        )


@dataclass(frozen=True)
class Offer:
    """A way of giving, and how many chose it."""

    tier: Tier
    amount: Money
    backers: int


@dataclass(frozen=True)
class Member:
    """Somebody of the team with all their roles."""

    person: Party
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Backer:
    """Somebody who gave: a party, or nobody where the name is withheld or erased."""

    party: Party | None
    total: Money


@dataclass(frozen=True)
class Wall:
    """Who gave most, and how many gave in all."""

    backers: list[Backer]
    count: int

    @property
    def more(self) -> int:
        """How many gave besides those shown."""
        return self.count - len(self.backers)


def portrait(slug: str) -> Portrait | None:
    """Return a group by its slug, in one query."""
    row = portrayed().filter(slug=slug).first()
    return Portrait.of(row) if row else None


def portrayed() -> QuerySet[Any]:
    """Return all groups with what `Portrait.of` reads."""
    themes = Theme.objects.filter(collectives=OuterRef("pk")).order_by("slug")
    goals = Goal.objects.filter(collective=OuterRef("pk")).order_by("position", "pk")
    hosting = Hosting.objects.filter(collective=OuterRef("pk"), until=None)
    return Collective.objects.select_related("place__parent").annotate(
        theme_rows=ArraySubquery(themes.values(found=JSONObject(slug="slug", names="names"))),
        goal_rows=ArraySubquery(goals.values(found=AIM)),
        host_row=Subquery(hosting.values(found=_HOST)[:1], output_field=JSONField()),
    )


_HOST = JSONObject(
    slug="host__party__slug", name="host__party__name", fee_ppm=Coalesce("fee_ppm", "host__fee_ppm")
)


def offers(collective: int) -> list[Offer]:
    """Return the ways of giving that are open, in the order the group chose."""
    givers = (
        Contribution.objects.filter(tier=OuterRef("pk"), status=Contribution.Status.SETTLED)
        .order_by()
        .values("tier")
        .annotate(number=Count("contributor", distinct=True))
        .values("number")
    )
    rows: Any = Tier.objects.filter(collective=collective, archived_at=None).annotate(
        backers=Coalesce(Subquery(givers), 0)
    )
    return [Offer(row, Money(row.amount_minor, row.currency), row.backers) for row in rows]


def team(collective: int) -> list[Member]:
    """Return who runs a group, the ones who are longest with it first."""
    rows = (
        Membership.objects.filter(party=collective, until=None, role__in=TEAM)
        .select_related("person")
        .order_by("since", "pk")
    )
    roles: dict[int, list[Role]] = {}
    people: dict[int, Party] = {}
    for row in rows:
        people[row.person_id] = row.person
        roles.setdefault(row.person_id, []).append(Role(row.role))
    return [Member(person, tuple(roles[pk])) for pk, person in people.items()]


def wall(collective: int, *, most: int = 30) -> Wall:
    """Return who gave most to a group; names are withheld where givers asked for it."""
    rows: Any = (
        Support.objects.filter(collective=collective, total_minor__gt=0)
        .select_related("contributor")
        .annotate(all=Window(Count("*")))
        .order_by("-total_minor", "pk")[:most]
    )
    rows = list(rows)
    backers = [
        Backer(
            None if row.incognito or row.contributor.erased_at else row.contributor,
            Money(row.total_minor, row.currency),
        )
        for row in rows
    ]
    return Wall(backers, rows[0].all if rows else 0)
