"""Letters about groups that learn from each other."""

from __future__ import annotations

from commonweal.activity.models import Fact
from commonweal.collectives.models import Lineage
from commonweal.mail.letters.table import Entry, Told, number_in, to_admins


def _taken_up(fact: Fact) -> Told:
    """Tell the admins of the group that somebody started from."""
    rows = Lineage.objects.select_related("collective", "source")
    lineage = rows.get(pk=number_in(fact))
    people = to_admins(lineage.source, but=[fact.by_id])
    return Told(people, {"made": lineage.collective, "source": lineage.source})


LETTERS = {"collective.taken_up": Entry("baton_taken", _taken_up)}
