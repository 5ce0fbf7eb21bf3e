"""Reading help given: what counts, for whom, and what still waits to be confirmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core import signing
from django.db.models import Count, Q, QuerySet, Sum

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.knowledge import rules
from commonweal.knowledge.models import Answer, HelpGiven, HelpKind, HelpLettersStopped
from commonweal.knowledge.rules import Unit
from commonweal.people.models import Party

_ANSWER = "knowledge.answer"
_GIVEN = "knowledge.given"
_STOP_HELP = "knowledge.stop-help"


@dataclass(frozen=True)
class InKind:
    """How much of one kind was given and confirmed, and how many times; never money."""

    kind: HelpKind
    quantity: int
    times: int

    @property
    def unit(self) -> Unit:
        """What it is counted in."""
        return rules.UNITS[self.kind]


@dataclass(frozen=True)
class Thanks:
    """Help that counts, as everybody sees it: `helper` is None where it is not to be named."""

    kind: HelpKind
    quantity: int
    on: date
    what: str
    helper: Party | None

    @property
    def unit(self) -> Unit:
        """What it is counted in."""
        return rules.UNITS[self.kind]


def given_to_groups(collectives: Iterable[int]) -> dict[int, list[InKind]]:
    """Return by group what it was given in kind within twelve months, most often given first."""
    rows = _counted().filter(collective__in=list(collectives), on__gt=_a_year_ago())
    return _by(rows, "collective_id")


def given_to_activities(activities: Iterable[int]) -> dict[int, list[InKind]]:
    """Return by event or project what was given in kind for it, most often given first."""
    return _by(_counted().filter(activity__in=list(activities)), "activity_id")


def thanks(collective: Collective, *, most: int) -> list[Thanks]:
    """Return who gave what in kind to a group within twelve months, newest first."""
    rows = _counted().filter(collective=collective.pk, on__gt=_a_year_ago())
    rows = rows.select_related("helper__claimed_by").order_by("-on", "-pk")
    return [_as_thanked(row) for row in rows[:most]]


def waiting_for_team(collective: Collective) -> QuerySet[HelpGiven]:
    """Return the help that the team of a group has to confirm, oldest first."""
    return _waiting(collective).filter(team_confirmed_at=None).exclude(helper=None)


def waiting_for_helpers(collective: Collective) -> QuerySet[HelpGiven]:
    """Return the help that the team confirmed and whoever gave it did not yet, oldest first."""
    return _waiting(collective).filter(helper_confirmed_at=None)


def to_do(collective: Collective) -> int:
    """Return how many answers and confirmations wait for the team of a group."""
    answers = Answer.objects.filter(
        call__collective=collective.pk, status=Answer.Status.WAITING
    ).count()
    return answers + waiting_for_team(collective).count()


def given(number: int) -> HelpGiven | None:
    """Return help given with its group and whoever gave it."""
    rows = HelpGiven.objects.select_related("collective", "activity", "helper", "team_by")
    return rows.filter(pk=number).first()


def help_of(person: Party) -> QuerySet[HelpGiven]:
    """Return what a person gave in kind, newest first. Theirs alone."""
    rows = HelpGiven.objects.filter(Q(helper=person.pk) | Q(helper__claimed_by=person.pk))
    return rows.select_related("collective", "activity").order_by("-on", "-pk")


def answer_token(answer: Answer) -> str:
    """Return the secret of the link by which somebody proves, reads and takes back an answer."""
    return signing.dumps(answer.pk, salt=_ANSWER)


def answer_by_token(token: str) -> Answer | None:
    """Return the answer behind a link; one that nobody proved is there for three days."""
    number = _signed(token, _ANSWER)
    rows = Answer.objects.select_related("call__collective", "call__activity", "helper")
    found = rows.filter(pk=number).first() if number else None
    if found is None or found.status != Answer.Status.UNPROVED:
        return found
    return found if found.created_at > clock.now() - rules.ANSWER_LINK_LASTS else None


def given_token(given: HelpGiven) -> str:
    """Return the secret of the link by which somebody confirms their help and takes it back."""
    return signing.dumps(given.pk, salt=_GIVEN)


def given_by_token(token: str) -> HelpGiven | None:
    """Return the help behind a link; it is there for thirty days where nobody proved it."""
    number = _signed(token, _GIVEN)
    found = given(number) if number else None
    if found is None or found.helper_id:
        return found
    return found if found.created_at > clock.now() - rules.THANKS_LINK_LASTS else None


def help_stop_token(person: Party, collective: Collective) -> str:
    """Return the secret of the link that ends somebody's letters about help for a group."""
    return signing.dumps([person.pk, collective.pk], salt=_STOP_HELP)


def help_stop_by_token(token: str) -> tuple[Party, Collective] | None:
    """Return whose letters about which group a link ends; None if nobody signed it."""
    try:
        person, party = signing.loads(token, salt=_STOP_HELP)
    except signing.BadSignature:
        return None
    collective = Collective.objects.filter(pk=party).first()
    found = Party.objects.filter(pk=person, erased_at=None).first()
    return (found, collective) if found and collective else None


def without_help_letters(collective: Collective) -> set[int]:
    """Return who of a team wants no letters about help."""
    rows = HelpLettersStopped.objects.filter(collective=collective.pk)
    return set(rows.values_list("person", flat=True))


def _signed(token: str, salt: str) -> int | None:
    try:
        return int(signing.loads(token, salt=salt))
    except signing.BadSignature:
        return None


def _counted() -> QuerySet[HelpGiven]:
    return HelpGiven.objects.filter(status=HelpGiven.Status.COUNTED)


def _waiting(collective: Collective) -> QuerySet[HelpGiven]:
    rows = HelpGiven.objects.filter(collective=collective.pk, status=HelpGiven.Status.WAITING)
    return rows.select_related("collective", "helper", "activity").order_by("pk")


def _a_year_ago() -> date:
    return clock.today() - rules.THANKED_FOR


def _by(rows: QuerySet[HelpGiven], key: str) -> dict[int, list[InKind]]:
    """Add up by kind, in one question for all."""
    sums = rows.values(key, "kind").annotate(whole=Sum("quantity"), times=Count("pk"))
    found: dict[int, list[InKind]] = defaultdict(list)
    for row in sums.order_by(key, "-times", "kind"):
        found[row[key]].append(InKind(HelpKind(row["kind"]), row["whole"], row["times"]))
    return dict(found)


def _as_thanked(row: HelpGiven) -> Thanks:
    """Leave out a name that is not to be shown."""
    helper = row.helper if row.named else None
    person = (helper.claimed_by or helper) if helper else None
    shown = person if person and not person.erased_at else None
    return Thanks(HelpKind(row.kind), row.quantity, row.on, row.what, shown)
