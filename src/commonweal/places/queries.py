"""Questions about places."""

from __future__ import annotations

import unicodedata

from django.db.models import Case, QuerySet, When

from commonweal.places.models import Place


def plain(text: str) -> str:
    """Return small letters without accents, as places' words are kept."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()


SHORTEST = 2


def find(text: str, *, most: int = 10) -> QuerySet[Place]:
    """Return places called so or similarly: exact names first, then large before small."""
    wanted = plain(text)
    if len(wanted) < SHORTEST:
        return Place.objects.none()
    whole = Case(When(words__contains=f"|{wanted}|", then=0), default=1)
    found = Place.objects.filter(words__contains=f"|{wanted}").select_related("parent")
    return found.order_by(whole, "-population", "name")[:most]


def the_one_called(text: str) -> Place | None:
    """Return the place that this text names beyond doubt, or None.

    A city goes before its districts of the same name.
    """
    found = list(find(text))
    whole = [place for place in found if f"|{plain(text)}|" in place.words] or found
    others = [place for place in whole[1:] if place.parent_id != whole[0].pk]
    return whole[0] if whole and not others else None


def by_slug(slug: str) -> Place | None:
    """Return the place with this slug."""
    return Place.objects.select_related("parent").filter(slug=slug).first()


def districts(city: Place) -> QuerySet[Place]:
    """Return the parts of a city."""
    return Place.objects.filter(parent=city).order_by("name")


def city_and_district(place: Place | None) -> tuple[int | None, int | None]:
    """Return the ids of the city and of the part of it that a place stands for."""
    if place is None:
        return None, None
    return (place.parent_id, place.pk) if place.parent_id else (place.pk, None)


def and_its_parts(place: Place) -> list[int]:
    """Return the ids of a place and its districts."""
    return [place.pk, *Place.objects.filter(parent=place).values_list("pk", flat=True)]
