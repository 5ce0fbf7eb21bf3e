"""What was asked for before: the same paper, one that looks alike, the same invoice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import QuerySet

from commonweal.foundation.looks import alike
from commonweal.spending.models import Approval, Expense, PayoutMethod, Receipt

# One that was never sent, taken back or refused asks for nothing.
_DEAD = [Expense.Status.DRAFT, Expense.Status.WITHDRAWN, Expense.Status.DECLINED]
# Beside one picture stand few that may look alike; beside very many we look at the newest.
_MOST_COMPARED = 5000


def with_the_same_paper(expenses: Sequence[Expense]) -> tuple[set[int], set[int]]:
    """Return those whose very paper stands on another expense, and those where it looks alike."""
    mine = _receipts().filter(expense__in=[one.pk for one in expenses])
    papers = [(owner, bytes(digest), bands) for owner, digest, bands in mine]
    by_digest: dict[bytes, set[int]] = defaultdict(set)
    for owner, digest, _bands in _receipts().filter(sha256__in={one[1] for one in papers}):
        by_digest[bytes(digest)].add(owner)
    same = {owner for owner, digest, _bands in papers if by_digest[digest] - {owner}}
    wanted = sorted({band for _owner, _digest, bands in papers for band in bands})
    near = _receipts().filter(bands__overlap=wanted).order_by("-pk")[:_MOST_COMPARED]
    found = list(near) if wanted else []
    looking = {
        owner
        for owner, _digest, bands in papers
        if any(other != owner and alike(bands, theirs) for other, _sum, theirs in found)
    }
    return same, looking - same


def with_the_same_invoice(expenses: Sequence[Expense]) -> set[int]:
    """Return those with an invoice that its payee has asked for before, of the same amount."""
    numbered = [one for one in expenses if one.invoice_number]
    known = Expense.objects.exclude(status__in=_DEAD).filter(
        payee__in={one.payee_id for one in numbered},
        invoice_number__in={one.invoice_number for one in numbered},
    )
    facts = known.values_list("pk", "payee_id", "invoice_number", "amount_minor", "currency")
    users: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for number, *invoice in facts if numbered else ():
        users[tuple(invoice)].add(number)
    return {
        one.pk
        for one in numbered
        if users[one.payee_id, one.invoice_number, one.amount_minor, one.currency] - {one.pk}
    }


def agreed_by_its_account(expenses: Sequence[Expense]) -> set[int]:
    """Return those to which somebody agreed who is paid on the same account.

    Only masks can be searched; the few numbers behind the same mask are compared here.
    """
    accounts = {one.pk: one.payout_method for one in expenses if one.payout_method}
    agreed = list(
        Approval.objects.filter(expense__in=accounts).values_list("expense_id", "approver_id")
    )
    own = PayoutMethod.objects.filter(
        party__in={approver for _expense, approver in agreed},
        mask__in={one.mask for one in accounts.values()},
    )
    numbers = {(one.party_id, one.iban) for one in own} if agreed else set()
    return {
        expense for expense, approver in agreed if (approver, accounts[expense].iban) in numbers
    }


def _receipts() -> QuerySet[Receipt, tuple[int, bytes | memoryview, list[int]]]:
    living = Receipt.objects.exclude(expense__status__in=_DEAD)
    return living.values_list("expense_id", "sha256", "bands")
