"""What every step of a contribution shares: finding it under a lock, and writing it down."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from commonweal.activity.actions import record
from commonweal.collectives.models import Collective
from commonweal.foundation.money import Money
from commonweal.giving import queries, rules
from commonweal.giving.models import Contribution, Tier
from commonweal.ledger.models import Kind
from commonweal.ledger.rules import Private
from commonweal.people.models import Party


def locked(contribution_id: int) -> Contribution:
    """Return a contribution with its parties; nobody else changes it until this is committed."""
    found = Contribution.objects.select_for_update(of=("self",))
    return found.select_related("collective", "contributor", "tier").get(pk=contribution_id)


def write_down(
    kind: str,
    contribution: Contribution,
    *,
    by: Party | None,
    public: bool = False,
    note: str = "",
    amount: Money | None = None,
) -> None:
    """Record a fact about a contribution; who gave incognito is not written in a public one."""
    is_hidden = by is None or (contribution.incognito and public)
    if amount is None:
        amount = Money(contribution.amount_minor, contribution.currency)
    record(
        f"contribution.{kind}",
        subject=queries.subject_of(contribution),
        by=None if is_hidden or by is None else by.pk,
        party=contribution.collective_id,
        public=public,
        note=note,
        amount_minor=amount.minor,
        currency=amount.currency,
    )


def refs(contribution: Contribution) -> dict[str, str]:
    """Return what the ledger's transactions belong to, in public."""
    found = {"contribution": contribution.public_id}
    mark = contribution.activity_id
    return found | {"activity": str(mark)} if mark else found


def described(collective: Collective, tier: Tier | None, *, back: bool = False) -> str:
    """Return what the ledger calls a gift, in the language of the collective."""
    with translation.override(collective.language):
        if back:
            return _("Gift given back")
        return tier.name if tier else _("Gift")


def category_of(contribution: Contribution) -> int:
    """Return the line of the chart that a contribution counts in."""
    return rules.category(
        contributor_kind=contribution.contributor.kind,
        legal_form=contribution.contributor.legal_form,
        tier_kind=contribution.tier.kind if contribution.tier else "",
        interval=contribution.interval,
    )


def in_words(collective: Collective, kind: Kind) -> tuple[Private, ...]:
    """Return what the ledger calls a movement by what it is, in the language of the collective."""
    with translation.override(collective.language):
        return (Private("description", str(kind.label)),)


def facts(contribution: Contribution, description: str) -> tuple[Private, ...]:
    """Return what readers see of a gift beside its amount; incognito leaves the name out."""
    what = Private("description", description)
    if contribution.incognito:
        return (what,)
    giver = contribution.contributor
    return (what, Private("counterparty", giver.name, giver.pk))
