"""Everything that has a public page, in blocks of ids: no drafts, and no people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Greatest

from commonweal.collectives.models import Activity, Collective
from commonweal.hosting.models import Host
from commonweal.knowledge import queries as knowledge
from commonweal.knowledge.models import PlaybookVersion
from commonweal.places.models import Place

BLOCK = 5_000


@dataclass(frozen=True)
class Block:
    """Things of a kind whose ids lie in one range, and when the last of them changed."""

    kind: str
    number: int
    changed: datetime | None


@dataclass(frozen=True)
class Published:
    """A thing with a page: what its address is made of, and when it changed, if known."""

    names: tuple[str, ...]
    changed: datetime | None


def blocks() -> list[Block]:
    """Return the blocks that hold anything. It reads all ids: whoever asks keeps the answer."""
    found = []
    for kind, rows in _KINDS.items():
        numbered = rows().order_by().annotate(block=(F("pk") - 1) / BLOCK).values("block")
        counted = numbered.annotate(last=Max("changed")).order_by("block")
        found += [Block(kind, row["block"], row["last"]) for row in counted]
    return found


def published(kind: str, number: int) -> list[Published] | None:
    """Return what a block holds, or None where there is no such kind."""
    if kind not in _KINDS:
        return None
    rows = _KINDS[kind]().filter(pk__gt=number * BLOCK, pk__lte=(number + 1) * BLOCK)
    values = rows.order_by("pk").values_list(*_NAMES[kind], "changed")
    return [Published(tuple(map(str, names)), changed) for *names, changed in values]


_UNKNOWN: Any = Value(None, output_field=DateTimeField())


def _groups() -> QuerySet[Any]:
    return Collective.objects.filter(published_at__isnull=False).annotate(changed=_UNKNOWN)


def _activities() -> QuerySet[Any]:
    rows = Activity.objects.filter(organizer__published_at__isnull=False)
    return rows.annotate(changed=_UNKNOWN)


def _updates() -> QuerySet[Any]:
    return knowledge.latest().annotate(changed=Greatest("published_at", "edited_at"))


def _playbooks() -> QuerySet[Any]:
    newest = PlaybookVersion.objects.filter(playbook=OuterRef("pk"), number=OuterRef("latest"))
    return knowledge.public_playbooks().annotate(changed=Subquery(newest.values("at")))


def _places() -> QuerySet[Any]:
    here = Q(place=OuterRef("pk")) | Q(place__parent=OuterRef("pk"))
    groups = Collective.objects.filter(here, published_at__isnull=False)
    return Place.objects.filter(Exists(groups)).annotate(changed=_UNKNOWN)


def _hosts() -> QuerySet[Any]:
    return Host.objects.filter(party__erased_at=None).annotate(changed=_UNKNOWN)


_KINDS: dict[str, Callable[[], QuerySet[Any]]] = {
    "groups": _groups,
    "activities": _activities,
    "updates": _updates,
    "playbooks": _playbooks,
    "places": _places,
    "hosts": _hosts,
}
_NAMES = {
    "groups": ["slug"],
    "activities": ["slug"],
    "updates": ["collective__slug", "number"],
    "playbooks": ["slug"],
    "places": ["slug"],
    "hosts": ["party__slug"],
}
