"""Letters about calls for help: to the team, and to whoever offers and gave help.

Nobody's address stands in them: who offers and who asks write to each other through here.
"""

from __future__ import annotations

from commonweal.activity.models import Fact
from commonweal.collectives.models import Collective
from commonweal.knowledge import queries
from commonweal.knowledge.models import Answer, HelpGiven
from commonweal.mail.letters.table import NOBODY, Addressee, Entry, Told, number_in, reached, to
from commonweal.people.models import Membership, Party, Role


def _answered(fact: Fact) -> Told:
    """Tell the team that somebody offers help, unless it was taken back meanwhile."""
    answer = queries.answer(number_in(fact))
    if answer is None or answer.status != Answer.Status.WAITING:
        return NOBODY
    collective = answer.call.collective
    return Told(_team(collective, but=answer.helper), {"answer": answer})


def _decided(fact: Fact) -> Told:
    """Tell whoever offered what the team said."""
    answer = queries.answer(number_in(fact))
    if answer is None or answer.helper is None or answer.status not in _DECIDED:
        return NOBODY
    token = queries.answer_token(answer)
    return Told(to(answer.helper), {"answer": answer, "token": token})


def _taken_back(fact: Fact) -> Told:
    """Tell the team, if it had counted on that help."""
    answer = queries.answer(number_in(fact))
    if answer is None or answer.helper is None or answer.decided_at is None:
        return NOBODY
    return Told(_team(answer.call.collective, but=answer.helper), {"answer": answer})


def _thanked(fact: Fact) -> Told:
    """Ask whoever helped to confirm it."""
    given = queries.given(number_in(fact))
    if given is None or given.status != HelpGiven.Status.WAITING:
        return NOBODY
    people = to(given.helper) if given.helper else (Addressee(given.email, given.language),)
    return Told(people, {"given": given, "token": queries.given_token(given)})


def _told(fact: Fact) -> Told:
    """Ask the team to confirm what somebody says they gave."""
    given = queries.given(number_in(fact))
    if given is None or given.status != HelpGiven.Status.WAITING or given.helper is None:
        return NOBODY
    return Told(_team(given.collective, but=given.helper), {"given": given})


def _counted(fact: Fact) -> Told:
    """Tell whoever helped, unless they were the last to confirm and saw it themselves."""
    given = queries.given(number_in(fact))
    if given is None or given.helper is None or fact.data["helper_last"]:
        return NOBODY
    return Told(to(given.helper), {"given": given, "token": queries.given_token(given)})


def _declined(fact: Fact) -> Told:
    """Tell who said it first that the other side does not say so."""
    given = queries.given(number_in(fact))
    if given is None or given.recorded_by_id == fact.by_id:
        return NOBODY
    return Told(to(given.recorded_by), {"given": given})


def _team(collective: Collective, *, but: Party | None) -> tuple[Addressee, ...]:
    """Return who may decide for a group, without those who want no such letters."""
    left_out = queries.without_help_letters(collective) | ({but.pk} if but else set())
    wanted = Membership.objects.filter(
        party=collective.pk, role__in=[Role.ADMIN, Role.MEMBER], until=None
    ).exclude(person__in=left_out)
    people = {
        one.person_id: one.person
        for one in wanted.select_related("person__login", "person__contact").order_by("pk")
    }
    told = (
        reached(person, stop=f"updates/stop/{queries.help_stop_token(person, collective)}")
        for person in people.values()
    )
    return tuple(one for one in told if one.address)


_DECIDED = {Answer.Status.ACCEPTED, Answer.Status.DECLINED}
LETTERS = {
    "answer.given": Entry("answer_given", _answered),
    "answer.accepted": Entry("answer_accepted", _decided),
    "answer.declined": Entry("answer_declined", _decided),
    "answer.taken_back": Entry("answer_taken_back", _taken_back),
    "help.thanked": Entry("help_thanked", _thanked),
    "help.told": Entry("help_told", _told),
    "help.confirmed": Entry("help_told", _told),
    "help.counted": Entry("help_counted", _counted),
    "help.declined": Entry("help_declined", _declined),
}
