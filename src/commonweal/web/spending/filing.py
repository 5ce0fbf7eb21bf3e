"""Filing an expense: one screen, a photo first; nothing typed or sent is ever lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.collectives import queries as collectives
from commonweal.collectives.models import Activity, Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.hosting import queries as hosting
from commonweal.people.models import Party
from commonweal.spending import actions, policies, queries, rules
from commonweal.spending.models import Expense, PayoutMethod, Receipt
from commonweal.spending.policies.moves import terms_of
from commonweal.spending.rules import agreeing
from commonweal.web.confirming import sign_in_required
from commonweal.web.finding import seen_by_reader
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import signed_in
from commonweal.web.spending import drafts, reading, sentences, telling, uploads
from commonweal.web.spending.examples import EXAMPLES
from commonweal.web.spending.finding import expense_or_404
from commonweal.web.spending.forms import GUEST, SUPPLIER, ExpenseForm
from commonweal.web.spending.lines import Lines, lines_of
from commonweal.web.spending.reading import Read
from commonweal.web.spending.uploads import Uploads

_ACTIVITIES = 50
# Buttons that send the form and do not hand it in.
_OTHER_BUTTONS = ("add", "read", "draft")


@dataclass
class Filing:
    """The form as sent or as it starts, for a new expense or one that is changed."""

    collective: Collective
    person: Party
    form: ExpenseForm
    lines: Any
    expense: Expense | None = None
    uploads: Uploads = field(default_factory=Uploads)
    read: Read = field(default_factory=Read)
    key: str = ""

    def is_good(self) -> bool:
        """Whether everything can be read, and a person has seen all of it."""
        good = bool(self.form.is_valid() & self.lines.is_valid())
        if good:
            self.lines.turned(self.collective.currency)
            for error in self.uploads.errors:
                self.form.add_error("receipts", error)
        if good and not self.lines.total_error_count() and self._lacks_receipt():
            self.form.add_error(
                "receipts", _("Add the receipt: a photo or a PDF of what was paid.")
            )
        return not (self.form.errors or self.lines.total_error_count() or self.read.fields)

    def _lacks_receipt(self) -> bool:
        """Whether the group asks for a receipt of so much, and there is none."""
        if self.uploads.waiting or (self.expense and self.expense.receipts.exists()):
            return False
        hosted = hosting.current(self.collective)
        terms = terms_of(self.collective.pk, hosted.host if hosted else None)
        return agreeing.receipt_wanted(rules.total(self.lines.items()).minor, terms)


@sign_in_required
@require_http_methods(["GET", "POST"])
def expense_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, take what was sent, and hand the expense in."""
    collective = seen_by_reader(request, slug)
    if not policies.may_file(signed_in(request), collective):
        raise NotAllowed
    filing = _filing(request, collective)
    if "draft" in request.POST:
        drafts.keep(request, collective, filing.key, filing.uploads)
        return redirect(drafts.address(collective, filing.key))
    if _is_sent(request) and filing.is_good():
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
    if _is_sent(request) and filing.is_good():
        changed = _take(request, filing)
        if changed is not None:
            return redirect("spending:expense", slug, number)
    context, status = _shown(request, filing)
    return render_page(request, "spending/expense_edit.html", context, status=status)


@sign_in_required
@require_POST
def receipt_add(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Add receipts later, without changing anything that was agreed to."""
    expense = expense_or_404(slug, number, signed_in(request))
    sent = uploads.received(request)
    if sent.errors:
        raise actions.BadPaper(sent.errors[0])
    uploads.attach(sent, expense, signed_in(request))
    return redirect("spending:expense", slug, number)


@sign_in_required
@require_POST
def receipt_remove(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Take a receipt off."""
    expense = expense_or_404(slug, number, signed_in(request))
    receipt = Receipt.objects.select_related("expense").get(pk=pk, expense=expense)
    actions.remove_receipt(receipt=receipt, by=signed_in(request))
    return redirect("spending:expense_edit", slug, number)


def _is_sent(request: HttpRequest) -> bool:
    return request.method == "POST" and not any(name in request.POST for name in _OTHER_BUTTONS)


def _filing(request: HttpRequest, collective: Collective, expense: Expense | None = None) -> Filing:
    """Return the form: as it was sent and read, as it was kept as a draft, or as it starts."""
    person = signed_in(request)
    sent, read, data = Uploads(), Read(), None
    kept = drafts.kept(request, collective) if request.method != "POST" else None
    if request.method == "POST":
        sent, data = uploads.received(request), request.POST.copy()
        read = reading.fill(data, sent.fresh, collective)
        if "add" in data:
            _add_line(data)
    elif kept is not None:
        data, sent = kept
    like = expense or drafts.like(request, collective)
    form = ExpenseForm(
        data, person=person, collective=collective, expense=expense, read=read.fields,
        initial=drafts.start(like, is_same=like is expense),
        activities=_activities(collective, expense),
    )  # fmt: skip
    lines = Lines(
        data, prefix="line",
        initial=None if data is not None else lines_of(like, today=like is not expense),
        form_kwargs={"currency": collective.currency, "read": read.fields},
    )  # fmt: skip
    return Filing(collective, person, form, lines, expense, sent, read, key=drafts.key_of(request))


def _add_line(data: QueryDict) -> None:
    lines = _number(data.get("line-TOTAL_FORMS"))
    data["line-TOTAL_FORMS"] = str(lines + 1)
    data[f"line-{lines}-day"] = clock.today().isoformat()


def _activities(collective: Collective, expense: Expense | None) -> list[Activity]:
    """Return what the group does now, and what the expense was for so far."""
    found = list(collectives.open_activities(collective)[:_ACTIVITIES])
    known = expense.activity if expense else None
    return found if known is None or known in found else [known, *found]


def _number(text: str | None) -> int:
    return min(int(text), 19) if text and text.isdecimal() else 1


def _take(request: HttpRequest, filing: Filing) -> Expense | None:
    """File or change the expense and hand it in; None where the payee cannot be paid so."""
    try:
        payee, method = _payee(filing)
    except Refused as refusal:
        filing.form.add_error(None, refusal.told_in(_))
        return None
    items, typed = filing.lines.items(), filing.form.cleaned_data
    facts = {
        "title": items[0].description, "items": items, "by": filing.person,
        "payout_method": method, "activity": filing.form.chosen_activity(),
        "invoice_number": typed["invoice_number"], "reference": typed["reference"],
        "due_on": typed["due_on"],
    }  # fmt: skip
    if filing.expense is None:
        kind = Expense.Kind.REIMBURSEMENT if payee == filing.person else Expense.Kind.INVOICE
        expense = actions.file(collective=filing.collective, kind=kind, payee=payee, **facts)
    else:
        try:
            expense = actions.edit(expense=filing.expense, **facts)
        except (actions.TooLate, actions.NotPaidFor) as refusal:
            filing.form.add_error(None, refusal.told_in(_))
            return None
    uploads.attach(filing.uploads, expense, filing.person)
    if expense.status == Expense.Status.DRAFT:
        expense = _hand_in(request, expense, filing.person)
    drafts.drop(filing.key, filing.collective, filing.person)
    return expense


def _hand_in(request: HttpRequest, expense: Expense, person: Party) -> Expense:
    """Hand a draft in; where a rule of the group is against it, keep it as a draft and say so."""
    try:
        return actions.submit(expense=expense, by=person)
    except Refused as refusal:
        messages.warning(request, refusal.told_in(_))
        return expense


def _payee(filing: Filing) -> tuple[Party, PayoutMethod | None]:
    """Return who is paid and on which account; a new one is made known, or asked by letter."""
    form, typed = filing.form, filing.form.cleaned_data
    who, group, by = form.chosen, filing.collective, filing.person
    if who == SUPPLIER:
        payee = actions.add_supplier(
            collective=group, name=typed["supplier_name"], number=typed["supplier_number"],
            iban=typed["supplier_iban"], by=by,
        ).party  # fmt: skip
    elif who == GUEST:
        payee = actions.ask_for_account(
            collective=group, name=typed["guest_name"], email=typed["guest_email"], by=by
        )
    else:
        payee = form.chosen_payee or by
        if typed["iban"] and not form.known:
            return payee, actions.add_payout_method(
                party=payee, holder=payee.name, iban=typed["iban"], by=by
            )
    return payee, queries.payout_methods(payee).first()


def _shown(request: HttpRequest, filing: Filing) -> tuple[dict[str, Any], int]:
    """Return what the page shows, and 422 where something has to be put right."""
    is_post = request.method == "POST"
    filing.form.is_valid()
    filing.lines.is_valid()
    if is_post and filing.form.chosen_payee:
        filing.lines.suggest(filing.collective, filing.form.chosen_payee)
    if "add" in request.POST:
        filing.lines.forgive_empty()
    wrong = _is_sent(request)
    if not wrong:
        filing.form.errors.clear()
    if not wrong and "add" not in request.POST:
        filing.lines.forget_mistakes()
    if not wrong:
        for error in filing.uploads.errors:
            filing.form.add_error("receipts", error)
    sums = filing.lines.sums(filing.collective.currency)
    currency = filing.collective.currency
    context = {
        "collective": filing.collective,
        "expense": filing.expense,
        "form": filing.form,
        "lines": filing.lines,
        "read": filing.read,
        "key": filing.key,
        "examples": EXAMPLES.items(),
        "waiting": [one.name for one in filing.uploads.waiting],
        "kept": filing.uploads.token,
        "sums": sums,
        "total": rules.total_of([amount for _, amount, _spent in sums], currency),
        "show_errors": wrong or bool(filing.uploads.errors),
        "pot": queries.pot_of(filing.collective),
        "rules": sentences.of_group(filing.collective),
        "plan": telling.plan_of_year(filing.collective),
        "mark": {"EUR": "€", "USD": "$", "GBP": "£"}.get(currency, currency),
    }
    return context, 422 if wrong else 200
