"""Who may collect money for a host."""

from __future__ import annotations

from commonweal.hosting import policies as hosting
from commonweal.hosting.models import Host
from commonweal.payments.models import CollectRun, CollectTerms
from commonweal.people.models import Party


def may_collect(person: Party | None, host: Host) -> bool:
    """Whether this person may choose what a host collects together: who handles its money."""
    return hosting.may_handle_money(person, host)


def may_release(person: Party | None, run: CollectRun) -> bool:
    """Whether this person may let a collection run go.

    Where the host wants two persons, it is another one than who prepared it.
    """
    if person is None or not may_collect(person, run.host):
        return False
    wants_two = CollectTerms.objects.filter(host=run.host_id, second_person=True).exists()
    return person.pk != run.created_by_id or not wants_two


def may_set_terms(person: Party | None, host: Host) -> bool:
    """Whether this person may say how a host collects: its admins."""
    return hosting.may_decide(person, host)
