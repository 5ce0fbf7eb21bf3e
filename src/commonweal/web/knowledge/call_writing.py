"""Calling for help, changing a call, and saying how it ended."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.collectives.models import Collective
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.knowledge import actions, policies
from commonweal.knowledge.models import Call
from commonweal.web.collectives.finding import places_near
from commonweal.web.confirming import sign_in_required
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.knowledge.calls import called
from commonweal.web.knowledge.help_forms import CallForm, as_typed
from commonweal.web.reader import signed_in


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask everybody for help."""
    collective = written_by_reader(request, slug)
    first = {"place": str(collective.place or ""), "activity": request.GET.get("activity", "")}
    form = CallForm(request.POST or None, initial=first, collective=collective)
    by = signed_in(request)

    def write() -> Call:
        return actions.write_call(collective=collective, by=by, **form.told())

    return _answer(request, form, write, collective, "knowledge/call_new.html")


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change what a call says."""
    collective = written_by_reader(request, slug)
    call = called(collective, number)
    form = CallForm(request.POST or None, initial=as_typed(call), collective=collective)
    by = signed_in(request)

    def edit() -> Call:
        return actions.edit_call(call=call, by=by, **form.told())

    return _answer(request, form, edit, collective, "knowledge/call_edit.html")


@sign_in_required
@require_POST
def call_turn(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say that a call is filled, closed, withdrawn, or open again."""
    collective = written_by_reader(request, slug)
    to = request.POST.get("to", "")
    call = actions.turn_call(call=called(collective, number), to=to, by=signed_in(request))
    messages.success(request, _("Saved."))
    if call.status == Call.Status.WITHDRAWN:
        return redirect("knowledge:group_calls", collective.slug)
    return redirect("knowledge:call", collective.slug, number)


def written_by_reader(request: HttpRequest, slug: str) -> Collective:
    """Return a group to somebody who writes for it; refuse everybody else."""
    collective = seen_by_reader(request, slug)
    if not policies.may_write(signed_in(request), collective):
        raise NotAllowed
    return collective


def _answer(
    request: HttpRequest,
    form: CallForm,
    act: Callable[[], Call],
    collective: Collective,
    template: str,
) -> HttpResponse:
    """Do what a valid form says, or show the form with the reason why not."""
    if request.method == "POST" and form.is_valid():
        try:
            call = act()
        except Refused as refusal:
            form.add_error(None, refusal.told_in(_))
        else:
            messages.success(request, _("Saved."))
            return redirect("knowledge:call", collective.slug, call.pk)
    context = {
        "collective": collective, "form": form, "near": places_near(request), "tab": "help",
    }  # fmt: skip
    return render_page(request, template, context, status=422 if form.errors else 200)
