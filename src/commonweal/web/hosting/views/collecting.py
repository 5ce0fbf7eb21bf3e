"""Collecting by direct debit: choose, let go, take the file, bring what the bank answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.banking import actions as banking
from commonweal.banking.actions import Answered
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.hosting.models import Host
from commonweal.payments import actions, policies, queries
from commonweal.payments.actions.collecting import SecondPerson
from commonweal.payments.models import Collection, CollectRun
from commonweal.payments.queries import debits
from commonweal.web.confirming import ask_for_lock, reauthentication_required, sign_in_required
from commonweal.web.hosting import collecting
from commonweal.web.hosting.collect_forms import AnswerFileForm, CollectTermsForm
from commonweal.web.hosting.views.keeping import host_of
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in

_CAN_BE_MENDED = 422


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def collect_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is due; take what was chosen as a collection run."""
    host = host_of(request, slug)
    chosen, problem = None, ""
    if request.method == "POST":
        chosen = [int(one) for one in request.POST.getlist("charge") if one.isdecimal()]
        try:
            run = actions.prepare_collection(host=host, charges=chosen, by=signed_in(request))
            return redirect("hosting:collect_run", slug, run.number)
        except Refused as refusal:
            problem = refusal.told_in(_)
    rows = collecting.choices(host, chosen)
    context = {
        "host": host, "tab": "collect", "problem": problem, "rows": rows,
        "sum": collecting.sum_of(rows), "ticked": sum(row.ticked for row in rows),
        "runs": collecting.overview(debits.of_host(host)), "answer_form": AnswerFileForm(),
        "decides": policies.may_set_terms(signed_in(request), host),
    }  # fmt: skip
    status = _CAN_BE_MENDED if problem else 200
    return render_page(request, "hosting/collect_desk.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD"])
def collect_run(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one collection run: where it stands, each collection, and what can be done now."""
    host, run = _run(request, slug, number)
    context = collecting.about(run, signed_in(request)) | {"host": host, "tab": "collect"}
    context["answer_form"] = AnswerFileForm()
    return render_page(request, "hosting/collect_run.html", context)


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def collect_release(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Show once more what is collected, ask who is there with two locks, and let it go."""
    host, run = _run(request, slug, number)
    asked = ask_for_lock(request, always=debits.terms(host).second_lock)
    if asked is not None:
        return asked
    if request.method == "POST":
        released = actions.release_collection(run=run, by=signed_in(request))
        messages.success(request, _("Each giver gets a letter. Take the file to your bank."))
        if released.collections.filter(state=Collection.State.LEFT_OUT).exists():
            messages.warning(request, _("Something stayed behind; the list says why."))
        return redirect("hosting:collect_run", slug, number)
    if not policies.may_release(signed_in(request), run):
        raise SecondPerson
    context = collecting.about(run, signed_in(request)) | {"host": host, "tab": "collect"}
    return render_page(request, "hosting/collect_release.html", context)


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def collect_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Hand the file over; who takes it is written down, and it is kept by no browser."""
    host, run = _run(request, slug, number)
    if request.method != "POST":  # who was asked who is there comes back to the button
        return redirect("hosting:collect_run", slug, number)
    kind, content = actions.take_collection_file(run=run, by=signed_in(request))
    made = queries.debit_files()[kind]
    answer = HttpResponse(content, content_type=made.media_type)
    name = f"{host.party.slug}-collect-{run.number}.{made.suffix}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@sign_in_required
@require_POST
def collect_cancel(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give a run up; its gifts can be chosen again."""
    _host, run = _run(request, slug, number)
    actions.cancel_collection(run=run, by=signed_in(request))
    messages.success(request, _("Given up. Its gifts can be chosen again."))
    return redirect("hosting:collect_desk", slug)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def collect_answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the file in which the bank says what it refuses."""
    host = host_of(request, slug)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AnswerFileForm(*sent)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].file
        try:
            told = banking.take_answers(host=host, content=content, by=signed_in(request))
            messages.success(request, _told(told))
            return redirect("hosting:collect_desk", slug)
        except Refused as refusal:
            if refusal.status != _CAN_BE_MENDED:
                raise
            form.add_error("file", refusal.told_in(_))
    context = {"host": host, "tab": "collect", "form": form}
    status = _CAN_BE_MENDED if form.errors else 200
    return render_page(request, "hosting/collect_answer.html", context, status=status)


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def collect_terms(request: HttpRequest, slug: str) -> HttpResponse:
    """Say under which identifier a host collects, how long before, and with which file."""
    host = host_of(request, slug)
    if not policies.may_set_terms(signed_in(request), host):
        raise NotAllowed
    form = CollectTermsForm(request.POST or None, host=host, terms=debits.terms(host))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_collect_terms(host=host, by=signed_in(request), **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("hosting:collect_desk", slug)
        except actions.MandatesStand as refusal:
            form.add_error("creditor_id", refusal.told_in(_))
    context = {"host": host, "form": form, "tab": "collect"}
    status = _CAN_BE_MENDED if form.errors else 200
    return render_page(request, "hosting/collect_terms.html", context, status=status)


def _told(told: Answered) -> str:
    """Return what came of a bank's answer, in a sentence."""
    if not told.refused:
        return _("The bank refuses nothing.")
    if not told.new:
        return _("This answer was here already. Nothing was counted twice.")
    return ngettext(
        "The bank refuses %(new)s collection. Its giver gets a letter.",
        "The bank refuses %(new)s collections. Each giver gets a letter.",
        told.new,
    ) % {"new": told.new}


def _run(request: HttpRequest, slug: str, number: int) -> tuple[Host, CollectRun]:
    host = host_of(request, slug)
    run = debits.by_number(host, number)
    if run is None:
        raise Http404
    return host, run
