"""What came along when a group started from another one, in words: prices, steps and roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.collectives.models import Activity, Collective
from commonweal.discovery.models import Handover
from commonweal.discovery.queries import Within
from commonweal.discovery.rules import Price
from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.knowledge.models import Playbook
from commonweal.ledger.models import Category
from commonweal.places.models import Place
from commonweal.web import formats
from commonweal.web.collectives.planned import Line


@dataclass(frozen=True)
class Step:
    """Something to do: on a day once the first thing is planned, until then so many days away."""

    what: str
    days: int
    on: date | None


@dataclass(frozen=True)
class Handed:
    """What a group was handed, for its desk."""

    source: Collective
    playbook: Playbook | None
    steps: list[Step]
    roles: list[dict[str, Any]]
    costs: list[Line]
    first: Activity | None


def handed_to(collective: Collective) -> Handed | None:
    """Return what a group was handed when it started, or None if it started from nothing."""
    rows = Handover.objects.select_related("playbook", "collective__lineage__source")
    kept = rows.filter(collective=collective.pk).first()
    if kept is None:
        return None
    source = kept.collective.lineage.source
    ahead = collective.activities.filter(starts_on__gte=clock.today()).order_by("starts_on", "pk")
    first = ahead.first() if kept.checklist else None
    return Handed(
        source=source,
        playbook=kept.playbook,
        steps=[_step(one, first) for one in sorted(kept.checklist, key=lambda one: one["days"])],
        roles=kept.roles,
        costs=lines(
            [Price(**one) for one in kept.prices], Within(kept.within) if kept.within else None,
            source=source.name, place=collective.place, currency=collective.currency,
        ),
        first=first,
    )  # fmt: skip


def lines(
    prices: Iterable[Price], within: Within | None, *, source: str, place: Place | None,
    currency: str,
) -> list[Line]:  # fmt: skip
    """Return planned costs, each with a note of where its price comes from."""
    return [
        Line(
            str(Category(id=one.category)),
            Money(one.minor, currency),
            _from_many(one, _where(within, place), source, currency)
            if one.groups
            else _("what %(name)s paid") % {"name": source},
        )
        for one in prices
    ]


def _from_many(price: Price, where: str, source: str, currency: str) -> str:
    median = formats.amount(Money(price.median, currency), whole=True)
    many = ngettext(
        "%(times)s time %(price)s, the middle of %(groups)s groups %(where)s",
        "%(times)s times %(price)s, the middle of %(groups)s groups %(where)s",
        price.times,
    ) % {
        "times": formats.number(price.times), "price": median,
        "groups": formats.number(price.groups), "where": where,
    }  # fmt: skip
    if not price.besides:
        return many
    besides = formats.amount(Money(price.besides, currency), whole=True)
    return _("%(many)s; and %(amount)s that %(name)s paid besides") % {
        "many": many, "amount": besides, "name": source,
    }  # fmt: skip


def _where(within: Within | None, place: Place | None) -> str:
    """Return how far away the groups are, to follow the word groups."""
    if place and within in {Within.CITY, Within.AROUND}:
        city = place.city
        name = formats.local(city.names, city.name)
        said = _("in %(city)s") if within == Within.CITY else _("around %(city)s")
        return said % {"city": name}
    return _("in the country") if within == Within.COUNTRY else _("anywhere")


def _step(kept: dict[str, Any], first: Activity | None) -> Step:
    on = first.starts_on + timedelta(days=kept["days"]) if first else None
    return Step(kept["what"], kept["days"], on)
