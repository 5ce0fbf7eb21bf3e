"""Forgetting which account an erased person paid from, and what they typed."""

from __future__ import annotations

from django.db import transaction

from commonweal.banking.models import BankLine
from commonweal.foundation.errors import NotAllowed
from commonweal.giving import queries as giving
from commonweal.giving.models import Contribution
from commonweal.people import policies as people
from commonweal.people.models import Party


@transaction.atomic
def forget_payer(*, person: Party, by: Party | None) -> None:
    """Delete what lines say of a person whose gifts they were; that the money came stays.

    The bank's own file stays as it came: a host has to keep it as long as the law says.
    """
    if by is not None and not people.may_erase(by, person):
        raise NotAllowed
    gifts = Contribution.objects.filter(contributor=person.pk)
    subjects = [giving.subject_of(one) for one in gifts]
    lines = BankLine.objects.filter(matches__charge__subject__in=subjects).values("pk")
    BankLine.objects.filter(pk__in=lines).update(said="", payer="")
