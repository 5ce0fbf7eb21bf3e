"""Files that people uploaded and everybody may see."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404


def kept_for_good(name: str, kind: str) -> FileResponse:
    """Send a file whose address is never used for another one, so that browsers keep it."""
    try:
        file = default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(file, content_type=kind)
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
