"""Saying that one helped, confirming it, and what one offered and gave so far."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.knowledge import actions, policies, queries
from commonweal.knowledge.models import HelpGiven
from commonweal.people.models import Party
from commonweal.web.confirming import sign_in_required
from commonweal.web.errors import too_many
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.knowledge.help_forms import TellForm, chosen_activity
from commonweal.web.knowledge.limits import is_within_limits
from commonweal.web.reader import signed_in

_MOST = 50


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that one helped a group."""
    collective, person = seen_by_reader(request, slug), signed_in(request)
    if not policies.may_tell_help(person, collective):
        raise NotAllowed
    form = TellForm(request.POST or None, initial={"on": clock.today()}, collective=collective)
    if request.method == "POST" and form.is_valid():
        if not is_within_limits(request, "tell_help", str(person.pk)):
            return too_many(request)
        try:
            actions.tell_help(
                collective=collective, given=form.given(), named=form.cleaned_data["named"],
                activity=chosen_activity(form), by=person,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.told_in(_))
        else:
            messages.success(
                request, _("Thank you. It counts when somebody of the team confirms it.")
            )
            return redirect("knowledge:yours")
    context = {"collective": collective, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "knowledge/tell.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def your_help(request: HttpRequest, token: str) -> HttpResponse:
    """Show help given to whoever holds its link: confirm it, show one's name, take it back."""
    found = queries.given_by_token(token)
    if found is None:
        raise Http404
    step = _STEPS.get(request.POST.get("do", ""))
    if request.method == "POST" and step:
        try:
            messages.success(request, step(found, named="named" in request.POST))
        except Refused as refusal:
            messages.error(request, refusal.told_in(_))
        return redirect("knowledge:your_help", token)
    context = {"given": found, "collective": found.collective}
    return render_page(request, "knowledge/your_help.html", context)


@sign_in_required
@require_safe
def yours(request: HttpRequest) -> HttpResponse:
    """List what the reader offered and gave."""
    person = signed_in(request)
    context = {
        "answers": [(one, queries.answer_token(one)) for one in queries.answers_of(person)[:_MOST]],
        "helped": [(one, queries.given_token(one)) for one in queries.help_of(person)[:_MOST]],
        "tab": "help",
    }
    return render_page(request, "knowledge/yours.html", context)


def _confirm(found: HelpGiven, *, named: bool) -> str:
    if found.helper is None:
        actions.prove_help(given=found, named=named, by=None)
    else:
        actions.confirm_own_help(given=found, named=named, by=found.helper)
    return _("Confirmed. Thank you for your help!")


def _decline(found: HelpGiven, *, named: bool) -> str:
    actions.decline_help(given=found, by=found.helper)
    return _("It does not count.")


def _name(found: HelpGiven, *, named: bool) -> str:
    actions.name_help(given=found, named=named, by=_helper(found))
    return _("Saved.")


def _take_back(found: HelpGiven, *, named: bool) -> str:
    actions.take_back_help(given=found, by=_helper(found))
    return _("You took it back. It counts no more, and your name is gone.")


def _helper(found: HelpGiven) -> Party:
    """Return whose help it is; the link is the right of whoever holds it."""
    if found.helper is None:
        raise Http404
    return found.helper


_STEPS: dict[str, Callable[..., str]] = {
    "confirm": _confirm, "decline": _decline, "name": _name, "take_back": _take_back,
}  # fmt: skip
