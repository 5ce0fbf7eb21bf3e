"""Keeping how the gifts to each group went."""

from __future__ import annotations

from collections.abc import Collection

from commonweal.discovery.models import Funding
from commonweal.discovery.queries.funding import Given, given, people_came
from commonweal.discovery.queries.groups import public

_KEPT = [field.name for field in Funding._meta.fields if not field.primary_key]


def keep_funding(collectives: Collection[int]) -> None:
    """Keep anew how the gifts to some groups went that everybody may see."""
    groups = list(public().filter(pk__in=collectives).select_related("place__parent"))
    ids = [one.pk for one in groups]
    gifts, came = (given(ids), people_came(ids)) if ids else ({}, {})
    kept = []
    for group in groups:
        had = gifts.get(group.pk, Given())
        assert group.published_at is not None, "public groups are published"
        kept.append(
            Funding(
                collective=group,
                city=group.place.city if group.place else None,
                currency=group.currency,
                opened_on=group.published_at.date(),
                first_gift_on=had.first_on,
                last_gift_on=had.last_on,
                goal_reached_on=had.goal_on,
                gifts=had.gifts,
                givers=had.givers,
                withheld=had.withheld,
                median_gift_minor=had.median,
                people_came=came.get(group.pk, 0),
            )
        )
    Funding.objects.filter(collective__in=collectives).exclude(collective__in=ids).delete()
    Funding.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["collective"], update_fields=_KEPT
    )
