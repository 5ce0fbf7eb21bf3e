"""Starting from a group or a playbook: its structure is copied, never its people or its money."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict

from django.db import transaction

from commonweal.collectives import actions as collectives
from commonweal.collectives import rules
from commonweal.collectives.models import Collective, Goal, Theme
from commonweal.discovery import queries
from commonweal.discovery.models import Handover
from commonweal.discovery.queries import Proposal, Way
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

    Prices are those of many groups near the place where there are enough, for a group of another
    `size`; where there are any, their sum becomes a yearly goal with the title `goal`. How the
    source does it comes along too.
    """
    about_what = list(themes)
    made = collectives.start(
        name=name, about=about, place=place, themes=about_what, tags=source.tags,
        currency=source.currency, language=language, by=by,
    )  # fmt: skip
    collectives.note_source(collective=made, source=source, by=by)
    for tier in Tier.objects.filter(collective=source, archived_at=None, pk__in=tiers):
        _copy(tier, made, by)
    theme = about_what[0] if about_what else None
    plan = queries.proposal(source, theme, place, size)
    _hand_over(made, queries.way_of(source, theme), plan, goal, by)
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

    The budget is that of another `size`, which changes what each person costs and no more. Prices
    are those of many groups near the place where there are enough.
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
    plan = queries.playbook_proposal(playbook, document, place, size)
    _hand_over(made, queries.way_in(playbook, document), plan, goal, by)
    return made


def _hand_over(made: Collective, way: Way, plan: Proposal, goal: str, by: Party) -> None:
    """Plan costs by category, make their sum a yearly goal, and keep what else came along."""
    Handover.objects.create(
        collective=made, playbook=way.playbook, checklist=way.checklist, roles=way.roles,
        prices=[asdict(one) for one in plan.prices], within=plan.within or "",
    )  # fmt: skip
    costs = plan.costs(made.currency)
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
