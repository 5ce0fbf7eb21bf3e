"""Answering a call for help, with or without an account, and what becomes of the answer."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.foundation.errors import Refused
from commonweal.knowledge import actions, policies, queries
from commonweal.knowledge.models import Answer, Call
from commonweal.mail import post
from commonweal.people.models import Party
from commonweal.web.errors import too_many
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.knowledge.calls import called
from commonweal.web.knowledge.help_forms import AnswerForm, GivenForm, offered_as_given
from commonweal.web.knowledge.limits import is_within_limits
from commonweal.web.reader import reader


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Offer help; who is not signed in gets a letter first, which proves the address."""
    collective = seen_by_reader(request, slug)
    call, person = called(collective, number), reader(request)
    if not policies.may_answer(person, call):
        raise actions.NotAsked
    form = AnswerForm(request.POST or None, call=call, guest=person is None)
    if request.method == "POST" and form.is_valid():
        if not _is_within_limits(request, form, person):
            return too_many(request)
        try:
            return _offered(request, form, call, person)
        except Refused as refusal:
            form.add_error(None, refusal.told_in(_))
    context = {"collective": collective, "call": call, "form": form, "guest": person is None}
    status = 422 if form.errors else 200
    return render_page(request, "knowledge/answer.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def your_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show an answer to whoever holds its link: prove it, take it back, say what was given."""
    found = queries.answer_by_token(token)
    if found is None:
        raise Http404
    form = GivenForm(_typed(request, "tell"), initial=offered_as_given(found))
    step = _STEPS.get(request.POST.get("do", ""))
    if request.method == "POST" and step and (step is not _tell or form.is_valid()):
        try:
            done = step(found, form)
        except Refused as refusal:
            form.add_error(None, refusal.told_in(_)) if step is _tell else messages.error(
                request, refusal.told_in(_)
            )
        else:
            messages.success(request, done)
            return redirect("knowledge:your_answer", token)
    context = {
        "answer": found,
        "call": found.call,
        "collective": found.call.collective,
        "form": form,
        "told": found.help_given.exists(),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "knowledge/your_answer.html", context, status=status)


def _offered(
    request: HttpRequest, form: AnswerForm, call: Call, person: Party | None
) -> HttpResponse:
    """Take the offer; a guest's waits until the letter is opened."""
    typed = form.cleaned_data
    if person is not None:
        actions.answer_call(call=call, by=person, **typed)
        messages.success(request, _("Your answer is with the group. It writes back by letter."))
        return redirect("knowledge:call", call.collective.slug, call.pk)
    language = get_language() or "en"
    found = actions.leave_answer(call=call, by=None, language=language, **typed)
    context = {"answer": found, "token": queries.answer_token(found)}
    post.send_now("answer_confirm", address=found.email, language=language, context=context)
    page = {"collective": call.collective, "call": call, "sent": True}
    return render_page(request, "knowledge/answer.html", page)


def _is_within_limits(request: HttpRequest, form: AnswerForm, person: Party | None) -> bool:
    if person is not None:
        return is_within_limits(request, "answer", str(person.pk))
    return is_within_limits(request, "answer_as_guest", form.cleaned_data["email"].lower())


def _typed(request: HttpRequest, step: str) -> QueryDict | None:
    """Return what was typed into the form of a step, if that is the one that was sent."""
    return request.POST if request.POST.get("do") == step else None


def _prove(found: Answer, form: GivenForm) -> str:
    actions.prove_answer(answer=found, by=None)
    return _("Your answer is with the group. It writes back by letter.")


def _take_back(found: Answer, form: GivenForm) -> str:
    actions.take_back_answer(answer=found, by=_helper(found))
    return _("You took your offer back.")


def _tell(found: Answer, form: GivenForm) -> str:
    actions.tell_help_of(answer=found, given=form.given(), by=_helper(found))
    return _("Thank you. It counts when somebody of the team confirms it.")


def _helper(found: Answer) -> Party:
    """Return whose answer it is; the link is the right of whoever holds it."""
    if found.helper is None:
        raise Http404
    return found.helper


_STEPS: dict[str, Callable[[Answer, GivenForm], str]] = {
    "prove": _prove, "take_back": _take_back, "tell": _tell,
}  # fmt: skip
