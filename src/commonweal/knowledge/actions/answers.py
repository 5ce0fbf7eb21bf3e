"""Answering a call for help, and saying yes or no to an answer."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from commonweal.activity import actions as activity
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.knowledge import policies, rules
from commonweal.knowledge.actions.guests import whose
from commonweal.knowledge.models import Answer, Call
from commonweal.people import rules as people
from commonweal.people.models import Party
from commonweal.people.policies import signs_in


class NotAsked(Refused):
    """Nobody asks for this any more. Thank you all the same."""


class AnsweredAlready(Refused):
    """You answered this call already. Take that answer back first."""


class DecidedAlready(Refused):
    """This answer is not waiting any more. Load the page again."""


@transaction.atomic
def answer_call(*, call: Call, words: str, quantity: int, by: Party, named: bool = False) -> Answer:
    """Offer so much to a call, as somebody who signs in."""
    if not signs_in(by):
        raise NotAllowed
    locked = _asked(call)
    words = rules.proper_offer(words, quantity)
    _refuse_second(locked, by)
    answer = Answer.objects.create(
        call=locked, helper=by, words=words, quantity=quantity, named=named,
        status=Answer.Status.WAITING, created_at=clock.now(),
    )  # fmt: skip
    _tell("answer.given", answer, by)
    return answer


@transaction.atomic
def leave_answer(
    *,
    call: Call,
    name: str,
    email: str,
    words: str,
    quantity: int,
    by: Party | None,
    named: bool = False,
    language: str = "en",
) -> Answer:
    """Offer so much without signing in; the group sees nothing until the address is proved."""
    if by is not None:
        raise NotAllowed
    locked = _asked(call)
    return Answer.objects.create(
        call=locked, name=people.proper_name(name), email=people.proper_address(email),
        language=language, words=rules.proper_offer(words, quantity), quantity=quantity,
        named=named, status=Answer.Status.UNPROVED, created_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def prove_answer(*, answer: Answer, by: Party | None) -> Answer:
    """Give an answer to the group, now that somebody has opened the letter to its address.

    Whoever holds the letter is whom the address belongs to; nobody has to sign in.
    """
    if by is not None:
        raise NotAllowed
    locked = _held(answer)
    if locked.status != Answer.Status.UNPROVED:
        raise DecidedAlready
    _asked(locked.call)
    helper = whose(locked.email, locked.name, locked.language)
    _refuse_second(locked.call, helper)
    locked.helper, locked.status = helper, Answer.Status.WAITING
    locked.name = locked.email = locked.language = ""
    locked.save()
    _tell("answer.given", locked, helper)
    return locked


@transaction.atomic
def decide_answer(*, answer: Answer, accept: bool, by: Party, note: str = "") -> Answer:
    """Say yes or no to an answer, in a few words that go out as a letter."""
    locked = _held(answer)
    if not policies.may_decide(by, locked):
        raise NotAllowed
    if locked.status != Answer.Status.WAITING:
        raise DecidedAlready
    locked.note, locked.decided_at = rules.proper_words(note), clock.now()
    locked.status = Answer.Status.ACCEPTED if accept else Answer.Status.DECLINED
    locked.save(update_fields=["status", "note", "decided_at"])
    if accept:
        _promise(locked, locked.quantity)
    _tell(f"answer.{locked.status}", locked, by)
    return locked


@transaction.atomic
def take_back_answer(*, answer: Answer, by: Party) -> Answer:
    """Take an offer back; its words go."""
    locked = _held(answer)
    if not policies.is_helper(by, locked):
        raise NotAllowed
    if locked.status not in {Answer.Status.WAITING, Answer.Status.ACCEPTED}:
        raise DecidedAlready
    end_answer(locked)
    _tell("answer.taken_back", locked, by)
    return locked


def end_answer(answer: Answer) -> None:
    """Let an answer that waits or was accepted end, and its words go."""
    if answer.status == Answer.Status.ACCEPTED:
        _promise(answer, -answer.quantity)
    answer.status, answer.words, answer.note = Answer.Status.TAKEN_BACK, "", ""
    answer.save(update_fields=["status", "words", "note"])


def _asked(call: Call) -> Call:
    """Return the call as it stands, held still, if it can still be answered."""
    found = Call.objects.select_related("collective").select_for_update(of=("self",))
    locked = found.get(pk=call.pk)
    if not policies.may_answer(None, locked):
        raise NotAsked
    return locked


def _held(answer: Answer) -> Answer:
    found = Answer.objects.select_related("call__collective", "helper")
    return found.select_for_update(of=("self",)).get(pk=answer.pk)


def _refuse_second(call: Call, helper: Party) -> None:
    """Refuse who answered this call; the call is held still, so that none comes in between."""
    living = [Answer.Status.WAITING, Answer.Status.ACCEPTED]
    if Answer.objects.filter(call=call, helper=helper, status__in=living).exists():
        raise AnsweredAlready


def _promise(answer: Answer, quantity: int) -> None:
    Call.objects.filter(pk=answer.call_id).update(promised=F("promised") + quantity)


def _tell(kind: str, answer: Answer, by: Party) -> None:
    """Write it down for those concerned: who offers help is nobody else's business."""
    activity.record(
        kind, subject=f"answer:{answer.pk}", party=answer.call.collective_id, by=by.pk,
        public=False,
    )  # fmt: skip
