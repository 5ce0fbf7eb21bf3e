"""Who may say something."""

from commonweal.people import policies as people
from commonweal.people.models import Party


def may_say(person: Party | None) -> bool:
    """Whether this person may comment: everybody who is signed in."""
    return people.signs_in(person)
