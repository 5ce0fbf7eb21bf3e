"""Filing an expense: one screen, a photo first; nothing typed or sent is ever lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.collectives import queries as collectives
from commonweal.collectives.models import Activity, Collective
from commonweal.foundation import clock, ids
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.people.models import Party
from commonweal.spending import actions, policies, queries, rules
from commonweal.spending.actions import papers
from commonweal.spending.models import Expense, Receipt
from commonweal.web.confirming import sign_in_required
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in
from commonweal.web.spending import sentences, telling
from commonweal.web.spending.examples import EXAMPLES
from commonweal.web.spending.finding import expense_or_404
from commonweal.web.spending.forms import ExpenseForm, Lines, keep, lines_of

_ACTIVITIES = 50


@dataclass
class Filing:
    """The form as sent or as it starts, for a new expense or one that is changed."""

    collective: Collective
    person: Party
    form: ExpenseForm
    lines: Any
    expense: Expense | None = None

    @property
    def is_good(self) -> bool:
        """Whether everything can be read."""
        return bool(self.form.is_valid() & self.lines.is_valid())


@sign_in_required
@require_http_methods(["GET", "POST"])
def expense_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, take what was sent, and hand the expense in."""
    collective = seen_by_reader(request, slug)
    if not policies.may_file(signed_in(request), collective):
        raise NotAllowed
    filing = _filing(request, collective)
    if request.method == "POST" and "add" not in request.POST and filing.is_good:
        expense = _take(request, filing)
        if expense is not None:
            return redirect("spending:expense", slug, expense.number)
    context, status = _shown(request, filing)
    return render_page(request, "spending/expense_new.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "POST"])
def expense_edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change an expense; who agreed before is asked again."""
    expense = expense_or_404(slug, number, signed_in(request))
    if not policies.may_edit(signed_in(request), expense):
        raise NotAllowed
    filing = _filing(request, expense.collective, expense)
    if request.method == "POST" and "add" not in request.POST and filing.is_good:
        changed = _take(request, filing)
        if changed is not None:
            return redirect("spending:expense", slug, number)
    context, status = _shown(request, filing)
    return render_page(request, "spending/expense_edit.html", context, status=status)


@sign_in_required
@require_POST
def receipt_remove(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Take a receipt off."""
    expense = expense_or_404(slug, number, signed_in(request))
    receipt = Receipt.objects.select_related("expense").get(pk=pk, expense=expense)
    actions.remove_receipt(receipt=receipt, by=signed_in(request))
    return redirect("spending:expense_edit", slug, number)


def _filing(request: HttpRequest, collective: Collective, expense: Expense | None = None) -> Filing:
    start = lines_of(expense) if expense else [{}]
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and "add" in data:
        lines = _number(data.get("line-TOTAL_FORMS"))
        data["line-TOTAL_FORMS"] = str(lines + 1)
        data[f"line-{lines}-day"] = clock.today().isoformat()
    files = request.FILES if data is not None else None
    start_with = {"payee": expense.payee_id, "activity": expense.activity_id} if expense else {}
    return Filing(
        collective,
        signed_in(request),
        ExpenseForm(
            data, files, person=signed_in(request), initial=start_with,
            activities=_activities(collective, expense),
        ),
        Lines(
            data, prefix="line", initial=None if data is not None else start,
            form_kwargs={"currency": collective.currency},
        ),
        expense,
    )  # fmt: skip


def _activities(collective: Collective, expense: Expense | None) -> list[Activity]:
    """Return what the group does now, and what the expense was for so far."""
    found = list(collectives.open_activities(collective)[:_ACTIVITIES])
    known = expense.activity if expense else None
    return found if known is None or known in found else [known, *found]


def _number(text: str | None) -> int:
    return min(int(text), 19) if text and text.isdecimal() else 1


def _take(request: HttpRequest, filing: Filing) -> Expense | None:
    """File or change the expense and hand it in; None where something is still missing."""
    waiting = _papers(request, filing)
    has_receipts = bool(waiting) or bool(filing.expense and filing.expense.receipts.exists())
    if not has_receipts:
        filing.form.add_error("receipts", _("Add the receipt: a photo or a PDF of what was paid."))
    try:
        method = filing.form.method(filing.person)
    except actions.NotAnIban as refusal:
        filing.form.add_error("iban", refusal.told_in(_))
        return None
    if method is None:
        filing.form.add_error("iban", _("Say where we pay it: the number of a bank account."))
    if filing.form.errors:
        return None
    items = filing.lines.items()
    title = items[0].description
    if filing.expense is None:
        payee = filing.form.chosen_payee(filing.person)
        kind = Expense.Kind.REIMBURSEMENT if payee == filing.person else Expense.Kind.INVOICE
        expense = actions.file(
            collective=filing.collective, kind=kind, title=title, items=items, by=filing.person,
            payee=payee, payout_method=method, activity=filing.form.chosen_activity(),
        )  # fmt: skip
    else:
        try:
            expense = actions.edit(
                expense=filing.expense, title=title, items=items, by=filing.person,
                payout_method=method, activity=filing.form.chosen_activity(),
            )  # fmt: skip
        except (actions.TooLate, actions.NotPaidFor) as refusal:
            filing.form.add_error(None, refusal.told_in(_))
            return None
    _attach(expense, waiting, filing.person)
    if expense.status == Expense.Status.DRAFT and "draft" not in request.POST:
        expense = _hand_in(request, expense, filing.person)
    return expense


def _hand_in(request: HttpRequest, expense: Expense, person: Party) -> Expense:
    """Hand a draft in; where a rule of the group is against it, keep it as a draft and say so."""
    try:
        return actions.submit(expense=expense, by=person)
    except Refused as refusal:
        messages.warning(request, refusal.told_in(_))
        return expense


def _papers(request: HttpRequest, filing: Filing) -> list[tuple[str, str]]:
    """Return receipts that wait, with those sent now; what cannot be used is said beside them."""
    known: list[tuple[str, str]] = getattr(request, "waiting_papers", [])
    if known:
        return known
    waiting = [one for one in filing.form.papers() if default_storage.exists(one[1])]
    for sent in filing.form.cleaned_data.get("receipts") or []:
        try:
            paper = papers.read(sent.read())
        except papers.BadPaper as refusal:
            filing.form.add_error("receipts", f"{sent.name}: {refusal}")
            continue
        place = f"{papers.WAITING}/{ids.uuid7()}.{paper.suffix}"
        waiting.append(
            (sent.name or place, default_storage.save(place, ContentFile(paper.content)))
        )
    request.waiting_papers = waiting  # type: ignore[attr-defined]
    return waiting


def _attach(expense: Expense, waiting: list[tuple[str, str]], person: Party) -> None:
    for name, place in waiting:
        if default_storage.exists(place):
            with default_storage.open(place) as stored:
                actions.attach_receipt(expense=expense, content=stored.read(), name=name, by=person)
            default_storage.delete(place)


def _shown(request: HttpRequest, filing: Filing) -> tuple[dict[str, Any], int]:
    """Return what the page shows, and 422 where something has to be put right."""
    sent = request.method == "POST"
    filing.form.is_valid()
    filing.lines.is_valid()
    if sent:
        filing.lines.suggest(filing.collective, filing.form.chosen_payee(filing.person))
    if "add" in request.POST:
        filing.lines.forgive_empty()
    waiting = _papers(request, filing) if sent else []
    wrong = sent and "add" not in request.POST
    sums = filing.lines.sums() if (sent and not filing.lines.is_valid()) or sent else []
    context = {
        "collective": filing.collective,
        "expense": filing.expense,
        "form": filing.form,
        "lines": filing.lines,
        "examples": EXAMPLES.items(),
        "waiting": [name for name, _ in waiting],
        "kept": keep(waiting),
        "sums": sums,
        "total": rules.total_of([amount for _, amount in sums], filing.collective.currency),
        "show_errors": wrong,
        "pot": queries.pot_of(filing.collective),
        "rules": sentences.of_group(filing.collective),
        "plan": telling.plan_of_year(filing.collective),
        "mark": {"EUR": "€", "USD": "$", "GBP": "£"}.get(
            filing.collective.currency, filing.collective.currency
        ),
    }
    return context, 422 if wrong else 200
