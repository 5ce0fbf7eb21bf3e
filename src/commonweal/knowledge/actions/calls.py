"""Calling for help, changing a call and ending it."""

from __future__ import annotations

from django.db import transaction

from commonweal.activity import actions as activity
from commonweal.collectives.models import Activity, Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.knowledge import policies, rules
from commonweal.knowledge.models import Call
from commonweal.knowledge.rules import Need
from commonweal.people.models import Party
from commonweal.places.models import Place
from commonweal.places.queries import plain


class NotOfThisGroup(Refused):
    """This belongs to another group."""

    status = 422


class NoWayBack(Refused):
    """This call is in another state already. Load the page again."""


@transaction.atomic
def write_call(
    *,
    collective: Collective,
    need: Need,
    by: Party,
    activity: Activity | None = None,
    place: Place | None = None,
) -> Call:
    """Ask everybody for help; the place is that of the group where no other is named."""
    if not policies.may_write(by, collective):
        raise NotAllowed
    call = Call(collective=collective, by=by, created_at=clock.now())
    _say(call, need, activity, place)
    call.save()
    _tell("call.written", call, by)
    return call


@transaction.atomic
def edit_call(
    *, call: Call, need: Need, by: Party, activity: Activity | None = None,
    place: Place | None = None,
) -> Call:  # fmt: skip
    """Change what a call says."""
    locked = held(call, by)
    _say(locked, need, activity, place)
    locked.save()
    _tell("call.edited", locked, by)
    return locked


@transaction.atomic
def turn_call(*, call: Call, to: str, by: Party) -> Call:
    """Say that a call is filled, closed, withdrawn, or open again."""
    locked = held(call, by)
    if not rules.may_turn(locked.status, to):
        raise NoWayBack
    locked.status = to
    locked.save(update_fields=["status"])
    _tell("call.opened" if to == Call.Status.OPEN else f"call.{to}", locked, by)
    return locked


def held(call: Call, by: Party) -> Call:
    """Return the call as it stands, held still, to somebody who may write."""
    found = Call.objects.select_related("collective").select_for_update(of=("self",))
    locked = found.get(pk=call.pk)
    if not policies.may_write(by, locked.collective):
        raise NotAllowed
    return locked


def _say(call: Call, need: Need, of: Activity | None, place: Place | None) -> None:
    """Put what is needed into a call."""
    need = rules.proper_need(need, clock.today())
    if of is not None and of.organizer_id != call.collective_id:
        raise NotOfThisGroup
    call.activity, call.place = of, place or call.collective.place
    call.title, call.details, call.skills = need.title, need.details, list(need.skills)
    call.kind, call.quantity, call.needed_by = need.kind, need.quantity, need.needed_by
    said = [need.title, need.details, *need.skills, call.collective.name]
    call.words = plain(" ".join(said))


def _tell(kind: str, call: Call, by: Party) -> None:
    collective = call.collective
    activity.record(
        kind, subject=f"call:{call.pk}", party=collective.pk, by=by.pk,
        public=collective.published_at is not None,
    )  # fmt: skip
