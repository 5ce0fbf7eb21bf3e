"""Reading what a group asks, answering it, and wanting no more of it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commonweal.knowledge import actions, policies, queries, rules
from commonweal.knowledge.models import Ask
from commonweal.people.models import Party
from commonweal.web.confirming import sign_in_required
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in

GROUP, ALL, REPORT = "group", "all", "report"


class AnswerForm(forms.Form):
    """What somebody answers."""

    words = forms.CharField(
        label=lazily("Your answer"),
        max_length=rules.LONGEST_ANSWER,
        help_text=lazily("Its admins read it, with your name. They do not see your address."),
        widget=forms.Textarea({"rows": 7}),
    )  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest, number: int) -> HttpResponse:
    """Show a letter to whom it is for, and take the answer."""
    person, found = signed_in(request), queries.ask(number)
    if found is None or not policies.may_answer_ask(person, found):
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer_ask(ask=found, words=form.cleaned_data["words"], by=person)
        messages.success(request, _("Your answer is on its way."))
        return redirect("knowledge:asked", number)
    context = {
        "ask": found, "form": form, "tab": "wishes",
        "refuse": queries.refuse_token(found, person),
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "knowledge/asked.html", context, status=status)


# A mail program presses the button without having seen the page; the signed link is its right.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, token: str) -> HttpResponse:
    """Show buttons, so that a scanner of links refuses nothing; pressing one refuses.

    A mail program's own button (RFC 8058) says no more than that: it stops all such letters.
    """
    found = queries.refusing_by_token(token)
    if found is None:
        raise Http404
    asked_now, person = found
    done = ""
    if request.method == "POST":
        chosen = request.POST.get("what")
        done = chosen if chosen in {GROUP, REPORT} else ALL
        _refuse(asked_now, person, done)
    context = {"ask": asked_now, "group": asked_now.collective, "done": done}
    return render_page(request, "knowledge/refuse.html", context)


def _refuse(ask: Ask, person: Party, what: str) -> None:
    if what == REPORT:
        actions.report_ask(ask=ask, by=person)
    else:
        actions.refuse_asks(ask=ask, by=person, everybody=what == ALL)
