"""Reading expenses, agreeing to them and paying them."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.spending import actions, policies, queries
from commonweal.spending.models import Expense
from commonweal.web.confirming import reauthentication_required, sign_in_required
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.pages import changed
from commonweal.web.reader import reader, signed_in
from commonweal.web.spending import telling
from commonweal.web.spending.finding import expense_or_404
from commonweal.web.spending.forms import CommentForm, PaidForm, ReasonForm

SIZE = 20
# What a browser shows without running anything; all else it may only save.
_SHOWN = {"image/jpeg", "application/pdf"}


@require_safe
def expenses(request: HttpRequest, slug: str) -> HttpResponse:
    """List what a collective was asked to pay, newest first."""
    collective = seen_by_reader(request, slug)
    wanted = telling.GROUPS.get(request.GET.get("state", ""), ())
    before = request.GET.get("before", "")
    found = queries.of_collective(
        collective, statuses=wanted, size=SIZE + 1,
        before=int(before) if before.isdecimal() and len(before) < 10 else None,  # noqa: PLR2004
    )  # fmt: skip
    older = changed(request, before=found[SIZE - 1].number) if len(found) > SIZE else ""
    person = reader(request)
    drafts = queries.drafts_of(person, collective) if person else ()
    context = {
        "collective": collective,
        "rows": telling.rows(found[:SIZE]),
        "drafts": telling.rows(drafts),
        "unsent": queries.unsent_of(person, collective) if person else (),
        "tabs": telling.tabs(request),
        "older": older,
        "may_file": collective.status == collective.Status.ACTIVE,
    }
    return render_page(request, "spending/expenses.html", context)


@require_safe
def expense(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one expense: its lines, where it stands, how it went, and what the reader may do."""
    found = expense_or_404(slug, number, reader(request))
    context = telling.page(found, reader(request))
    context |= {"comment_form": CommentForm(), "reason_form": ReasonForm()}
    return render_page(request, "spending/expense.html", context)


@require_safe
def receipt(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse | FileResponse:
    """Hand a receipt to those who may see it; it is shown, never run."""
    found = expense_or_404(slug, number, reader(request))
    paper = found.receipts.filter(pk=pk).first()
    if paper is None:
        raise Http404
    if not policies.may_see_private(reader(request), found):
        raise NotAllowed
    response = FileResponse(
        paper.file.open(), content_type=paper.media_type, filename=paper.name,
        as_attachment=paper.media_type not in _SHOWN,
    )  # fmt: skip
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@sign_in_required
@require_POST
def submit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Hand a draft in."""
    actions.submit(expense=expense_or_404(slug, number, signed_in(request)), by=signed_in(request))
    return redirect("spending:expense", slug, number)


@sign_in_required
@require_POST
def approve(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Agree to the version that was on the page."""
    version = request.POST.get("version", "")
    actions.approve(
        expense=expense_or_404(slug, number, signed_in(request)), by=signed_in(request),
        version=int(version) if version.isdecimal() else 0,
    )  # fmt: skip
    return redirect("spending:expense", slug, number)


@sign_in_required
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask why, and say no."""
    found = expense_or_404(slug, number, signed_in(request))
    if not policies.may_decline(signed_in(request), found):
        raise NotAllowed
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.decline(expense=found, reason=form.cleaned_data["reason"], by=signed_in(request))
        return redirect("spending:expense", slug, number)
    context = {"expense": found, "collective": found.collective, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "spending/decline.html", context, status=status)


@sign_in_required
@require_POST
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take an expense back."""
    found = expense_or_404(slug, number, signed_in(request))
    was_draft = found.status == Expense.Status.DRAFT
    actions.withdraw(expense=found, by=signed_in(request))
    return redirect("spending:expenses", slug) if was_draft else redirect(
        "spending:expense", slug, number
    )  # fmt: skip


@sign_in_required
@require_POST
def comment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say something."""
    found = expense_or_404(slug, number, signed_in(request))
    form = CommentForm(request.POST)
    if not form.is_valid():
        context = telling.page(found, signed_in(request))
        context |= {"comment_form": form, "reason_form": ReasonForm()}
        return render_page(request, "spending/comment.html", context, status=422)
    actions.comment(
        expense=found, body=form.cleaned_data["body"], by=signed_in(request),
        public=not form.cleaned_data["private"],
    )  # fmt: skip
    return redirect("spending:expense", slug, number)


@reauthentication_required
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show where to pay, take the money out of the pot, and then ask when the bank paid."""
    found = expense_or_404(slug, number, signed_in(request))
    if not policies.may_pay(signed_in(request), found):
        raise NotAllowed
    if request.method == "POST":
        actions.pay(expense=found, by=signed_in(request))
        return redirect("spending:pay", slug, number)
    context = telling.payment(found, actions.look_at_account(expense=found, by=signed_in(request)))
    context["form"] = PaidForm(initial={"on": clock.today()})
    return render_page(request, "spending/pay.html", context)


@reauthentication_required
@require_http_methods(["GET", "POST"])
def mark_paid(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write down that the bank paid."""
    found = expense_or_404(slug, number, signed_in(request))
    if not policies.may_pay(signed_in(request), found):
        raise NotAllowed
    form = PaidForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        actions.mark_paid(expense=found, by=signed_in(request), **form.cleaned_data)
        return redirect("spending:expense", slug, number)
    context = telling.payment(found, None) | {"form": form}
    status = 422 if form.errors else 200
    return render_page(request, "spending/mark_paid.html", context, status=status)


@reauthentication_required
@require_http_methods(["GET", "POST"])
def return_payment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put the money back into the pot, because it did not arrive."""
    found = expense_or_404(slug, number, signed_in(request))
    if not policies.may_pay(signed_in(request), found):
        raise NotAllowed
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.return_payment(
            expense=found, on=clock.today(), reason=reason, by=signed_in(request)
        )
        return redirect("spending:expense", slug, number)
    context = {"expense": found, "collective": found.collective, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "spending/return_payment.html", context, status=status)
