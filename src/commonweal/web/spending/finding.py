"""Finding what an address names, or saying that there is nothing."""

from __future__ import annotations

from django.http import Http404

from commonweal.collectives import queries as collectives
from commonweal.collectives.models import Collective
from commonweal.people.models import Party
from commonweal.spending import policies, queries
from commonweal.spending.models import Expense


def collective_or_404(slug: str) -> Collective:
    """Return the collective with this slug."""
    found = collectives.by_slug(slug)
    if found is None:
        raise Http404
    return found


def expense_or_404(slug: str, number: int, person: Party | None) -> Expense:
    """Return an expense; one that was never handed in is there for its author alone."""
    expense = queries.by_number(collective_or_404(slug), number)
    if expense is None:
        raise Http404
    if not policies.may_see(person, expense):
        raise Http404
    return expense
