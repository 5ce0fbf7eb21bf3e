"""Who might back a group: those who wish to be asked by such groups, and why they fit.

A reason is only what everybody may know: what somebody gave under their name, and what they wish.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)  # fmt: skip
from django.db.models.functions import Cast, Coalesce, Concat

from commonweal.collectives.models import Collective
from commonweal.discovery import rules
from commonweal.discovery.queries.finding import distance_km
from commonweal.discovery.queries.similar import Similar, similar
from commonweal.foundation import clock
from commonweal.giving.models import Support
from commonweal.knowledge.models import Ask, Wish
from commonweal.knowledge.rules import AGAIN_AFTER, MONTH
from commonweal.people.models import Membership, Party
from commonweal.people.queries import TEAM

# Backers are looked for among so many groups that are most alike, and so many of them are compared.
_GROUPS = 40
_BACKERS = 200


@dataclass(frozen=True)
class MightBack:
    """Somebody who wishes to be asked by a group like this one, and what speaks for it.

    `backs` are groups like it that they gave to under their name, the most alike first.
    """

    wish: Wish
    backs: tuple[Similar, ...]
    themes: tuple[str, ...]

    @property
    def party(self) -> Party:
        """Who it is."""
        return self.wish.party


def might_back(group: Collective, themes: Sequence[str], *, most: int = 24) -> list[MightBack]:
    """Return whom a group may ask now, the best reasons first; equals take turns day by day."""
    alike = {one.pk: one for one in similar(group, themes, most=_GROUPS)}
    backing = _backing(alike)
    shared = sum(
        (Case(When(themes__contains=[one], then=1), default=0) for one in themes), Value(0)
    )
    backs = Case(When(party__in=list(backing), then=rules.POINTS_OF_BACKING), default=0)
    near = Case(When(from_whom=Wish.FromWhom.NEAR, then=1), default=0)
    rows = _askable(group, themes).annotate(
        points=shared + backs + near,
        lot=Func(Concat(F("party__slug"), Value(clock.today().isoformat())), function="md5"),
    )
    return [
        MightBack(
            wish=row,
            backs=tuple(one for pk, one in alike.items() if pk in backing.get(row.party_id, ())),
            themes=tuple(one for one in themes if one in row.themes),
        )
        for row in rows.select_related("party").order_by("-points", "lot")[:most]
    ]


def _backing(groups: Collection[int]) -> dict[int, list[int]]:
    """Return who gave to the most of some groups under their name, and to which."""
    named = Support.objects.filter(collective__in=list(groups), incognito=False, total_minor__gt=0)
    rows = (
        named.filter(contributor__wish__open=True)
        .values("contributor")
        .annotate(number=Count("pk"), groups=ArrayAgg("collective"))
        .order_by("-number", "contributor")
    )
    return {row["contributor"]: row["groups"] for row in rows[:_BACKERS]}


def _askable(group: Collective, themes: Sequence[str]) -> QuerySet[Any]:
    """Return the wishes that let a group ask now; `knowledge` asks the same of one of them."""
    here = Wish.objects.filter(open=True, party__erased_at=None, party__closed_at=None)
    place = group.place
    away = distance_km(place, at="place__") if place else Cast(Value(None), FloatField())
    lets = (
        Q(from_whom=Wish.FromWhom.ANY)
        | Q(from_whom=Wish.FromWhom.THEMES, themes__overlap=list(themes))
        | Q(from_whom=Wish.FromWhom.NEAR, away__lte=F("within_km"))
    )
    return (
        here.annotate(away=away, received=Coalesce(Subquery(_received()), 0))
        .filter(lets, received__lt=F("most_a_month"))
        .exclude(Exists(_asked_by(group)))
        .exclude(Exists(_in_team_of(group)))
    )


def _in_team_of(group: Collective) -> QuerySet[Membership]:
    """Return the roles of a party in a group; its givers stay, or one would guess who gave."""
    roles = Membership.objects.filter(person=OuterRef("pk"), party=group, role__in=TEAM)
    return roles.filter(until=None)


def _asked_by(group: Collective) -> QuerySet[Ask]:
    """Return the letters after which a group may not write to a party, or not yet."""
    own = Ask.objects.filter(addressee=OuterRef("pk"), collective=group)
    return own.filter(Q(sent_at__gt=clock.now() - AGAIN_AFTER) | Q(refused_at__isnull=False))


def _received() -> QuerySet[Any]:
    """Count the letters that a party got within a month."""
    lately = Ask.objects.filter(addressee=OuterRef("pk"), sent_at__gt=clock.now() - MONTH)
    counted = lately.order_by().values("addressee").annotate(number=Count("pk"))
    return counted.values("number")
