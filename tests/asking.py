"""Calls for help in tests, and what people offered and gave."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.knowledge import actions
from commonweal.knowledge.models import Answer, Call, HelpGiven
from commonweal.knowledge.rules import Given, Need
from commonweal.people.models import Party


def need(title: str = "A van on Saturday", **more: Any) -> Need:
    """Return a need of a van for a day, a week from now, unless said otherwise."""
    week = clock.today() + timedelta(days=7)
    return Need(**{"title": title, "kind": "vehicle", "quantity": 1, "needed_by": week, **more})


def asked(group: Collective, by: Party, title: str = "A van on Saturday", **more: Any) -> Call:
    """Return an open call of a group."""
    return actions.write_call(collective=group, need=need(title, **more), by=by)


def gave(kind: str = "time", quantity: int = 3, what: str = "Carried boxes") -> Given:
    """Return what somebody gave today."""
    return Given(kind, quantity, clock.today(), what)


def accepted(call: Call, helper: Party, by: Party, *, named: bool = True) -> Answer:
    """Return an answer that the team said yes to."""
    answer = actions.answer_call(call=call, words="I can.", quantity=1, named=named, by=helper)
    return actions.decide_answer(answer=answer, accept=True, by=by)


def counted(
    group: Collective, helper: Party, by: Party, *, named: bool = True, **what: Any
) -> HelpGiven:
    """Return help that both sides confirmed."""
    told = actions.tell_help(collective=group, given=gave(**what), named=named, by=helper)
    return actions.confirm_help(given=told, by=by)
