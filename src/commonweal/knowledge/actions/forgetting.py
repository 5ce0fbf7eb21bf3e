"""Forgetting what an erased person offered and gave: hours stay, whose they were goes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from commonweal.foundation.errors import NotAllowed
from commonweal.knowledge.actions.answers import end_answer
from commonweal.knowledge.models import Answer, HelpGiven, HelpLettersStopped
from commonweal.people import policies as people
from commonweal.people.models import Party


@transaction.atomic
def forget_help(*, person: Party, addresses: Iterable[str], by: Party | None) -> None:
    """Take a person's words and addresses out of answers and help; what is not counted ends."""
    if by is not None and not people.may_erase(by, person):
        raise NotAllowed
    unproved = Q()
    for address in addresses:
        unproved |= Q(email__iexact=address)
    if unproved:
        Answer.objects.filter(unproved).delete()
        HelpGiven.objects.filter(unproved).delete()
    theirs = Q(helper=person.pk) | Q(helper__claimed_by=person.pk)
    living = Q(status__in=[Answer.Status.WAITING, Answer.Status.ACCEPTED])
    for answer in Answer.objects.filter(theirs & living).select_for_update(of=("self",)):
        end_answer(answer)
    Answer.objects.filter(theirs).update(words="", note="", named=False)
    given = HelpGiven.objects.filter(theirs)
    given.update(what="", named=False)
    given.filter(status=HelpGiven.Status.WAITING).update(status=HelpGiven.Status.TAKEN_BACK)
    HelpLettersStopped.objects.filter(person=person.pk).delete()
