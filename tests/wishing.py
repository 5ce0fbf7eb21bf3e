"""Who wishes to be asked in tests, and groups that have been public for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.knowledge import actions
from commonweal.knowledge.models import Wish
from commonweal.knowledge.rules import Terms
from commonweal.people.models import Party
from commonweal.places.models import Place

GARDEN = "community-garden"


def wishes(
    party: Party, from_whom: str = "any", *, place: Place | None = None, by: Party | None = None,
    **terms: Any,
) -> Wish:  # fmt: skip
    """Let somebody wish to be asked; by default by any group, for their time, up to four times."""
    told = Terms(**{"from_whom": from_whom, "gives": ("time",), "most_a_month": 4, **terms})
    return actions.open_wish(party=party, terms=told, place=place, by=by or party)


def known_for_long(group: Collective) -> Collective:
    """Return a group whose page has been public for a year."""
    long_ago = clock.now() - timedelta(days=365)
    Collective.objects.filter(pk=group.pk).update(published_at=long_ago)
    return Collective.objects.get(pk=group.pk)
