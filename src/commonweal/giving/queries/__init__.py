"""Questions about giving: what a gift does, who gave, what is waited for."""

from __future__ import annotations

from django.db.models import QuerySet

from commonweal.collectives.models import Collective
from commonweal.giving.models import Tier
from commonweal.giving.queries.charges import (
    ID_LENGTH,
    SUBJECT,
    PaidElsewhere,
    arrivals_of,
    charge_of,
    charges,
    come_of,
    contribution,
    contribution_named,
    contribution_of,
    contributions_of,
    going_back,
    id_in,
    settlement,
    settlement_key,
    subject_of,
    wants_mandate,
)
from commonweal.giving.queries.quoting import (
    NoRate,
    NotHosted,
    Quote,
    hosting_of,
    misconverted,
    quote,
    quote_of,
    rate_for,
    rate_now,
    shares_back,
)
from commonweal.giving.queries.recurring import (
    contribution_by_token,
    declined,
    due_to_bill,
    gifts_that_come_again,
    letter_token,
    may_be_missed,
    opens,
    repeats,
    standing_order,
    taken_periods,
    to_resume,
    waits_for_transfer,
    without_group,
)
from commonweal.giving.queries.waiting import (
    Waiting,
    waiting_count,
    waiting_returns,
    waiting_transfers,
)

__all__ = [
    "ID_LENGTH",
    "SUBJECT",
    "NoRate",
    "NotHosted",
    "PaidElsewhere",
    "Quote",
    "Waiting",
    "arrivals_of",
    "charge_of",
    "charges",
    "come_of",
    "contribution",
    "contribution_by_token",
    "contribution_named",
    "contribution_of",
    "contributions_of",
    "declined",
    "due_to_bill",
    "gifts_that_come_again",
    "going_back",
    "hosting_of",
    "id_in",
    "letter_token",
    "may_be_missed",
    "misconverted",
    "opens",
    "quote",
    "quote_of",
    "rate_for",
    "rate_now",
    "repeats",
    "settlement",
    "settlement_key",
    "shares_back",
    "standing_order",
    "subject_of",
    "taken_periods",
    "tiers_of",
    "to_resume",
    "waiting_count",
    "waiting_returns",
    "waiting_transfers",
    "waits_for_transfer",
    "wants_mandate",
    "without_group",
]


def tiers_of(collective: Collective) -> QuerySet[Tier]:
    """Return the ways of giving that a collective offers now, in its order."""
    return Tier.objects.filter(collective=collective, archived_at=None)
