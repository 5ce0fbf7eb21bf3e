"""Asking somebody who wishes it, answering, refusing, and what happens to letters not okay."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from commonweal.activity import actions as activity
from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.knowledge import policies, queries, rules
from commonweal.knowledge.actions.wishing import close_wish
from commonweal.knowledge.models import Ask, AskingPause, Wish
from commonweal.people import policies as people
from commonweal.people.models import Party


class AlreadyAnswered(Refused):
    """This letter was answered already."""


class WasRefused(Refused):
    """You said that you want no letters from this group."""


@transaction.atomic
def ask(*, collective: Collective, whom: Party, words: str, by: Party) -> Ask:
    """Write to somebody who wishes to be asked by such groups.

    Both are held still: two admins, or two groups, must not both believe that they are the last.
    """
    group = _held(collective)
    if not policies.may_ask(by, group):
        raise NotAllowed
    words, now = rules.proper_ask(words), clock.now()
    wishes = Wish.objects.select_related("party", "place").select_for_update(of=("self",))
    wish = wishes.filter(party=whom.pk).first()
    refusal = rules.group_refusal(queries.standing(group), now) or rules.addressee_refusal(
        queries.reception(wish, group), now
    )
    if refusal is not None:
        raise refusal
    letter = Ask.objects.create(
        collective=group, addressee_id=whom.pk, author=by, words=words, sent_at=now
    )
    _tell("ask.sent", letter, by)
    return letter


@transaction.atomic
def answer_ask(*, ask: Ask, words: str, by: Party) -> Ask:
    """Answer a letter, once; the group's admins read it."""
    letter = _locked(ask, by)
    words = rules.proper_letter(words, longest=rules.LONGEST_ANSWER)
    if letter.answered_at:
        raise AlreadyAnswered
    if letter.refused_at:
        raise WasRefused
    letter.answer, letter.answered_by, letter.answered_at = words, by, clock.now()
    letter.save(update_fields=["answer", "answered_by", "answered_at"])
    _tell("ask.answered", letter, by)
    return letter


@transaction.atomic
def refuse_asks(*, ask: Ask, by: Party, everybody: bool = False) -> None:
    """Want no more letters from a group, or from `everybody`; saying so twice changes nothing."""
    letter = _locked(ask, by)
    if letter.refused_at is None:
        letter.refused_at = clock.now()
        letter.save(update_fields=["refused_at"])
        _tell("ask.refused", letter, by)
    if everybody:
        close_wish(party=letter.addressee, by=by)


@transaction.atomic
def report_ask(*, ask: Ask, by: Party) -> None:
    """Say that a letter is not okay: the host hears of it, and the second time pauses the group."""
    group = _held(ask.collective)
    refuse_asks(ask=ask, by=by)
    letter = Ask.objects.select_for_update().get(pk=ask.pk)
    if letter.reported_at:
        return
    letter.reported_at = clock.now()
    letter.save(update_fields=["reported_at"])
    _tell("ask.reported", letter, by)
    if not queries.is_paused(group) and _reports(group) >= rules.REPORTS_THAT_PAUSE:
        _pause(group, None)


@transaction.atomic
def pause_asking(*, collective: Collective, by: Party) -> None:
    """Let a group write to nobody until its host allows it again."""
    group = _held(collective)
    if not policies.may_pause(by, group):
        raise NotAllowed
    if not queries.is_paused(group):
        _pause(group, by)


@transaction.atomic
def allow_asking(*, collective: Collective, by: Party) -> None:
    """Let a group write to people again; earlier reports count no more."""
    group = _held(collective)
    if not policies.may_pause(by, group):
        raise NotAllowed
    if AskingPause.objects.filter(collective=group, until=None).update(until=clock.now()):
        _record("asking.allowed", group, by)


@transaction.atomic
def forget_asks(*, person: Party, by: Party | None) -> None:
    """Forget what somebody wished, wrote and was written; that a letter went stays.

    So nobody gets more letters than the rules say because a name was erased.
    """
    if by is not None and not people.may_erase(by, person):
        raise NotAllowed
    Wish.objects.filter(party=person.pk).delete()
    Ask.objects.filter(Q(author=person.pk) | Q(addressee=person.pk)).update(words="")
    Ask.objects.filter(Q(answered_by=person.pk) | Q(addressee=person.pk)).update(answer="")


def _held(collective: Collective) -> Collective:
    """Return a group as it stands, so that nobody else asks for it meanwhile."""
    rows = Collective.objects.select_related("place").select_for_update(of=("self",))
    return rows.get(pk=collective.pk)


def _locked(ask: Ask, by: Party) -> Ask:
    """Return a letter as it stands, held still, to somebody whom it is for."""
    rows = Ask.objects.select_related("addressee", "collective").select_for_update(of=("self",))
    letter = rows.get(pk=ask.pk)
    if not policies.may_answer_ask(by, letter):
        raise NotAllowed
    return letter


def _reports(group: Collective) -> int:
    """Count the reports about a group since its host last allowed it to write."""
    last = AskingPause.objects.filter(collective=group).exclude(until=None).order_by("-until")
    reports = Ask.objects.filter(collective=group).exclude(reported_at=None)
    allowed = last.first()
    return (reports.filter(reported_at__gt=allowed.until) if allowed else reports).count()


def _pause(group: Collective, by: Party | None) -> None:
    AskingPause.objects.create(collective=group, since=clock.now(), by=by)
    _record("asking.paused", group, by)


def _record(kind: str, group: Collective, by: Party | None) -> None:
    activity.record(
        kind, subject=f"collective:{group.pk}", party=group.pk, by=by.pk if by else None,
        public=False,
    )  # fmt: skip


def _tell(kind: str, ask: Ask, by: Party) -> None:
    """Record who did what to a letter, never its words."""
    activity.record(kind, subject=f"ask:{ask.pk}", party=ask.collective_id, by=by.pk, public=False)
