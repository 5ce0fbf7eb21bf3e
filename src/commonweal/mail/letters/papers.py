"""Letters about a year's donation receipts: yours is here, or what it still needs."""

from __future__ import annotations

from commonweal.activity.models import Fact
from commonweal.giving.models import Contribution
from commonweal.mail.letters.table import NOBODY, Addressee, Entry, Told, number_in, to, to_admins
from commonweal.papers import queries
from commonweal.papers.models import Paper, Round
from commonweal.people.models import Party


def _given_out(fact: Fact) -> Told:
    """Tell whoever has one now; other papers were asked for by whoever has them."""
    if fact.by_id is not None or fact.data.get("of") not in queries.DONATIONS:
        return NOBODY
    paper = Paper.objects.select_related("host__party", "holder").get(pk=number_in(fact))
    return Told(_people(paper.holder), {"paper": paper, "code": queries.code(paper)})


def _wanted(fact: Fact) -> Told:
    """Ask a giver how they want to stand on their donation receipt."""
    begun = Round.objects.select_related("host__party").get(pk=number_in(fact))
    party = Party.objects.get(pk=fact.party_id or 0)
    if party.erased_at is not None:
        return NOBODY
    path = f"papers/details/{party.slug}"
    if queries.is_guest(party):
        gifts = Contribution.objects.filter(contributor=party).exclude(settled_at=None)
        path = f"contributions/{gifts.latest('pk').secret}/details"
    return Told(_people(party), {"round": begun, "path": path})


def _people(party: Party) -> tuple[Addressee, ...]:
    return to_admins(party) if party.kind == Party.Kind.ORGANIZATION else to(party)


LETTERS = {
    "paper.given_out": Entry("paper_given_out", _given_out),
    "details.wanted": Entry("details_wanted", _wanted),
}
