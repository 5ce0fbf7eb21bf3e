"""Letters about what groups tell."""

from __future__ import annotations

from commonweal.activity.models import Fact
from commonweal.knowledge import queries
from commonweal.knowledge.models import Update
from commonweal.mail.letters.table import NOBODY, Addressee, Entry, Told, number_in
from commonweal.people.models import Membership

_AT_A_TIME = 500


def _published(fact: Fact) -> Told:
    """Tell the followers, unless it was removed meanwhile or the group is no page yet."""
    shown = Update.objects.select_related("collective").filter(
        pk=number_in(fact), removed_at=None, collective__published_at__isnull=False
    )
    update = shown.first()
    if update is None:
        return NOBODY
    followers = queries.followers(update.collective).iterator(chunk_size=_AT_A_TIME)
    told = (_reached(one) for one in followers if one.person_id != fact.by_id)
    return Told(tuple(one for one in told if one.address), {"update": update})


def _reached(following: Membership) -> Addressee:
    """Return how a follower is reached without asking the database for each of them."""
    person = following.person
    login, contact = getattr(person, "login", None), getattr(person, "contact", None)
    active = login.email if login and login.is_active else ""
    address = active or (contact.email if contact else "")
    return Addressee(address, person.language, stop=f"updates/stop/{queries.stop_token(following)}")


LETTERS = {"update.published": Entry("update_published", _published)}
