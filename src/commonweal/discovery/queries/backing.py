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
    TextField,
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

# Backers are looked for in so many groups that are most alike; of so many wishes that fit best,
# those who may get a letter today are named.
_GROUPS = 40
_BACKERS = 200
_COMPARED = 1000


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
    fitting = _by_points(_letting(group, themes), themes, backing).values("pk")[:_COMPARED]
    askable = _free(Wish.objects.filter(pk__in=fitting), group)
    rows = _by_points(askable, themes, backing).select_related("party")
    return [
        MightBack(
            wish=row,
            backs=tuple(one for pk, one in alike.items() if pk in backing.get(row.party_id, ())),
            themes=tuple(one for one in themes if one in row.themes),
        )
        for row in rows[:most]
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


def _letting(group: Collective, themes: Sequence[str]) -> QuerySet[Any]:
    """Return the wishes that let such a group ask; `knowledge.rules.lets` says it of one."""
    place = group.place
    away = distance_km(place, at="place__") if place else Cast(Value(None), FloatField())
    return Wish.objects.annotate(away=away).filter(
        Q(from_whom=Wish.FromWhom.ANY)
        | Q(from_whom=Wish.FromWhom.THEMES, themes__overlap=list(themes))
        | Q(from_whom=Wish.FromWhom.NEAR, away__lte=F("within_km")),
        open=True,
    )


def _by_points(
    wishes: QuerySet[Any], themes: Sequence[str], backing: Collection[int]
) -> QuerySet[Any]:
    """Sort wishes by what speaks for them, equals by a lot that is drawn anew every day."""
    shared = sum(
        (Case(When(themes__contains=[one], then=1), default=0) for one in themes), Value(0)
    )
    backs = Case(When(party__in=list(backing), then=rules.POINTS_OF_BACKING), default=0)
    near = Case(When(from_whom=Wish.FromWhom.NEAR, then=1), default=0)
    day = clock.today().isoformat()
    ticket = Concat(Cast("pk", TextField()), Value(day, TextField()), output_field=TextField())
    drawn: QuerySet[Any] = wishes.annotate(
        points=shared + backs + near, lot=Func(ticket, function="md5")
    )
    return drawn.order_by("-points", "lot")


def _free(wishes: QuerySet[Any], group: Collective) -> QuerySet[Any]:
    """Keep those who may get a letter from a group today, and are not in its team."""
    here = wishes.filter(party__erased_at=None, party__closed_at=None)
    free: QuerySet[Any] = here.annotate(received=Coalesce(Subquery(_received()), 0)).filter(
        ~Exists(_asked_by(group)), ~Exists(_in_team_of(group)), received__lt=F("most_a_month")
    )
    return free


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
