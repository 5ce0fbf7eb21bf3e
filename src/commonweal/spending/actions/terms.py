"""What a host or a group asks before it pays."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from commonweal.activity import actions as activity
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.foundation.money import Money
from commonweal.ledger.models import FIRST_OUTGOING
from commonweal.people.models import Party
from commonweal.spending import policies
from commonweal.spending.models import ExpenseTerms
from commonweal.spending.rules import agreeing


class NoSuchRule(Refused):
    """An amount is above zero, days are at least one, and categories are those of the chart."""

    status = 422


@transaction.atomic
def set_expense_terms(
    *,
    party: Party,
    currency: str,
    by: Party,
    two_from: Money | None = None,
    accountant_from: Money | None = None,
    receipt_from: Money | None = None,
    within_days: int | None = None,
    categories: Iterable[int] = (),
) -> ExpenseTerms:
    """Say what a host or a group asks before it pays, from now on; None: nothing of it."""
    if not policies.may_set_expense_terms(by, party):
        raise NotAllowed
    chosen = sorted(set(categories))
    _refuse_nonsense((two_from, accountant_from, receipt_from), currency, within_days, chosen)
    terms, _ = ExpenseTerms.objects.update_or_create(
        party_id=party.pk,
        defaults={
            "currency": currency,
            "two_from_minor": two_from.minor if two_from else None,
            "accountant_from_minor": accountant_from.minor if accountant_from else None,
            "receipt_from_minor": receipt_from.minor if receipt_from else None,
            "within_days": within_days,
            "categories": chosen,
        },
    )
    activity.record("expense_terms.set", subject=f"party:{party.pk}", party=party.pk, by=by.pk)
    return terms


def _refuse_nonsense(
    limits: Iterable[Money | None], currency: str, days: int | None, categories: Iterable[int]
) -> None:
    if any(one is not None and (one.currency, one.minor > 0) != (currency, True) for one in limits):
        raise NoSuchRule
    if days is not None and not 1 <= days <= agreeing.MOST_DAYS:
        raise NoSuchRule
    if any(one < FIRST_OUTGOING for one in categories):
        raise NoSuchRule
