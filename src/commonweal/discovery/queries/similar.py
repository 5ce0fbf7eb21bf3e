"""Groups like another one, and why they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, F, FloatField, Value, When
from django.db.models.functions import Cast, Coalesce

from commonweal.collectives.models import Collective
from commonweal.discovery import rules
from commonweal.discovery.models import Listing
from commonweal.discovery.queries.finding import distance_km

# Letters are compared only of the nearest groups with the most themes in common.
_COMPARED = 60


@dataclass(frozen=True)
class Similar:
    """A group like another one: the themes and tags they share, how far, whether it says alike.

    `away_km` is None where one of them has no place.
    """

    pk: int
    slug: str
    name: str
    about: str
    themes: tuple[str, ...]
    tags: tuple[str, ...]
    away_km: int | None
    alike: bool


def similar(group: Collective, themes: Sequence[str], *, most: int = 3) -> list[Similar]:
    """Return living groups that share themes with one, the most alike and nearest first."""
    if not themes:
        return []
    shared = sum(
        (Case(When(themes__contains=[one], then=1), default=0) for one in themes), Value(0)
    )
    tagged = sum(
        (
            Case(
                When(party__collective__tags__contains=[one], then=rules.POINTS_OF_A_TAG),
                default=0.0,
            )
            for one in group.tags
        ),
        Value(0.0),
    )
    place = group.place
    away = distance_km(place) if place else Cast(Value(None), FloatField())
    nearest = (
        Listing.objects.filter(themes__overlap=list(themes), kind=Listing.Kind.GROUP, living=True)
        .exclude(party=group.pk)
        .annotate(shared=shared, away=away)
        .order_by(F("shared").desc(), F("away").asc(nulls_last=True), "pk")
        .values("pk")[:_COMPARED]
    )
    rows = (
        Listing.objects.filter(pk__in=nearest)
        .annotate(shared=shared, away=away, likeness=TrigramSimilarity("about", group.about))
        .annotate(
            points=F("shared")
            + tagged
            + F("likeness") * rules.POINTS_OF_LIKENESS
            + Value(1.0) / (1 + Coalesce(F("away"), rules.FAR_KM) / rules.NEAR_KM)
        )
        .select_related("party__collective")
        .order_by(F("points").desc(), "pk")[:most]
    )
    return [_similar(row, themes, group.tags) for row in rows]


def _similar(row: Listing, themes: Sequence[str], tags: Sequence[str]) -> Similar:
    away: float | None = row.away  # type: ignore[attr-defined]
    return Similar(
        pk=row.party_id,
        slug=row.party.slug,
        name=row.party.name,
        about=row.party.about,
        themes=tuple(one for one in themes if one in row.themes),
        tags=tuple(one for one in tags if one in row.party.collective.tags),
        away_km=None if away is None else round(away),
        alike=row.likeness >= rules.ALIKE,  # type: ignore[attr-defined]
    )
