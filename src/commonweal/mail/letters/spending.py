"""Letters about expenses: to who decides, then to who asked."""

from __future__ import annotations

from dataclasses import replace

from django.utils.functional import Promise

from commonweal.activity.models import Fact
from commonweal.foundation.money import Money
from commonweal.mail.letters.table import NOBODY, Addressee, Entry, Told, everywhere, number_in, to
from commonweal.people.models import Party
from commonweal.people.queries import admins
from commonweal.spending import queries as spending
from commonweal.spending.models import AccountRequest, Expense, PayoutMethod, ReturnReason
from commonweal.spending.policies.moves import Standing


def _to_approvers(fact: Fact) -> Told:
    """Tell those who may agree and have not; the page that the link opens has the button."""
    expense = _expense(fact)
    people = Standing(None, expense).approvers
    told = _told(fact, expense, to(*(one for one in people.values() if one.pk != fact.by_id)))
    by = Party.objects.filter(pk=fact.by_id or 0).first()
    return replace(told, context={**(told.context or {}), "who": by.name if by else ""})


def _to_both_groups(fact: Fact) -> Told:
    """Tell who filed a grant and who runs the group that got it."""
    expense = _expense(fact)
    people = to(expense.author, *admins(expense.payee))
    return _told(fact, expense, people)


def _to_author(fact: Fact) -> Told:
    expense = _expense(fact)
    concerned = [expense.author] if expense.author_id != fact.by_id else []
    return _told(fact, expense, to(*concerned))


def _to_author_and_payee(fact: Fact) -> Told:
    expense = _expense(fact)
    return _told(fact, expense, to(expense.author, expense.payee))


def _to_owners_everywhere(fact: Fact) -> Told:
    """Tell the owners of an account at each address of theirs, also one they used before."""
    method = PayoutMethod.objects.select_related("party").get(pk=number_in(fact))
    before = (
        PayoutMethod.objects.filter(party=method.party_id, pk__lt=method.pk).order_by("-pk").first()
    )
    party = method.party
    reached = tuple(one for owner in _owners(party) for one in everywhere(owner))
    return Told(reached, {"method": method, "before": before, "party": party})


def _owners(party: Party) -> list[Party]:
    """Return who looks after an account; after a supplier's its group does."""
    if party.kind == Party.Kind.PERSON:
        return [party]
    supplier = getattr(party, "supplier", None)
    return list(admins(supplier.collective if supplier else party))


def _to_the_guest(fact: Fact) -> Told:
    """Ask a guest where to pay them; nobody where they have said so meanwhile."""
    asked = _asked(fact)
    if asked.answered_at is not None:
        return NOBODY
    return Told(to(asked.payee), {"asked": asked, "token": spending.account_token(asked)})


def _to_who_asked(fact: Fact) -> Told:
    asked = _asked(fact)
    return Told(to(asked.asked_by), {"asked": asked})


def _asked(fact: Fact) -> AccountRequest:
    found = AccountRequest.objects.select_related("payee", "collective", "asked_by")
    return found.get(pk=number_in(fact))


def _expense(fact: Fact) -> Expense:
    found = Expense.objects.select_related("collective", "author", "payee", "payout_method")
    return found.get(pk=number_in(fact))


def _told(fact: Fact, expense: Expense, people: tuple[Addressee, ...]) -> Told:
    context = {
        "expense": expense,
        "amount": Money(expense.amount_minor, expense.currency),
        "note": fact.note,
        "because": _because(fact.data.get("code", "")),
        "payouts": spending.payouts(expense),
    }
    return Told(people, context)


def _because(code: str) -> str | Promise:
    """Return why a bank sent money back, in the words of whoever reads the letter."""
    return ReturnReason(code).label if code in ReturnReason.values else ""


LETTERS = {
    "expense.submitted": Entry("expense_submitted", _to_approvers),
    "expense.agreed": Entry("expense_agreed", _to_approvers),
    "expense.changes_asked": Entry("expense_changes_asked", _to_author),
    "expense.held": Entry("expense_held", _to_author),
    "expense.passed_on": Entry("expense_passed_on", _to_both_groups),
    "expense.approved": Entry("expense_approved", _to_author),
    "expense.declined": Entry("expense_declined", _to_author),
    "expense.repeated": Entry("expense_repeated", _to_author),
    "expense.paid": Entry("expense_paid", _to_author_and_payee),
    "expense.unpaid": Entry("expense_unpaid", _to_author_and_payee),
    "expense.bounced": Entry("expense_returned", _to_author_and_payee),
    "payout_method.asked": Entry("account_asked", _to_the_guest),
    "payout_method.given": Entry("account_given", _to_who_asked),
    "payout_method.changed": Entry("account_changed", _to_owners_everywhere),
    "payout_method.verified": Entry("account_verified", _to_owners_everywhere),
}
