"""Groups like this one, and the reason in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.discovery import queries
from commonweal.discovery.queries import Portrait, Similar
from commonweal.web import formats


@dataclass(frozen=True)
class Like:
    """A group like this one, and why it is shown."""

    group: Similar
    reason: str


def of(portrait: Portrait) -> list[Like]:
    """Return a few groups like one; none for a draft, which is still finding its words."""
    if portrait.collective.published_at is None:
        return []
    names = dict(portrait.themes)
    found = queries.similar(portrait.collective, list(names))
    return [Like(one, _reason(one, names)) for one in found]


def _reason(one: Similar, names: dict[str, dict[str, str]]) -> str:
    shared = ", ".join(formats.local(names[slug], slug) for slug in one.themes)
    parts = [ngettext("same theme: %(themes)s", "same themes: %(themes)s", len(one.themes))]
    if one.tags:
        parts.append(_("also: %(tags)s"))
    if one.alike:
        parts.append(_("says similar things"))
    if one.away_km is not None:
        parts.append(_("%(number)s km away") if one.away_km else _("close by"))
    number = formats.number(one.away_km or 0)
    return "; ".join(parts) % {
        "themes": shared, "tags": ", ".join(one.tags), "number": number,
    }  # fmt: skip
