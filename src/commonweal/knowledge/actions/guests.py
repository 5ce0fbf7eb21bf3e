"""Whose an address is that somebody has just proved, and forgetting those that nobody proved."""

from __future__ import annotations

from django.db import transaction

from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed
from commonweal.knowledge import rules
from commonweal.knowledge.models import Answer, HelpGiven
from commonweal.people import actions as people
from commonweal.people.models import Party
from commonweal.people.queries import login_by_email


def whose(email: str, name: str, language: str) -> Party:
    """Return who signs in with a proved address, or else the guest of this address and name."""
    login = login_by_email(email)
    if login and login.is_active:
        return login.person
    return people.ensure_guest(email=email, name=name, language=language or "en")


@transaction.atomic
def forget_unproved(*, by: Party | None) -> int:
    """Delete answers and thanks whose links ran out before anybody opened the letter."""
    if by is not None:
        raise NotAllowed
    now = clock.now()
    answers = Answer.objects.filter(
        status=Answer.Status.UNPROVED, created_at__lt=now - rules.ANSWER_LINK_LASTS
    )
    thanks = HelpGiven.objects.filter(
        helper=None, created_at__lt=now - rules.THANKS_LINK_LASTS
    )  # fmt: skip
    return answers.delete()[0] + thanks.delete()[0]
