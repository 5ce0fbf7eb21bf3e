"""Pages as data for programs: schema.org in JSON-LD. Only what the page itself shows.

A script of this type is never run, so it needs no nonce, and a page stays the same for everybody.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from commonweal.collectives.models import Activity, Collective
from commonweal.knowledge.models import Playbook, PlaybookVersion, Update
from commonweal.people.models import Instance, Party
from commonweal.places.models import Place
from commonweal.web import formats

type Data = dict[str, Any]

_CONTEXT = "https://schema.org"
# Within HTML a script ends at "</script", whatever the quotes around it; the others are for safety.
_ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
_LICENSES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def script(*things: Data) -> SafeString:
    """Return things as one script for the head of a page; nothing in them can end it."""
    told = {"@context": _CONTEXT, "@graph": [_stripped(thing) for thing in things]}
    text = json.dumps(told, separators=(",", ":")).translate(_ESCAPED)
    element = f'<script type="application/ld+json">{text}</script>'
    return mark_safe(element)  # noqa: S308 - escaped above, and nothing but ASCII


def group(collective: Collective, picture: str) -> Data:
    """Describe a group, and how to give to it."""
    gives = collective.status == Collective.Status.ACTIVE
    return {
        "@type": "NGO",
        "@id": _whole(f"/{collective.slug}"),
        "url": _whole(f"/{collective.slug}"),
        "name": collective.name,
        "description": collective.about,
        "image": _whole(picture),
        "location": _place(collective.place),
        "sameAs": collective.website,
        "potentialAction": _donation(collective) if gives else None,
    }


def organization(party: Party) -> Data:
    """Describe a host, or another organization."""
    return {
        "@type": "Organization",
        "@id": _whole(f"/{party.slug}"),
        "url": _whole(f"/{party.slug}"),
        "name": party.name,
        "description": party.about,
        "location": _place(party.place),
        "sameAs": party.website,
    }


def activity(shown: Activity, picture: str) -> Data:
    """Describe an event with its days and place, or a project."""
    is_event = shown.kind == Party.Kind.EVENT
    told: Data = {
        "@type": "Event" if is_event else "Project",
        "@id": _whole(f"/{shown.slug}"),
        "url": _whole(f"/{shown.slug}"),
        "name": shown.name,
        "description": shown.about,
        "image": _whole(picture),
        "location": _place(shown.place),
    }
    if not is_event:
        return told | {"parentOrganization": _named(shown.organizer, "NGO")}
    return told | {
        "startDate": shown.starts_on.isoformat(),
        "endDate": shown.ends_on.isoformat(),
        "eventStatus": f"{_CONTEXT}/EventScheduled",
        "eventAttendanceMode": f"{_CONTEXT}/OfflineEventAttendanceMode",
        "organizer": _named(shown.organizer, "NGO"),
    }


def posting(update: Update, collective: Collective, picture: str) -> Data:
    """Describe an update that is published."""
    address = _whole(reverse("knowledge:update", args=[collective.slug, update.number]))
    published = update.published_at
    words = [one.word for one in update.pictures.all()]
    shown = [reverse("knowledge:update_picture", args=[word]) for word in words]
    assert published is not None
    return {
        "@type": "BlogPosting",
        "@id": address,
        "mainEntityOfPage": address,
        "headline": update.title,
        "datePublished": published.isoformat(),
        "dateModified": (update.edited_at or published).isoformat(),
        "author": {"@type": "Person", "name": update.author.name},
        "publisher": _named(collective, "NGO"),
        "image": [_whole(path) for path in (*shown, picture)],
    }


def playbook(shown: Playbook, version: PlaybookVersion) -> Data:
    """Describe a playbook and who may reuse it."""
    document = version.document
    return {
        "@type": "CreativeWork",
        "@id": _whole(reverse("knowledge:playbook", args=[shown.slug])),
        "url": _whole(reverse("knowledge:playbook", args=[shown.slug])),
        "name": document["title"],
        "description": document["purpose"],
        "inLanguage": document["language"],
        "license": _LICENSES.get(document["license"]),
        "version": version.number,
        "dateCreated": shown.created_at.isoformat(),
        "dateModified": version.at.isoformat(),
        "author": _named(shown.collective, "NGO"),
    }


def website(site: Instance) -> Data:
    """Describe this server, and how to search it."""
    search = _whole(reverse("discovery:explore"))
    return {
        "@type": "WebSite",
        "@id": _whole("/"),
        "url": _whole("/"),
        "name": site.name,
        "publisher": {"@type": "Organization", "name": site.run_by} if site.run_by else None,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{q}}"},
            "query-input": "required name=q",
        },
    }


def trail(*steps: tuple[str, str]) -> Data:
    """Describe where a page stands, from names and paths, the outermost first."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": _whole(path)}
            for number, (name, path) in enumerate(steps, start=1)
        ],
    }


def _donation(collective: Collective) -> Data:
    return {
        "@type": "DonateAction",
        "recipient": {"@id": _whole(f"/{collective.slug}")},
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": _whole(reverse("giving:contribute", args=[collective.slug])),
        },
    }


def _named(party: Party, kind: str) -> Data:
    address = _whole(f"/{party.slug}")
    return {"@type": kind, "@id": address, "name": party.name, "url": address}


def _place(place: Place | None) -> Data | None:
    if place is None:
        return None
    city = place.city
    return {
        "@type": "Place",
        "name": formats.local(place.names, place.name),
        "address": {
            "@type": "PostalAddress",
            "addressLocality": formats.local(city.names, city.name),
            "postalCode": place.postal_code,
            "addressCountry": place.country,
        },
    }


def _whole(path: str) -> str:
    return f"{settings.ADDRESS}{path}"


def _stripped(thing: Data) -> Data:
    """Leave out what is not known."""
    return {
        name: _stripped(value) if isinstance(value, dict) else value
        for name, value in thing.items()
        if value not in (None, "")
    }
