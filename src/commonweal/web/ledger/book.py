"""The account book of one collective: which pot is shown, and with which filters."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from commonweal.collectives.models import Collective
from commonweal.ledger import queries
from commonweal.ledger.queries import Pot
from commonweal.web.finding import seen_by_reader
from commonweal.web.ledger.forms import FilterForm


@dataclass(frozen=True)
class Book:
    """A collective, its pots (one at each host it had), the one that is open, and the filters."""

    collective: Collective
    pots: list[Pot]
    pot: Pot | None
    form: FilterForm


def opened(request: HttpRequest, slug: str) -> Book:
    """Return the book that an address asks for; the newest pot unless `pot` names another."""
    collective = seen_by_reader(request, slug)
    pots = queries.pots(collective.pk)
    asked = request.GET.get("pot", "")
    chosen = [pot for pot in pots if str(pot.host) == asked] if asked else pots[:1]
    if asked and not chosen:
        raise Http404
    pot = chosen[0] if chosen else None
    currency = pot.balance.currency if pot else collective.currency
    return Book(collective, pots, pot, FilterForm(request.GET, currency=currency))
