"""Pictures of updates, wherever files are kept."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from commonweal.web.files import kept_for_good


@require_safe
def update_picture(request: HttpRequest, word: str) -> FileResponse:
    """Show a picture of an update; its address is its own for good."""
    return kept_for_good(f"updates/{word}.webp", "image/webp")
