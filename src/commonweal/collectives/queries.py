"""Questions about collectives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from commonweal.collectives.models import Activity, Collective, Theme
from commonweal.people.models import Party, Role

_LONGEST_NUMBER = 19


def by_slug(slug: str) -> Collective | None:
    """Return the collective with this slug."""
    return Collective.objects.select_related("place__parent").filter(slug=slug).first()


def themes() -> list[tuple[str, str]]:
    """Return slug and name of every theme, in the reader's language, by name."""
    language = (get_language() or "en")[:2]
    named = ((theme.slug, theme_name(theme, language)) for theme in Theme.objects.all())
    return sorted(named, key=lambda pair: pair[1].casefold())


def theme_name(theme: Theme, language: str | None = None) -> str:
    """Return a theme's name in a language, by default the reader's."""
    language = language or (get_language() or "en")[:2]
    return str(theme.names.get(language) or theme.names["en"])


def run_by(person: Party) -> QuerySet[Collective]:
    """Return the collectives a person is an admin of, newest first."""
    return Collective.objects.filter(
        members__person=person, members__role=Role.ADMIN, members__until=None
    ).order_by("-created_at")


def activities(collective: Collective, *, before: str = "") -> QuerySet[Activity]:
    """Return what a group does, the latest first, or what is older than a `cursor`."""
    rows = Activity.objects.filter(organizer=collective).order_by("-starts_on", "-pk")
    day, _, number = before.partition(".")
    try:
        first, last = date.fromisoformat(day), int(number)
    except ValueError:
        return rows
    return rows.filter(Q(starts_on__lt=first) | Q(starts_on=first, pk__lt=last))


def cursor(activity: Activity) -> str:
    """Return where a page of activities ended, for an address."""
    return f"{activity.starts_on.isoformat()}.{activity.pk}"


def activity(pk: int) -> Activity | None:
    """Return the activity behind a party, with its group, theme and place."""
    rows = Activity.objects.select_related("organizer__place", "theme", "place__parent")
    return rows.filter(pk=pk).first()


def open_activities(collective: Collective) -> QuerySet[Activity]:
    """Return what a group does that still costs money, the latest first."""
    return activities(collective).filter(closed_at=None)


def open_activity(collective: Collective, number: str) -> Activity | None:
    """Return what a group does that still costs money, by its number in an address."""
    is_number = number.isdecimal() and len(number) < _LONGEST_NUMBER
    return open_activities(collective).filter(pk=number).first() if is_number else None


def activities_by_id(ids: Iterable[int]) -> dict[int, Activity]:
    """Return activities with their group and place."""
    return Activity.objects.select_related("organizer", "place__parent").in_bulk(list(ids))
