"""Finding the expense that an address names, or saying that there is none."""

from __future__ import annotations

from django.http import Http404

from commonweal.collectives import queries as collectives
from commonweal.people.models import Party
from commonweal.spending import policies, queries
from commonweal.spending.models import Expense
from commonweal.web.finding import seen_by


def expense_or_404(slug: str, number: int, person: Party | None) -> Expense:
    """Return an expense; one that was never handed in is there for its author alone."""
    expense = queries.by_number(seen_by(person, collectives.by_slug(slug)), number)
    if expense is None:
        raise Http404
    if not policies.may_see(person, expense):
        raise Http404
    return expense
