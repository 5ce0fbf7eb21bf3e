"""Who may have, open and give out papers."""

from __future__ import annotations

from commonweal.giving import policies as giving
from commonweal.giving.models import Contribution
from commonweal.hosting import policies as hosting
from commonweal.hosting.models import Host
from commonweal.papers.models import Paper
from commonweal.papers.rules.sheets import is_named
from commonweal.people.models import Party


def may_set_imprint(person: Party | None, host: Host) -> bool:
    """Whether this person may say how a host stands on its papers: the host's admins."""
    return hosting.may_decide(person, host)


def may_give_out(person: Party | None, host: Host) -> bool:
    """Whether this person may give out a year's donation receipts: the host's money handlers."""
    return hosting.may_handle_money(person, host)


def may_have(person: Party | None, holder: Party) -> bool:
    """Whether this person may have somebody's papers and details: whoever gives in that name."""
    return giving.may_give_as(person, holder)


def may_have_receipt(person: Party | None, contribution: Contribution, secret: str = "") -> bool:
    """Whether this person may have the receipts of a gift: its giver, and who has its address.

    What was given incognito only its giver sees, or a guest who has its address. Nothing is
    written any more in the name of somebody who was erased.
    """
    holder = contribution.contributor
    has_address = bool(secret) and secret == contribution.secret
    if holder.erased_at is not None:
        return False
    if giving.is_guest(holder):
        return has_address
    return may_have(person, holder) or (has_address and not contribution.incognito)


def may_open(person: Party | None, paper: Paper, secret: str = "") -> bool:
    """Whether this person may open a paper: its holder, a guest with its address, its host.

    Of what was given incognito the host sees only what it has to tell the tax office.
    """
    holder = paper.holder.claimed_by or paper.holder
    if hosting.may_handle_money(person, paper.host):
        return is_named(paper.kind, incognito=paper.incognito)
    if holder.erased_at is not None:
        return False
    if giving.is_guest(holder):
        return bool(secret) and secret == paper.secret
    return person is not None and may_have(person, holder)
