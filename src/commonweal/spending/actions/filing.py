"""Asking for money: drafts, items, receipts, and handing it in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max

from commonweal.collectives.models import Activity, Collective
from commonweal.foundation import clock, ids
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.ledger.models import Chart
from commonweal.people.models import Party
from commonweal.spending import policies, queries, rules
from commonweal.spending.actions import granting, papers, steps
from commonweal.spending.actions.steps import NotNow
from commonweal.spending.models import Expense, ExpenseItem, PayoutMethod, Receipt
from commonweal.spending.policies.moves import Standing, lacks_receipt, names, receipt_wanted
from commonweal.spending.policies.refusals import ReceiptMissing
from commonweal.spending.rules import Item, agreeing

__all__ = ["NotNow", "ReceiptMissing"]


class NothingToPay(Refused):
    """Say what it cost: at least one line with an amount above zero."""

    status = 422


class OtherCurrency(Refused):
    """We know no rate for this currency on this day. Write what your bank took in the group's."""

    status = 422


class TooLate(Refused):
    """The last was bought on %(day)s, more than %(days)s days ago. Ask %(who)s about this rule."""

    status = 422


class NotPaidFor(Refused):
    """Nothing is paid here under “%(category)s”. Choose another category, or ask %(who)s."""

    status = 422


class OtherActivity(Refused):
    """This is over, or belongs to another group. Choose something that your group does now."""

    status = 422


class LastReceipt(Refused):
    """An expense that was handed in needs a receipt. Add the better one first, then remove this."""


@transaction.atomic
def file(
    *,
    collective: Collective,
    kind: str,
    title: str,
    items: Sequence[Item],
    by: Party,
    payee: Party | None = None,
    payout_method: PayoutMethod | None = None,
    invoice_number: str = "",
    reference: str = "",
    due_on: date | None = None,
    activity: Activity | None = None,
    purpose: str = "",
) -> Expense:
    """Start an expense as a draft, numbered within its collective; `payee` is by default `by`.

    A grant has a purpose. An admin files one for anybody, who is paid where they said themselves;
    to another group of the same host it goes from pot to pot.
    """
    if not policies.may_file(by, collective):
        raise NotAllowed
    _refuse_other_activity(activity, collective)
    payee = payee or by
    if kind == Expense.Kind.GRANT:
        granting.refuse(collective, payee, purpose)
    if granting.is_for_another(kind, collective, payee, by=by):
        payout_method = granting.method_of(payee)
    else:
        _refuse_other_peoples_account(payee, payout_method, collective=collective, by=by)
    items = queries.in_currency(items, collective.currency)
    amount = _sum(items, collective)
    Collective.objects.select_for_update(of=("self",), no_key=True).get(pk=collective.pk)
    highest = Expense.objects.filter(collective=collective.pk).aggregate(top=Max("number"))
    expense = Expense.objects.create(
        collective_id=collective.pk,
        activity=activity,
        number=(highest["top"] or 0) + 1,
        kind=kind,
        title=title.strip()[: rules.LONGEST_TITLE],
        author=by,
        payee_id=payee.pk,
        payout_method=payout_method,
        invoice_number=invoice_number,
        reference=reference,
        due_on=due_on,
        purpose=purpose.strip()[: rules.LONGEST_PURPOSE],
        amount_minor=amount.minor,
        currency=amount.currency,
        created_at=clock.now(),
    )
    _write_items(expense, items)
    steps.tell("expense.drafted", expense, by, public=False)
    return expense


@transaction.atomic
def file_grant(
    *, collective: Collective, payee: Party, item: Item, purpose: str, by: Party
) -> Expense:  # fmt: skip
    """File a grant and hand it in at once, whole or not at all."""
    expense = file(
        collective=collective, kind=Expense.Kind.GRANT, title=item.description, items=[item],
        payee=payee, purpose=purpose, by=by,
    )  # fmt: skip
    return submit(expense=expense, by=by)


@transaction.atomic
def edit(
    *,
    expense: Expense,
    title: str,
    items: Sequence[Item],
    by: Party,
    payout_method: PayoutMethod | None,
    invoice_number: str = "",
    reference: str = "",
    due_on: date | None = None,
    activity: Activity | None = None,
    purpose: str | None = None,
) -> Expense:
    """Change an expense; after it was handed in, what was agreed to before counts no more."""
    expense = steps.taken(expense, "edit", by)
    if purpose is not None:
        expense.purpose = purpose.strip()[: rules.LONGEST_PURPOSE]
    if expense.kind == Expense.Kind.GRANT:
        granting.refuse(expense.collective, expense.payee, expense.purpose)
    if granting.is_for_another(expense.kind, expense.collective, expense.payee, by=by):
        payout_method = granting.method_of(expense.payee)
    else:
        _refuse_other_peoples_account(
            expense.payee, payout_method, collective=expense.collective, by=by
        )
    if activity != expense.activity:
        _refuse_other_activity(activity, expense.collective)
    items = queries.in_currency(items, expense.collective.currency)
    amount = _sum(items, expense.collective)
    expense.activity = activity
    expense.title = title.strip()[: rules.LONGEST_TITLE]
    expense.amount_minor, expense.currency = amount.minor, amount.currency
    expense.payout_method, expense.invoice_number = payout_method, invoice_number
    expense.reference, expense.due_on = reference, due_on
    expense.version += 1
    was_draft = expense.status == Expense.Status.DRAFT
    if not was_draft:
        at = Standing(by, expense)
        _refuse_by_rules(at, [one.spent_on for one in items], [one.category for one in items])
        steps.moved(expense, "edit")
    expense.save()
    expense.items.all().delete()
    _write_items(expense, items)
    steps.tell("expense.edited", expense, by, public=not was_draft)
    return expense


@transaction.atomic
def attach_receipt(
    *, expense: Expense, content: bytes, name: str, by: Party, item: ExpenseItem | None = None
) -> Receipt:
    """Keep a safe copy of a photo or PDF with an expense; the same file is kept once."""
    return attach_paper(expense=expense, paper=papers.read(content), name=name, by=by, item=item)


@transaction.atomic
def attach_paper(
    *, expense: Expense, paper: papers.Paper, name: str, by: Party, item: ExpenseItem | None = None
) -> Receipt:
    """Keep a paper that was read and is safe; the same file is kept once."""
    expense = steps.taken(expense, "edit", by)
    if item is not None and item.expense_id != expense.pk:
        raise NotAllowed
    known = expense.receipts.filter(sha256=paper.digest).first()
    if known:
        return known
    return Receipt.objects.create(
        expense=expense,
        item=item,
        file=ContentFile(paper.content, name=f"{ids.uuid7()}.{paper.suffix}"),
        name=name[-80:],
        media_type=paper.media_type,
        sha256=paper.digest,
        bands=list(paper.bands),
        size_bytes=len(paper.content),
        added_by=by,
        added_at=clock.now(),
    )


@transaction.atomic
def remove_receipt(*, receipt: Receipt, by: Party) -> None:
    """Take a receipt off an expense that is not paid; who agreed before is asked again."""
    expense = steps.taken(receipt.expense, "edit", by)
    if expense.status != Expense.Status.DRAFT:
        at = Standing(by, expense)
        if receipt_wanted(at) and not expense.receipts.exclude(pk=receipt.pk).exists():
            raise LastReceipt
        expense.version += 1
        expense.save(update_fields=["version"])
        steps.moved(expense, "edit")
        steps.tell("expense.edited", expense, by)
    stored, name = receipt.file.storage, receipt.file.name
    receipt.delete()
    transaction.on_commit(lambda: stored.delete(str(name)))


@transaction.atomic
def submit(*, expense: Expense, by: Party) -> Expense:
    """Hand an expense in, for an admin to look at; what was asked to be changed is new again."""
    expense = steps.taken(expense, "submit", by)
    at = Standing(by, expense)
    _refuse_by_rules(at, *zip(*expense.items.values_list("spent_on", "category"), strict=True))
    if lacks_receipt(at):
        raise ReceiptMissing
    if expense.status == Expense.Status.NEEDS_CHANGES:
        expense.version += 1
    expense.submitted_at = expense.submitted_at or clock.now()
    expense.save(update_fields=["submitted_at", "version"])
    steps.moved(expense, "submit")
    steps.tell("expense.submitted", expense, by)
    return expense


def _sum(items: Sequence[Item], collective: Collective) -> Money:
    if not items or len(items) > rules.MOST_ITEMS or any(one.amount.minor <= 0 for one in items):
        raise NothingToPay
    if {one.amount.currency for one in items} != {collective.currency}:
        raise OtherCurrency
    return rules.total(items)


def _refuse_other_peoples_account(
    payee: Party, payout_method: PayoutMethod | None, *, collective: Collective, by: Party
) -> None:
    """Money goes to an account of the payee, whom the author may name."""
    if not policies.may_name_payee(by, payee, collective):
        raise NotAllowed
    if payout_method is not None and payout_method.party_id != payee.pk:
        raise NotAllowed


def _write_items(expense: Expense, items: Sequence[Item]) -> None:
    ExpenseItem.objects.bulk_create(
        ExpenseItem(
            expense=expense,
            description=one.description.strip()[: rules.LONGEST_TITLE],
            spent_on=one.spent_on,
            category_id=one.category,
            amount_minor=one.amount.minor,
            currency=one.amount.currency,
            spent_minor=one.spent.minor if one.spent else None,
            spent_currency=one.spent.currency if one.spent else "",
            vat_rate=one.vat_rate,
            vat_minor=one.vat.minor if one.vat else None,
        )
        for one in items
    )


def _refuse_other_activity(activity: Activity | None, collective: Collective) -> None:
    """Refuse what is closed, since its costs are settled, and what another group does."""
    if activity and (activity.organizer_id != collective.pk or activity.closed_at):
        raise OtherActivity


def _refuse_by_rules(at: Standing, days: Sequence[date], categories: Sequence[int]) -> None:
    """Refuse what was bought too long ago, and what the group or its host pays nothing for.

    It is in time if it was when it was first handed in.
    """
    who = names([*at.admins.values(), *([at.host.party] if at.host else [])])
    asked_on = (at.expense.submitted_at or clock.now()).date()
    late = agreeing.too_late(days, asked_on, at.terms)
    if late:
        raise TooLate(day=late.isoformat(), days=at.terms.within_days, who=who)
    category = agreeing.not_paid_for(categories, at.terms)
    if category:
        raise NotPaidFor(category=Chart(category).label, who=who)
