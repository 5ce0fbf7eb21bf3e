"""Reading facts back."""

from django.db.models import QuerySet

from commonweal.activity.models import Fact


def timeline(subject: str, *, private: bool = False) -> QuerySet[Fact]:
    """Return what happened to a thing, oldest first; private facts only when asked for."""
    facts = Fact.objects.filter(subject=subject).order_by("id")
    return facts if private else facts.filter(public=True)


def news(party_id: int, *, most: int = 10) -> QuerySet[Fact]:
    """Return the latest public facts about a party, newest first."""
    return Fact.objects.filter(party_id=party_id, public=True).order_by("-id")[:most]
