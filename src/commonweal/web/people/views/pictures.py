"""Pictures of parties, wherever files are kept."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from commonweal.web.files import kept_for_good


@require_safe
def picture(request: HttpRequest, word: str) -> FileResponse:
    """Show a picture. Each upload has its own address, so browsers keep it for good."""
    return kept_for_good(f"pictures/{word}.webp", "image/webp")
