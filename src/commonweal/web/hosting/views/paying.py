"""Paying many with one file: choose, let go, take the file, say what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.hosting.models import Host
from commonweal.payments import queries as payments
from commonweal.spending import actions, policies
from commonweal.spending import queries as spending
from commonweal.spending.actions.runs import SecondPerson
from commonweal.spending.models import Payment, PayRun
from commonweal.spending.queries import runs
from commonweal.web.confirming import ask_for_lock, reauthentication_required, sign_in_required
from commonweal.web.hosting import paying
from commonweal.web.hosting.forms import DayForm, PayTermsForm, ReturnForm
from commonweal.web.hosting.views.keeping import host_of
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in
from commonweal.web.spending import telling
from commonweal.web.spending.forms import PaidForm


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def pay_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what can be paid and what to look at first; take what was chosen as a pay run."""
    host = host_of(request, slug)
    form = DayForm(request.POST or None)
    chosen = _chosen(request) if request.method == "POST" else None
    if chosen is not None and form.is_valid():
        try:
            run = actions.prepare(
                host=host, expenses=chosen, by=signed_in(request), execute_on=form.day()
            )
            return redirect("hosting:pay_run", slug, run.number)
        except Refused as refusal:
            form.add_error(None, refusal.told_in(_))
    rows = paying.choices(host, signed_in(request), chosen)
    context = {
        "host": host, "tab": "pay", "form": form, "rows": rows, "sum": paying.sum_of(rows),
        "ticked": sum(row.ticked for row in rows), "runs": paying.overview(runs.of_host(host)),
        "parked": telling.rows(spending.parked(host)),
        "decides": policies.may_set_terms(signed_in(request), host),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render_page(request, "hosting/pay_desk.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD"])
def pay_run(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one pay run: where it stands, each payment, and what can be done now."""
    host, run = _run(request, slug, number)
    context = paying.about(run, signed_in(request)) | {"host": host, "tab": "pay"}
    context["paid_form"] = PaidForm(initial={"on": clock.today()})
    if run.status == PayRun.Status.PREPARED:
        context["choices"], context["remains"] = paying.before_release(run, signed_in(request))
    return render_page(request, "hosting/pay_run.html", context)


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def pay_release(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Show once more what leaves which pot, ask who is there with two locks, and let it go."""
    host, run = _run(request, slug, number)
    asked = ask_for_lock(request, always=runs.terms(host).second_lock)
    if asked is not None:
        return asked
    if request.method == "POST":
        released = actions.release(run=run, by=signed_in(request))
        behind = released.payments.filter(state=Payment.State.LEFT_OUT).count()
        messages.success(request, _("The money is out of the pots. Take the file to your bank."))
        if behind:
            messages.warning(request, _("Something stayed behind; the list says why."))
        return redirect("hosting:pay_run", slug, number)
    if not policies.may_release(signed_in(request), run):
        raise SecondPerson
    rows, remains = paying.before_release(run, signed_in(request))
    context = paying.about(run, signed_in(request)) | {
        "host": host, "tab": "pay", "choices": rows, "remains": remains,
    }  # fmt: skip
    return render_page(request, "hosting/pay_release.html", context)


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def pay_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Hand the file over; who takes it is written down, and it is kept by no browser."""
    host, run = _run(request, slug, number)
    if request.method != "POST":  # who was asked who is there comes back to the button
        return redirect("hosting:pay_run", slug, number)
    kind, content = actions.take_file(run=run, by=signed_in(request))
    made = payments.payout_files()[kind]
    answer = HttpResponse(content, content_type=made.media_type)
    name = f"{host.party.slug}-{run.number}.{made.suffix}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@sign_in_required
@require_POST
def pay_cancel(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give a run up; its expenses can be chosen again."""
    _host, run = _run(request, slug, number)
    actions.cancel(run=run, by=signed_in(request))
    messages.success(request, _("Given up. Its expenses can be chosen again."))
    return redirect("hosting:pay_desk", slug)


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def pay_paid(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write down that the bank paid all that is open of a run."""
    host, run = _run(request, slug, number)
    form = PaidForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        actions.mark_run_paid(run=run, by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("Paid. Each payee gets a letter."))
        return redirect("hosting:pay_run", slug, number)
    context = {"host": host, "run": run, "form": form, "tab": "pay"}
    status = 422 if form.errors else 200
    return render_page(request, "hosting/pay_paid.html", context, status=status)


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def pay_return(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Write down that one payment came back, and why, so that the payee is told what to do."""
    host, run = _run(request, slug, number)
    payment = runs.payments_of(run).filter(pk=pk).first()
    if payment is None:
        raise Http404
    form = ReturnForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        actions.return_payment(
            expense=payment.expense, reason="", by=signed_in(request), **form.cleaned_data
        )
        messages.success(request, _("The money is back in the pot, and it can be paid again."))
        return redirect("hosting:pay_run", slug, number)
    context = {"host": host, "run": run, "payment": payment, "form": form, "tab": "pay"}
    status = 422 if form.errors else 200
    return render_page(request, "hosting/pay_return.html", context, status=status)


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def pay_terms(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who lets money go, and which file the bank takes."""
    host = host_of(request, slug)
    if not policies.may_set_terms(signed_in(request), host):
        raise NotAllowed
    form = PayTermsForm(request.POST or None, terms=runs.terms(host))
    if request.method == "POST" and form.is_valid():
        actions.set_pay_terms(host=host, by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("hosting:pay_desk", slug)
    context = {"host": host, "form": form, "tab": "pay"}
    status = 422 if form.errors else 200
    return render_page(request, "hosting/pay_terms.html", context, status=status)


def _chosen(request: HttpRequest) -> list[int]:
    return [int(one) for one in request.POST.getlist("expense") if one.isdecimal()]


def _run(request: HttpRequest, slug: str, number: int) -> tuple[Host, PayRun]:
    host = host_of(request, slug)
    run = runs.by_number(host, number)
    if run is None:
        raise Http404
    return host, run
