"""Ways of giving that a collective offers."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from commonweal.activity.actions import record
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.foundation.money import Money
from commonweal.giving import policies, rules
from commonweal.giving.models import Interval, Tier
from commonweal.people.models import Party


@transaction.atomic
def add_tier(
    *,
    collective: Collective,
    name: str,
    amount: Money,
    by: Party,
    description: str = "",
    kind: str = Tier.Kind.DONATION,
    interval: str = Interval.ONCE,
    flexible: bool = False,
    suggestions: Sequence[Money] = (),
) -> Tier:
    """Offer a new way of giving, after the others."""
    if not policies.may_edit_tiers(by, collective):
        raise NotAllowed
    rules.check_amount(amount)
    last = Tier.objects.filter(collective=collective).aggregate(last=Max("position"))["last"]
    tier = Tier.objects.create(
        collective=collective,
        name=name,
        description=description,
        kind=kind,
        interval=interval,
        amount_minor=amount.minor,
        currency=amount.currency,
        flexible=flexible,
        suggestions=[one.minor for one in suggestions],
        position=0 if last is None else last + 1,
        created_at=clock.now(),
    )
    _record("tier.added", tier, by)
    return tier


@transaction.atomic
def edit_tier(
    *, tier: Tier, name: str, description: str, amount: Money, flexible: bool, by: Party
) -> Tier:
    """Change a way of giving; what was promised before stays as it was."""
    if not policies.may_edit_tiers(by, tier.collective):
        raise NotAllowed
    rules.check_amount(amount)
    tier.name, tier.description = name, description
    tier.amount_minor, tier.flexible = amount.minor, flexible
    tier.save(update_fields=["name", "description", "amount_minor", "flexible"])
    _record("tier.edited", tier, by)
    return tier


@transaction.atomic
def archive_tier(*, tier: Tier, by: Party) -> Tier:
    """Stop offering a way of giving; what was given that way stays."""
    if not policies.may_edit_tiers(by, tier.collective):
        raise NotAllowed
    if tier.archived_at is None:
        tier.archived_at = clock.now()
        tier.save(update_fields=["archived_at"])
        _record("tier.archived", tier, by)
    return tier


def _record(kind: str, tier: Tier, by: Party) -> None:
    record(kind, subject=f"tier:{tier.pk}", by=by.pk, party=tier.collective_id, public=False)
