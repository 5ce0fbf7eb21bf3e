"""Pictures of parties, wherever files are kept."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe


@require_safe
def picture(request: HttpRequest, word: str) -> FileResponse:
    """Show a picture. Each upload has its own address, so browsers keep it for good."""
    try:
        file = default_storage.open(f"pictures/{word}.webp")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(file, content_type="image/webp")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
