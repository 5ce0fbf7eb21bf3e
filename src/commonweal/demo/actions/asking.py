"""What the groups of the demo city ask for that is not money, and who helps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from commonweal.collectives.models import Activity, Collective
from commonweal.demo import queries, rules
from commonweal.demo.actions.city import City
from commonweal.demo.queries import Asked, Helped, Offered
from commonweal.demo.rules import SEED
from commonweal.foundation import clock
from commonweal.knowledge import actions as knowledge
from commonweal.knowledge.models import Answer, Call
from commonweal.knowledge.rules import Given, Need
from commonweal.people.models import Party

_ASKED_BEFORE = timedelta(days=14)
_ANSWERED_BEFORE = timedelta(days=8)
_ASKED_LATELY = timedelta(days=4)
_ANSWERED_LATELY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """When something was needed, and for which activity of the group."""

    on: date
    activity: Activity | None = None


def ask_for_help(city: City) -> None:
    """Let groups call for help, and people offer and give it, in the last months of the story."""
    for asked in queries.calls():
        collective = Collective.objects.filter(name=asked.group).first()
        day = _day(city, collective, asked) if collective else None
        if collective and day:
            _live_through(city, collective, asked, day)


def _day(city: City, collective: Collective, asked: Asked) -> Day | None:
    """Return by when it is needed; None where the group has not done as much yet."""
    if not asked.edition:
        return Day(city.until + timedelta(days=asked.day))
    over = collective.activities.filter(closed_at__isnull=False).order_by("-starts_on", "-pk")
    editions = list(over[: asked.edition])
    if len(editions) < asked.edition:
        return None
    return Day(editions[-1].starts_on, editions[-1])


def _live_through(city: City, collective: Collective, asked: Asked, day: Day) -> None:
    crew = [city.resident(name) for name in rules.team(city.groups[asked.group], city.names, SEED)]
    strangers = _strangers(city, asked, crew)
    if not asked.title:
        for helped, name in zip(asked.helped, strangers, strict=False):
            _thank(city, collective, asked, helped, name, day, by=crew[0])
        return
    is_over = asked.edition > 0
    asked_on = day.on - _ASKED_BEFORE if is_over else city.until - _ASKED_LATELY
    with clock.moved_to(rules.instant(asked_on)):
        need = Need(asked.title, asked.kind, asked.quantity, day.on, asked.details, asked.skills)
        call = knowledge.write_call(
            collective=collective, need=need, activity=day.activity, by=crew[0]
        )
    for offered, name in zip(asked.offers, strangers, strict=False):
        with clock.moved_to(rules.instant(city.until - _ANSWERED_LATELY)):
            _offer(city, call, offered, name, named=True)
    for helped, name in zip(asked.helped, strangers, strict=False):
        _help(city, call, helped, name, day, crew)
    if asked.status:
        with clock.moved_to(rules.instant(day.on - timedelta(days=2))):
            knowledge.turn_call(call=call, to=asked.status, by=crew[0])


def _help(  # noqa: PLR0917 - all that a helper's story needs
    city: City, call: Call, helped: Helped, name: str, day: Day, crew: list[Party]
) -> None:
    """Let somebody offer help, be told yes, give it, say so and be believed."""
    with clock.moved_to(rules.instant(day.on - _ANSWERED_BEFORE)):
        answer = _offer(city, call, helped, name, named=helped.named)
        answer = knowledge.decide_answer(answer=answer, accept=True, by=crew[0])
    assert answer.helper is not None
    given = Given(call.kind, helped.quantity, day.on, helped.words)
    with clock.moved_to(rules.instant(day.on + timedelta(days=1))):
        told = knowledge.tell_help_of(answer=answer, given=given, by=answer.helper)
    with clock.moved_to(rules.instant(day.on + timedelta(days=2))):
        knowledge.confirm_help(given=told, by=crew[1])


def _thank(  # noqa: PLR0917 - all that a thank-you needs
    city: City, collective: Collective, asked: Asked, helped: Helped, name: str, day: Day,
    *, by: Party,
) -> None:  # fmt: skip
    """Let the team thank somebody, who opens the letter the day after."""
    given = Given(asked.kind, helped.quantity, day.on, helped.words)
    with clock.moved_to(rules.instant(day.on + timedelta(days=1))):
        thanked = knowledge.thank(
            collective=collective, given=given, name=name, email=_address(city, helped, name),
            activity=day.activity, by=by,
        )  # fmt: skip
    with clock.moved_to(rules.instant(day.on + timedelta(days=2))):
        knowledge.prove_help(given=thanked, named=helped.named, by=None)


def _offer(city: City, call: Call, offered: Offered | Helped, name: str, *, named: bool) -> Answer:
    """Let somebody answer a call; a guest opens the letter at once."""
    words, quantity = offered.words, offered.quantity
    if offered.way == "login":
        by = city.resident(name)
        return knowledge.answer_call(call=call, words=words, quantity=quantity, named=named, by=by)
    answer = knowledge.leave_answer(
        call=call, name=name, email=_address(city, offered, name), words=words, quantity=quantity,
        named=named, language=call.collective.language, by=None,
    )  # fmt: skip
    return knowledge.prove_answer(answer=answer, by=None)


def _address(city: City, offered: Offered | Helped, name: str) -> str:
    """Return where somebody reads letters, with a login or without."""
    if offered.way == "login":
        city.resident(name)
        return queries.email(name)
    return f"guest.{queries.email(name)}"


def _strangers(city: City, asked: Asked, crew: list[Party]) -> list[str]:
    """Return some people who are not of the team, always the same for a call."""
    team = {one.name for one in crew}
    others = [name for name in city.names if name not in team]
    return Random(f"{SEED} help {asked.group} {asked.title}").sample(others, 8)
