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
