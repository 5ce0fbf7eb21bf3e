"""Is this paper real? Whoever has one compares it with what was given out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from commonweal.papers import queries
from commonweal.web.hypermedia import render_page
from commonweal.web.papers.forms import CheckForm


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Say whether a PDF is a paper of ours, byte for byte, and whether another one corrects it."""
    is_sent = request.method == "POST"
    form = CheckForm(request.POST, request.FILES) if is_sent else CheckForm()
    context = {"form": form, "sent": False}
    if is_sent and form.is_valid():
        found = queries.paper_of_bytes(form.cleaned_data["file"])
        context |= {"sent": True, "found": found}
        if found is not None:
            corrected = getattr(found, "corrected_by", None)
            context |= {
                "code": queries.code(found),
                "corrected": queries.code(corrected) if corrected else "",
            }
    status = 422 if form.errors else 200
    return render_page(request, "papers/check.html", context, status=status)
