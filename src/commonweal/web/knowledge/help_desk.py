"""The team's side of help: who offers it, what is to be confirmed, and thanking somebody."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.knowledge import actions, policies, queries
from commonweal.knowledge.models import Answer
from commonweal.web.confirming import sign_in_required
from commonweal.web.errors import too_many
from commonweal.web.hypermedia import render_page
from commonweal.web.knowledge.call_writing import written_by_reader
from commonweal.web.knowledge.help_forms import ThankForm, chosen_activity, offered_as_given
from commonweal.web.knowledge.limits import is_within_limits
from commonweal.web.reader import signed_in

_SHOWN = 50


@sign_in_required
@require_safe
def help_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what waits for the team, who will help, and what is asked for now."""
    collective, person = written_by_reader(request, slug), signed_in(request)
    context = {
        "collective": collective,
        "tab": "help",
        "answers": [
            (one, policies.is_helper(person, one))
            for one in queries.waiting_answers(collective)[:_SHOWN]
        ],
        "to_confirm": [
            (one, policies.is_helper(person, one))
            for one in queries.waiting_for_team(collective)[:_SHOWN]
        ],
        "accepted": queries.accepted_answers(collective)[:_SHOWN],
        "asked": queries.waiting_for_helpers(collective)[:_SHOWN],
        "calls": queries.open_calls(collective)[:_SHOWN],
        "thanks": policies.may_thank(person, collective),
        "letters": person.pk not in queries.without_help_letters(collective),
    }
    return render_page(request, "knowledge/help_desk.html", context)


@sign_in_required
@require_POST
def answer_decide(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say yes or no to an answer, in a few words."""
    collective = written_by_reader(request, slug)
    answer = _answer_of(collective, number)
    accept = "accept" in request.POST
    note = request.POST.get("note", "")
    actions.decide_answer(answer=answer, accept=accept, note=note, by=signed_in(request))
    messages.success(request, _("Your words are on their way."))
    return redirect("knowledge:help_desk", slug)


@sign_in_required
@require_POST
def help_decide(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Confirm for the team that somebody helped, or say that it was not so."""
    collective = written_by_reader(request, slug)
    given = queries.given(number)
    if given is None or given.collective_id != collective.pk:
        raise Http404
    if "confirm" in request.POST:
        actions.confirm_help(given=given, by=signed_in(request))
        messages.success(request, _("Confirmed. It stands on the page."))
    else:
        actions.decline_help(given=given, by=signed_in(request))
        messages.success(request, _("It does not count."))
    return redirect("knowledge:help_desk", slug)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def thank(request: HttpRequest, slug: str) -> HttpResponse:
    """Say for the team what somebody gave; they confirm it by a link."""
    collective = written_by_reader(request, slug)
    if not policies.may_thank(signed_in(request), collective):
        raise NotAllowed
    number = request.GET.get("answer", "")
    answer = _answer_of(collective, int(number[:18])) if number.isdecimal() else None
    first = offered_as_given(answer) if answer else {"on": clock.today()}
    form = ThankForm(request.POST or None, initial=first, collective=collective, answer=answer)
    if request.method == "POST" and form.is_valid():
        if not _is_within_limits(request, form):
            return too_many(request)
        try:
            _thank(request, collective, form, answer)
        except Refused as refusal:
            form.add_error(None, refusal.told_in(_))
        else:
            messages.success(request, _("They get a letter. It counts when they confirm it."))
            return redirect("knowledge:help_desk", slug)
    context = {"collective": collective, "form": form, "answer": answer, "tab": "help"}
    status = 422 if form.errors else 200
    return render_page(request, "knowledge/thank.html", context, status=status)


@sign_in_required
@require_POST
def help_letters(request: HttpRequest, slug: str) -> HttpResponse:
    """Get letters about help, or no more of them."""
    collective = written_by_reader(request, slug)
    wanted = "wanted" in request.POST
    actions.set_help_letters(collective=collective, wanted=wanted, by=signed_in(request))
    messages.success(request, _("Saved."))
    return redirect("knowledge:help_desk", slug)


def _thank(
    request: HttpRequest, collective: Collective, form: ThankForm, answer: Answer | None
) -> None:
    by, given = signed_in(request), form.given()
    if answer is not None:
        actions.thank_for(answer=answer, given=given, by=by)
        return
    typed = form.cleaned_data
    actions.thank(
        collective=collective, given=given, name=typed["name"], email=typed["email"],
        activity=chosen_activity(form), by=by,
    )  # fmt: skip


def _is_within_limits(request: HttpRequest, form: ThankForm) -> bool:
    """Whether this person may write to somebody once more, and to this very address."""
    email = form.cleaned_data.get("email", "").lower()
    by = str(signed_in(request).pk)
    return is_within_limits(request, "thank", by) and (
        not email or is_within_limits(request, "thank_address", email)
    )


def _answer_of(collective: Collective, number: int) -> Answer:
    """Return an answer that the group may see: its address is proved."""
    answer = queries.answer(number)
    unseen = answer is None or answer.call.collective_id != collective.pk
    if answer is None or unseen or answer.status == Answer.Status.UNPROVED:
        raise Http404
    return answer
