"""Stopping to follow by the link of a letter, without signing in (RFC 8058)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonweal.knowledge import queries
from commonweal.people import actions as people
from commonweal.people.models import Party
from commonweal.web.hypermedia import render_page
from commonweal.web.people.rhythm import RhythmForm


# A mail program presses the button without having seen the page; the signed link is its right.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button, so that a scanner of links stops nothing; pressing it stops the letters."""
    following = queries.following_by_token(token)
    if following is None:
        return _weekly(request, token)
    weekly = request.method == "POST" and "weekly" in request.POST and following.until is None
    if weekly:
        _choose(following.person, Party.Rhythm.WEEKLY)
    elif request.method == "POST" and following.until is None:
        people.end_membership(membership=following, by=following.person)
    context = {
        "group": following.party, "stopped": following.until is not None, "weekly": weekly,
        "hears_weekly": following.person.rhythm == Party.Rhythm.WEEKLY,
    }  # fmt: skip
    return render_page(request, "knowledge/stop.html", context)


def _weekly(request: HttpRequest, token: str) -> HttpResponse:
    """Ask how often letters shall come; a mail program's button means never again."""
    person = queries.reader_by_token(token)
    if person is None:
        raise Http404
    form = RhythmForm(request.POST if "rhythm" in request.POST else None, initial=_now(person))
    chosen = request.method == "POST"
    if form.is_valid():
        _choose(person, form.cleaned_data["rhythm"])
    elif chosen and not form.is_bound:
        _choose(person, Party.Rhythm.NEVER)
    context = {"form": form, "chosen": chosen and not form.errors, "rhythm": person.rhythm}
    status = 422 if form.errors else 200
    return render_page(request, "knowledge/rhythm.html", context, status=status)


def _choose(person: Party, rhythm: str) -> None:
    people.edit_profile(party=person, rhythm=rhythm, by=person)


def _now(person: Party) -> dict[str, str]:
    return {"rhythm": person.rhythm}
