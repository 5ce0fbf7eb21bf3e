"""Reading calls for help: all of them, those of one group, and one of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.knowledge import policies, queries
from commonweal.knowledge.models import Call
from commonweal.web import helping
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.knowledge.help_forms import SearchForm
from commonweal.web.pages import changed
from commonweal.web.reader import reader

_AT_A_TIME = 20
_PAST = 30
_THANKED = 60


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """List what all groups ask for now, the nearest day first."""
    form = SearchForm(request.GET, near=queries.places_of_calls())
    search = form.search(request.GET.get("after", ""))
    rows = list(queries.look_for_calls(search)[: _AT_A_TIME + 1])
    shown = rows[:_AT_A_TIME]
    context = {
        "form": form,
        "calls": shown,
        "narrowed": bool(search.words or search.kind or search.place),
        "older": changed(request, after=queries.call_cursor(shown[-1]))
        if len(rows) > _AT_A_TIME
        else "",
        "newest": changed(request, after=None) if search.after else "",
    }
    return render_page(request, "knowledge/calls.html", context, part="found")


@require_safe
def group_calls(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what one group asks for and asked for, and whom it thanks."""
    collective = seen_by_reader(request, slug)
    rows = list(queries.calls(collective)[:_PAST])
    sums = queries.given_to_groups([collective.pk]).get(collective.pk, [])
    context = {
        "collective": collective,
        "calls": sorted(
            (call for call in rows if is_open(call)), key=lambda call: (call.needed_by, call.pk)
        ),
        "past": [call for call in rows if not is_open(call)],
        "kinds": helping.drawn(sums),
        "thanks": queries.thanks(collective, most=_THANKED) if sums else [],
        "writes": policies.may_write(reader(request), collective),
        "tells": policies.may_tell_help(reader(request), collective),
    }
    return render_page(request, "knowledge/group_calls.html", context)


@require_safe
def call(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one call: what is needed, how much is promised, and how to answer."""
    collective = seen_by_reader(request, slug)
    found = called(collective, number)
    context = {
        "collective": collective,
        "call": found,
        "open": is_open(found),
        "answers": policies.may_answer(reader(request), found),
        "writes": policies.may_write(reader(request), collective),
        "percent": min(100, found.promised * 100 // found.quantity),
    }
    return render_page(request, "knowledge/call.html", context)


def called(collective: Collective, number: int) -> Call:
    """Return a call of a group, or say that there is none."""
    found = queries.call(collective, number)
    if found is None:
        raise Http404
    return found


def is_open(call: Call) -> bool:
    """Whether it can still be answered: it is open, and its day has not passed."""
    return call.status == Call.Status.OPEN and call.needed_by >= clock.today()
