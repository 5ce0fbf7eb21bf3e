"""A group asks a host to hold its money, answers its questions, or takes the request back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.hosting import actions, queries
from commonweal.hosting.models import Application
from commonweal.web.collectives.finding import run_by_reader
from commonweal.web.confirming import sign_in_required
from commonweal.web.hosting.forms import AnswerForm, ApplyForm
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in

_WAITS = {Application.Status.PENDING, Application.Status.ASKED}


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a host and write it a few lines; afterwards, show how the request stands."""
    collective = run_by_reader(request, slug)
    last = queries.last_application(collective)
    hosted = queries.current(collective)
    open_hosts = [
        one for one in queries.hosts_with_groups()
        if one.open_to_applications and one.currency == collective.currency
    ]  # fmt: skip
    form = ApplyForm(
        request.POST or None, initial={"host": request.GET.get("host", "")}, hosts=open_hosts
    )
    if request.method == "POST" and form.is_valid():
        made = actions.apply(
            collective=collective, host=form.chosen(), message=form.cleaned_data["message"],
            by=signed_in(request),
        )  # fmt: skip
        host = made.host.party.name
        messages.success(request, _("%(host)s has your request. The answer comes by mail.") % {
            "host": host,
        })  # fmt: skip
        return redirect("collectives:desk", slug)
    context = {
        "collective": collective, "hosted": hosted, "application": last, "form": form,
        "waits": last is not None and last.status in _WAITS, "answer_form": AnswerForm(),
        "tab": "host", "hosts": open_hosts,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render_page(request, "hosting/apply.html", context, status=status)


@sign_in_required
@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer what the host asked."""
    collective = run_by_reader(request, slug)
    asked = queries.last_application(collective)
    form = AnswerForm(request.POST)
    if asked is None or not form.is_valid():
        context = {"collective": collective, "application": asked, "answer_form": form}
        return render_page(request, "hosting/answer.html", context, status=422)
    actions.answer(application=asked, message=form.cleaned_data["message"], by=signed_in(request))
    messages.success(request, _("Your answer is on its way."))
    return redirect("hosting:apply", slug)


@sign_in_required
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the request back."""
    collective = run_by_reader(request, slug)
    asked = queries.last_application(collective)
    if asked is not None:
        actions.withdraw(application=asked, by=signed_in(request))
    return redirect("hosting:apply", slug)
