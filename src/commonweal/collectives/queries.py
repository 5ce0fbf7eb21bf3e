"""Questions about collectives."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import get_language

from commonweal.collectives.models import Collective, Theme
from commonweal.people.models import Party, Role


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
