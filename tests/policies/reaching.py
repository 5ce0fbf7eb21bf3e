"""Wishes and letters of the town: what there is to ask, answer, refuse and stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commonweal.collectives.models import Collective
from commonweal.knowledge import actions as knowledge
from commonweal.knowledge.models import Ask
from commonweal.people.models import Party
from wishing import known_for_long, wishes


@dataclass(frozen=True)
class Reaching:
    """A letter to Dan, one to the shop, a group that is paused, and somebody yet to be asked."""

    to_dan: Ask
    to_shop: Ask
    paused: Collective
    mona: Party


def built(
    gardens: Collective, empty: Collective, shop: Party, cast: Mapping[str, Party]
) -> Reaching:
    """Let three wish to be asked, and two be asked; pause a group."""
    dan, mona, bob = cast["a stranger"], cast["a member"], cast["an admin"]
    wishes(dan)
    wishes(mona)
    wishes(shop, by=cast["the author"])
    group = known_for_long(gardens)
    knowledge.pause_asking(collective=empty, by=cast["the host's admin"])
    return Reaching(
        to_dan=knowledge.ask(collective=group, whom=dan, words="Come and dig.", by=bob),
        to_shop=knowledge.ask(collective=group, whom=shop, words="Seeds, please.", by=bob),
        paused=empty,
        mona=mona,
    )
