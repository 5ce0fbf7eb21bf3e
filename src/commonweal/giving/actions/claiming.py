"""Guests who sign in after all: what they gave becomes theirs."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from commonweal.giving.models import Contribution, Support
from commonweal.people.actions import claim_guest
from commonweal.people.models import Login, Party


@transaction.atomic
def claim(*, login: Login, by: Party | None) -> int:
    """Hand over what guests of this login's address gave; return how many gifts that were.

    Only an address that the login has proved counts, so it is never asked for here.
    """
    claim_guest(login=login, by=by)
    guests = Party.objects.filter(claimed_by=login.person)
    for support in Support.objects.select_for_update().filter(contributor__in=guests):
        _merge(support, login.person)
    rows = Contribution.objects.filter(contributor__in=guests)
    Contribution.objects.filter(given_by__in=guests).update(given_by=login.person)
    return rows.update(contributor=login.person)


def _merge(support: Support, person: Party) -> None:
    """Add a guest's line on the wall to the person's own."""
    own = Support.objects.filter(
        collective=support.collective_id, contributor=person, incognito=support.incognito
    )
    merged = own.update(
        total_minor=F("total_minor") + support.total_minor, times=F("times") + support.times
    )
    if merged:
        support.delete()
    else:
        support.contributor = person
        support.save(update_fields=["contributor"])
