"""The mailbox of the demo, which everybody reads."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commonweal.mail.models import Delivered
from commonweal.web.hypermedia import render_page

_MOST = 50


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """List the newest letters, perhaps of one address."""
    _only_in_the_demo()
    to = request.GET.get("to", "").strip().lower()
    letters = Delivered.objects.order_by("-id")
    if to:
        letters = letters.filter(address=to)
    return render_page(request, "instance/mailbox.html", {"letters": letters[:_MOST], "to": to})


@never_cache
@require_safe
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one letter."""
    _only_in_the_demo()
    found = get_object_or_404(Delivered, public_id=public_id)
    return render_page(request, "instance/letter.html", {"letter": found})


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404
