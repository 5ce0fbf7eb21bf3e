"""One stylesheet out of many small files, joined when the server starts: no build step."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

_FOLDER = Path(__file__).parent / "static" / "css"
_A_YEAR_S = 31_536_000


@dataclass(frozen=True)
class Stylesheet:
    """The rules of all components, and a name that changes whenever they do."""

    text: str
    version: str


def joined() -> Stylesheet:
    """Return the stylesheet; while debugging it is read afresh each time."""
    return _read() if settings.DEBUG else _read_once()


@cache
def _read_once() -> Stylesheet:
    return _read()


def _read() -> Stylesheet:
    files = [_FOLDER / f"{name}.css" for name in ("tokens", "fonts", "base", "layout")]
    files += sorted((_FOLDER / "components").glob("*.css"))
    files += [_FOLDER / "utilities.css", _FOLDER / "print.css"]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    text = re.sub(r'url\("\.\./(fonts/[^"]+)"\)', lambda found: f'url("{static(found[1])}")', text)
    text = re.sub(r"/\*.*?\*/|^ +|\n(?=\n)", "", text, flags=re.DOTALL | re.MULTILINE)
    return Stylesheet(text, sha256(text.encode()).hexdigest()[:12])


def address() -> str:
    """Return where the stylesheet of this moment is found."""
    return reverse("stylesheet", args=[joined().version])


@require_safe
def stylesheet(request: HttpRequest, version: str) -> HttpResponse:
    """Send the stylesheet; its address names its version, so it may be kept for a year."""
    sheet = joined()
    if version != sheet.version and not settings.DEBUG:
        raise Http404
    response = HttpResponse(sheet.text, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={_A_YEAR_S}, immutable"
    return response
