"""Keeping what somebody typed until they send it, and throwing away what nobody came back to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.people.models import Party
from commonweal.spending import policies, queries
from commonweal.spending.models import Unsent

KEPT = timedelta(days=60)
MOST_UNSENT = 20
LARGEST_TYPED = 60_000


class TooMuchTyped(Refused):
    """This is too long to be kept as a draft. Send it, or take some of it out."""

    status = 422


@transaction.atomic
def keep_unsent(
    *,
    key: UUID,
    collective: Collective,
    typed: Sequence[tuple[str, str]],
    papers: Sequence[dict[str, Any]],
    title: str,
    by: Party,
) -> Unsent:
    """Keep a form as it was typed; the oldest of very many makes room."""
    if not policies.may_file(by, collective):
        raise NotAllowed
    text = json.dumps(list(typed))
    if len(text) > LARGEST_TYPED:
        raise TooMuchTyped
    Party.objects.select_for_update(no_key=True).get(pk=by.pk)
    draft = Unsent.objects.filter(key=key).first() or Unsent(key=key, person=by)
    if draft.person_id != by.pk:
        raise NotAllowed
    draft.collective_id, draft.title, draft.typed = collective.pk, title[:120], text
    draft.papers, draft.saved_at = list(papers), clock.now()
    draft.save()
    others = Unsent.objects.filter(person=by).order_by("-saved_at").values_list("key", flat=True)
    Unsent.objects.filter(key__in=list(others[MOST_UNSENT:])).delete()
    return draft


@transaction.atomic
def drop_unsent(*, key: UUID, collective: Collective, by: Party) -> None:
    """Throw a draft of one's own away; nothing happens where it is gone."""
    found = queries.unsent(key, by, collective)
    if found is not None:
        found.delete()
