"""Stopping to follow by the link of a letter, without signing in (RFC 8058)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonweal.knowledge import queries
from commonweal.people import actions as people
from commonweal.web.hypermedia import render_page


# A mail program presses the button without having seen the page; the signed link is its right.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button, so that a scanner of links stops nothing; pressing it stops the letters."""
    following = queries.following_by_token(token)
    if following is None:
        raise Http404
    if request.method == "POST" and following.until is None:
        people.end_membership(membership=following, by=following.person)
    context = {"group": following.party, "stopped": following.until is not None, "token": token}
    return render_page(request, "knowledge/stop.html", context)
