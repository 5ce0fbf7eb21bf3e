"""People joining, and the address they are reached at."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from commonweal.activity.actions import record
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.people import queries, rules
from commonweal.people.actions.parties import add_party
from commonweal.people.models import Login, Party


class AddressTaken(Refused):
    """Somebody signs in with this e-mail address already. Sign in with it, or use another."""


@transaction.atomic
def sign_up(*, email: str, name: str, language: str = "en", by: Party | None = None) -> Login:
    """Make a person with a login. Whether the address is theirs, a mailed code must show."""
    email = rules.proper_address(email)
    if queries.login_by_email(email):
        raise AddressTaken
    person = add_party(model=Party, kind=Party.Kind.PERSON, name=name, language=language, by=by)
    login = Login(email=email, person=person, joined_at=clock.now())
    login.set_unusable_password()
    _keep(login)
    record(
        "person.joined", subject=f"party:{person.pk}", by=by.pk if by else person.pk,
        party=person.pk, public=False,
    )  # fmt: skip
    return login


@transaction.atomic
def change_email(*, login: Login, email: str, by: Party | None) -> Login:
    """Sign in with another address from now on; a mailed code has shown that it is theirs."""
    if by is not None and by.pk != login.person_id:
        raise NotAllowed
    other = queries.login_by_email(email)
    if other is not None and other.pk != login.pk:
        raise AddressTaken
    login.email = rules.proper_address(email)
    _keep(login)
    subject = f"party:{login.person_id}"
    actor = by.pk if by else None
    record("person.moved_address", subject=subject, by=actor, party=login.person_id, public=False)
    return login


def _keep(login: Login) -> None:
    try:
        with transaction.atomic():
            login.save()
    except IntegrityError as error:
        raise AddressTaken from error
