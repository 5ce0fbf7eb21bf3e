"""Setting up this server."""

from __future__ import annotations

from django.db import transaction

from commonweal.activity.actions import record
from commonweal.foundation import clock
from commonweal.foundation.errors import Refused
from commonweal.people import rules
from commonweal.people.actions.persons import sign_up
from commonweal.people.models import Instance, Login, Party
from commonweal.places.models import Place


class AlreadySetUp(Refused):
    """This server is set up already. Sign in instead."""


@transaction.atomic
def set_up(
    *,
    name: str,
    admin_name: str,
    admin_email: str,
    place: Place | None = None,
    run_by: str = "",
    language: str = "en",
    by: Party | None = None,
) -> Login:
    """Name this server and make its first administrator, once."""
    _, fresh = Instance.objects.get_or_create(
        id=1,
        defaults={
            "name": rules.proper_name(name), "place": place, "run_by": run_by,
            "created_at": clock.now(),
        },
    )  # fmt: skip
    if not fresh:
        raise AlreadySetUp
    login = sign_up(email=admin_email, name=admin_name, language=language, by=by)
    login.is_staff = True
    login.save(update_fields=["is_staff"])
    record("instance.set_up", subject="instance:1", by=login.person_id, public=False)
    return login


@transaction.atomic
def sound_alarm(*, found: str, by: Party | None = None) -> None:
    """Show on every page what an audit of the books found wrong, or that it found nothing.

    Whoever runs the server gets a letter when something new was found.
    """
    instance = Instance.objects.select_for_update().filter(pk=1).first()
    if instance is None or instance.alarm == found:
        return
    instance.alarm = found
    instance.alarm_since = clock.now() if found else None
    instance.save(update_fields=["alarm", "alarm_since"])
    kind = "instance.alarm_sounded" if found else "instance.alarm_ended"
    record(kind, subject="instance:1", by=by.pk if by else None, public=False)
