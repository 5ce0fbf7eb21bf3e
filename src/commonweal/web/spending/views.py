"""Reading expenses, handing them in and talking about them."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from commonweal.foundation.errors import NotAllowed
from commonweal.spending import actions, policies, queries
from commonweal.spending.models import Expense, Repeat
from commonweal.web.confirming import sign_in_required
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.pages import changed
from commonweal.web.reader import reader, signed_in
from commonweal.web.spending import sentences, telling
from commonweal.web.spending.finding import expense_or_404
from commonweal.web.spending.forms import CommentForm

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
        "rules": sentences.of_group(collective),
        "plan": telling.plan_of_year(collective),
        "runs": policies.may_set_expense_terms(person, collective),
        "may_file": collective.status == collective.Status.ACTIVE,
    }
    return render_page(request, "spending/expenses.html", context)


@require_safe
def expense(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one expense: its lines, where it stands, how it went, and what the reader may do."""
    found = expense_or_404(slug, number, reader(request))
    context = telling.page(found, reader(request))
    context["comment_form"] = CommentForm()
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
        context["comment_form"] = form
        return render_page(request, "spending/comment.html", context, status=422)
    actions.comment(
        expense=found, body=form.cleaned_data["body"], by=signed_in(request),
        public=not form.cleaned_data["private"],
    )  # fmt: skip
    return redirect("spending:expense", slug, number)


@sign_in_required
@require_POST
def repeat(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let an expense be filed again by itself, as a draft."""
    every = request.POST.get("every", "")
    if every not in Repeat.Every.values:
        raise Http404
    found = expense_or_404(slug, number, signed_in(request))
    actions.repeat(expense=found, every=every, by=signed_in(request))
    return redirect("spending:expense", slug, number)


@sign_in_required
@require_POST
def stop_repeating(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """File it no more by itself."""
    found = expense_or_404(slug, number, signed_in(request))
    repeats = Repeat.objects.filter(expense=found).first()
    if repeats is None:
        raise Http404
    actions.stop_repeating(repeat=repeats, by=signed_in(request))
    return redirect("spending:expense", slug, number)
