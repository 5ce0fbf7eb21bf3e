"""Letters about what groups tell."""

from __future__ import annotations

from commonweal.activity.models import Fact
from commonweal.knowledge import queries
from commonweal.knowledge.models import Update
from commonweal.mail.letters import help_given
from commonweal.mail.letters.table import NOBODY, Entry, Told, number_in, reached

_AT_A_TIME = 500


def _published(fact: Fact) -> Told:
    """Tell the followers, unless it was removed meanwhile or the group is no page yet."""
    shown = (
        Update.objects.select_related("collective")
        .prefetch_related("pictures")
        .filter(pk=number_in(fact), removed_at=None, collective__published_at__isnull=False)
    )
    update = shown.first()
    if update is None:
        return NOBODY
    followers = queries.followers(update.collective).iterator(chunk_size=_AT_A_TIME)
    told = (
        reached(one.person, stop=f"updates/stop/{queries.stop_token(one)}")
        for one in followers
        if one.person_id != fact.by_id
    )
    return Told(tuple(one for one in told if one.address), {"update": update})


LETTERS = {"update.published": Entry("update_published", _published), **help_given.LETTERS}
