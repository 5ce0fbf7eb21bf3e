"""How a letter is put into words: a template for its text, the same text as simple HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from commonweal.people.models import Instance
from commonweal.people.queries import instance


@dataclass(frozen=True)
class Written:
    """A letter ready to go."""

    subject: str
    text: str
    html: str


def write(
    template: str, language: str, context: Mapping[str, Any], *, site: Instance | None = None
) -> Written:
    """Write the letter `mail/<template>.txt` in a language; its first line is the subject.

    Whoever writes many at once says which `site` this is, so that it is looked up only once.
    """
    site = site or instance()
    values = {
        **context,
        "address_of_site": settings.ADDRESS,
        "site_name": site.name if site else "Commonweal",
        "is_demo": settings.DEMO,
    }
    with translation.override(language if language in dict(settings.LANGUAGES) else None):
        plain = render_to_string(f"mail/{template}.txt", values)
        first, _, body = plain.strip().partition("\n")
        paragraphs = [part.strip() for part in body.strip().split("\n\n") if part.strip()]
        html = render_to_string("mail/letter.html", {**values, "paragraphs": paragraphs})
    return Written(subject=first.strip(), text="\n\n".join(paragraphs) + "\n", html=html)
