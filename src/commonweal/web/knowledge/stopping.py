"""Stopping letters by a link in one of them, without signing in (RFC 8058)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonweal.collectives.models import Collective
from commonweal.knowledge import actions, policies, queries
from commonweal.people import actions as people
from commonweal.people.models import Party
from commonweal.web.hypermedia import render_page
from commonweal.web.knowledge.rhythm import RhythmForm


# A mail program presses the button without having seen the page; the signed link is its right.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button, so that a scanner of links stops nothing; pressing it stops the letters."""
    following = queries.following_by_token(token)
    if following is None:
        return _weekly_or_help(request, token)
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


def _weekly_or_help(request: HttpRequest, token: str) -> HttpResponse:
    """Answer the links of other letters: of the week, or to a team about who helps."""
    reader, about_help = queries.reader_by_token(token), queries.help_stop_by_token(token)
    if reader is not None:
        return _weekly(request, reader)
    if about_help is not None:
        return _stop_help(request, token, *about_help)
    raise Http404


def _stop_help(
    request: HttpRequest, token: str, person: Party, collective: Collective
) -> HttpResponse:
    """Do the same for letters to a team about who helps; who has left it gets none anyway."""
    if request.method == "POST" and policies.may_write(person, collective):
        actions.set_help_letters(collective=collective, wanted=False, by=person)
    stopped = request.method == "POST" or person.pk in queries.without_help_letters(collective)
    context = {"group": collective, "stopped": stopped, "token": token, "about_help": True}
    return render_page(request, "knowledge/stop.html", context)


def _weekly(request: HttpRequest, person: Party) -> HttpResponse:
    """Ask how often letters shall come; a mail program's button means never again."""
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
