"""What a group of the town asks for, who offers it, and who helped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from asking import asked, gave
from commonweal.collectives.models import Collective
from commonweal.knowledge import actions
from commonweal.knowledge.models import Answer, Call, HelpGiven
from commonweal.people.models import Party


@dataclass(frozen=True)
class Help:
    """Calls, answers and help at each point of their way.

    Dan has offered and helped, so have a member and a guest; the rest is by people unproved.
    """

    call: Call
    unanswered: Call
    waiting: Answer
    of_member: Answer
    of_guest: Answer
    unproved: Answer
    told: HelpGiven
    told_by_member: HelpGiven
    said: HelpGiven
    thanked: HelpGiven


def helped(gardens: Collective, cast: Mapping[str, Party]) -> Help:
    """Let somebody do each step of it."""
    bob, dan, mona = (cast[who] for who in ("an admin", "a stranger", "a member"))
    call = asked(gardens, bob)
    offer = partial(actions.answer_call, call=call, words="I can.", quantity=1)
    leave = partial(actions.leave_answer, call=call, words="I can.", quantity=1, by=None)
    of_guest = actions.prove_answer(answer=leave(name="Nour", email="nour@example.org"), by=None)
    of_guest = actions.decide_answer(answer=of_guest, accept=True, by=bob)
    return Help(
        call=call,
        unanswered=asked(gardens, bob, "Soup"),
        waiting=offer(by=dan),
        of_member=offer(by=mona),
        of_guest=of_guest,
        unproved=leave(name="Lou", email="lou@example.org"),
        told=actions.tell_help(collective=gardens, given=gave(), by=dan),
        told_by_member=actions.tell_help(collective=gardens, given=gave(), by=mona),
        said=actions.thank_for(answer=of_guest, given=gave(), by=bob),
        thanked=actions.thank(
            collective=gardens, given=gave(), name="Lou", email="lou@example.org", by=bob
        ),
    )
