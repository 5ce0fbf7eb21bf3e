"""Starting from a group or a playbook: its structure is copied, never its people or its money."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction

from commonweal.collectives import actions as collectives
from commonweal.collectives import rules
from commonweal.collectives.models import Collective, Goal, Theme
from commonweal.discovery import queries
from commonweal.foundation.money import Money
from commonweal.giving import actions as giving
from commonweal.giving.models import Tier
from commonweal.knowledge import queries as knowledge
from commonweal.knowledge.models import Playbook
from commonweal.people.models import Party
from commonweal.places.models import Place


@transaction.atomic
def start_from(
    *,
    source: Collective,
    name: str,
    about: str,
    place: Place,
    themes: Iterable[Theme],
    tiers: Collection[int],
    size: rules.Size,
    goal: str,
    by: Party,
    language: str = "en",
) -> Collective:
    """Start a draft with the tags, the chosen tiers and a year's costs of a source.

    Costs are those of the source's last twelve months, for a group of another `size`; where there
    are any, their sum becomes a yearly goal with the title `goal`.
    """
    made = collectives.start(
        name=name, about=about, place=place, themes=themes, tags=source.tags,
        currency=source.currency, language=language, by=by,
    )  # fmt: skip
    collectives.note_source(collective=made, source=source, by=by)
    for tier in Tier.objects.filter(collective=source, archived_at=None, pk__in=tiers):
        _copy(tier, made, by)
    costs = {
        category: rules.for_size(amount, size)
        for category, amount in queries.yearly_costs(source).items()
    }
    _plan(made, costs, goal, by)
    return made


@transaction.atomic
def start_from_playbook(
    *,
    playbook: Playbook,
    name: str,
    about: str,
    place: Place,
    themes: Iterable[Theme],
    tiers: Collection[int],
    size: rules.Size,
    goal: str,
    by: Party,
    language: str = "en",
) -> Collective:
    """Start a draft with the chosen tiers of a playbook and its budget, by the place of each.

    The budget is that of another `size`, which changes what each person costs and no more.
    """
    document = knowledge.document(playbook)
    made = collectives.start(
        name=name, about=about, place=place, themes=themes, currency=document["currency"],
        language=language, by=by,
    )  # fmt: skip
    collectives.note_source(collective=made, source=playbook.collective, by=by)
    for at, tier in enumerate(document["tiers"]):
        if at in tiers:
            giving.add_tier(
                collective=made, name=tier["name"], description=tier["what"], by=by,
                amount=Money(tier["amount"], made.currency),
            )  # fmt: skip
    _plan(made, queries.playbook_costs(document, size), goal, by)
    return made


def _plan(made: Collective, costs: dict[int, Money], goal: str, by: Party) -> None:
    """Plan costs by category and make their sum a yearly goal, where there are any."""
    if not costs:
        return
    collectives.plan_costs(collective=made, costs=costs, by=by)
    whole = sum(costs.values(), Money(0, made.currency))
    collectives.add_goal(collective=made, title=goal, amount=whole, per=Goal.Per.YEAR, by=by)


def _copy(tier: Tier, made: Collective, by: Party) -> None:
    giving.add_tier(
        collective=made,
        name=tier.name,
        description=tier.description,
        amount=Money(tier.amount_minor, tier.currency),
        kind=tier.kind,
        interval=tier.interval,
        flexible=tier.flexible,
        suggestions=[Money(minor, tier.currency) for minor in tier.suggestions],
        by=by,
    )
