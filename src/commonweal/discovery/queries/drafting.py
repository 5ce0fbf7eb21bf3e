"""Playbooks and money: a first draft made of what a group really paid, and what one comes to."""

from __future__ import annotations

from commonweal.collectives.models import Activity
from commonweal.collectives.rules import Size
from commonweal.foundation.money import Money
from commonweal.giving.models import Tier
from commonweal.knowledge.rules import FORMAT, Document, costs_by_category
from commonweal.ledger.models import Category, Chart
from commonweal.spending import queries as spending

_LONGEST_LINE = 300
_LONGEST_TEXT = 1000
_MOST_LINES = 100
_FARTHEST_DAYS = 730


def drafted(activity: Activity) -> Document:
    """Return a playbook with what an activity paid: each price is what was really paid.

    Things to do stand at the day on which they were paid for. Who was paid is not in it.
    """
    group = activity.organizer
    bought = spending.paid_items(activity)[:_MOST_LINES]
    slugs = dict(Category.objects.values_list("pk", "slug"))
    days = [(item.spent_on - activity.starts_on).days for item in bought]
    return {
        "format": FORMAT,
        "title": _line(activity.series or activity.name),
        "purpose": _line(activity.about or group.about or activity.name, _LONGEST_TEXT),
        "language": group.language[:2],
        "license": "CC-BY-4.0",
        "theme": activity.theme_id or "",
        "authors": [_line(group.name)],
        "people": activity.attendance or 1,
        "currency": group.currency,
        "checklist": [
            {"days": day, "what": _line(item.expense.title)}
            for day, item in sorted(zip(days, bought, strict=True), key=lambda pair: pair[0])
            if abs(day) <= _FARTHEST_DAYS
        ],
        "roles": [],
        "budget": [
            {
                "what": _line(item.expense.title),
                "category": slugs.get(item.category_id, slugs[Chart.OTHER_SPENDING]),
                "quantity": 1,
                "unit_price": item.amount_minor,
                "driver": "fixed",
            }
            for item in bought
            if item.category_id != Chart.TRANSFERS_OUT
        ],
        "tiers": _tiers(group.pk),
        "sponsors": [],
        "legal": [],
        "lessons": [],
    }


def playbook_costs(document: Document, size: Size) -> dict[int, Money]:
    """Return what a playbook's budget comes to by category, for a group of another size."""
    people = max(1, document["people"] * size // 100)
    ids = dict(Category.objects.values_list("slug", "pk"))
    costs = costs_by_category(document, people)
    return {ids[slug]: Money(minor, document["currency"]) for slug, minor in costs.items()}


def _tiers(group: int) -> list[dict[str, object]]:
    rows = Tier.objects.filter(collective=group, archived_at=None).order_by("pk")[:20]
    return [
        {"name": _line(row.name), "amount": row.amount_minor, "what": _line(row.description)}
        for row in rows
        if row.amount_minor
    ]


def _line(text: str, longest: int = _LONGEST_LINE) -> str:
    """Return a text on one line that is not too long."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:longest]
