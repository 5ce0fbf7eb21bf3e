"""Stopping letters by a link in one of them, without signing in (RFC 8058)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonweal.knowledge import actions, policies, queries
from commonweal.people import actions as people
from commonweal.web.hypermedia import render_page


# A mail program presses the button without having seen the page; the signed link is its right.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button, so that a scanner of links stops nothing; pressing it stops the letters."""
    following = queries.following_by_token(token)
    if following is None:
        return _stop_help(request, token)
    if request.method == "POST" and following.until is None:
        people.end_membership(membership=following, by=following.person)
    context = {"group": following.party, "stopped": following.until is not None, "token": token}
    return render_page(request, "knowledge/stop.html", context)


def _stop_help(request: HttpRequest, token: str) -> HttpResponse:
    """Do the same for letters to a team about who helps; who has left it gets none anyway."""
    found = queries.help_stop_by_token(token)
    if found is None:
        raise Http404
    person, collective = found
    if request.method == "POST" and policies.may_write(person, collective):
        actions.set_help_letters(collective=collective, wanted=False, by=person)
    stopped = request.method == "POST" or person.pk in queries.without_help_letters(collective)
    context = {"group": collective, "stopped": stopped, "token": token, "about_help": True}
    return render_page(request, "knowledge/stop.html", context)
