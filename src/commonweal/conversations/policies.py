"""Who may say something."""

from commonweal.people.models import Party


def may_say(person: Party | None) -> bool:
    """Whether this person may comment: everybody who is signed in."""
    return person is not None and person.kind == Party.Kind.PERSON and person.erased_at is None
