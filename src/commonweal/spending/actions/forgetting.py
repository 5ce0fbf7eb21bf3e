"""Forgetting where an erased person was paid."""

from __future__ import annotations

from django.db import transaction

from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.people import policies as people
from commonweal.people.models import Party
from commonweal.spending.models import PayoutMethod, Unsent


@transaction.atomic
def forget_accounts(*, person: Party, by: Party | None) -> None:
    """Delete a person's drafts and bank accounts; one that money was asked for is retired.

    It stays, encrypted: a host has to prove whom it paid for as long as the law says.
    """
    if by is not None and not people.may_erase(by, person):
        raise NotAllowed
    Unsent.objects.filter(person=person.pk).delete()
    own = PayoutMethod.objects.filter(party=person.pk)
    own.filter(expense=None).delete()
    own.filter(retired_at=None).update(retired_at=clock.now())
