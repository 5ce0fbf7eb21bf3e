"""Help given: either side says it, and it counts when both have confirmed it."""

from __future__ import annotations

from django.db import transaction

from commonweal.activity import actions as activity
from commonweal.collectives.models import Activity, Collective
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.knowledge import policies, rules
from commonweal.knowledge.actions.calls import NotOfThisGroup
from commonweal.knowledge.actions.guests import whose
from commonweal.knowledge.models import Answer, HelpGiven, HelpLettersStopped
from commonweal.knowledge.rules import Given
from commonweal.people import rules as people
from commonweal.people.models import Party
from commonweal.people.queries import login_by_email


class NotWaiting(Refused):
    """This is settled already. Load the page again."""


class YourOwnHelp(Refused):
    """That is you. Say that you helped, and somebody else of the team confirms it."""

    status = 422


class NotTakenUp(Refused):
    """The group has not said yes to this offer."""


@transaction.atomic
def thank(
    *,
    collective: Collective,
    given: Given,
    name: str,
    email: str,
    by: Party,
    activity: Activity | None = None,
) -> HelpGiven:
    """Say for the team that somebody helped; a letter asks them, and it counts when they confirm.

    Whether the address signs in here is told to nobody.
    """
    if not policies.may_thank(by, collective):
        raise NotAllowed
    address, name = people.proper_address(email), people.proper_name(name)
    login = login_by_email(address)
    if login and login.person_id == by.pk:
        raise YourOwnHelp
    row = _row(collective, given, activity, by)
    row.name, row.email, row.language = name, address, collective.language
    return _said_by_team(row, by)


@transaction.atomic
def thank_for(*, answer: Answer, given: Given, by: Party) -> HelpGiven:
    """Say for the team that whoever offered help has given it."""
    if not policies.may_decide(by, answer):
        raise NotAllowed
    return _said_by_team(_row_of(answer, given, by), by)


@transaction.atomic
def tell_help(
    *, collective: Collective, given: Given, by: Party, named: bool = False,
    activity: Activity | None = None,
) -> HelpGiven:  # fmt: skip
    """Say that one helped; it counts when another one of the team confirms it."""
    if not policies.may_tell_help(by, collective):
        raise NotAllowed
    return _said_by_helper(_row(collective, given, activity, by), by, named=named)


@transaction.atomic
def tell_help_of(*, answer: Answer, given: Given, by: Party) -> HelpGiven:
    """Say that one gave what one had offered."""
    if not policies.is_helper(by, answer):
        raise NotAllowed
    row = _row_of(answer, given, by)
    return _said_by_helper(row, answer.helper or by, named=answer.named)


@transaction.atomic
def confirm_help(*, given: HelpGiven, by: Party) -> HelpGiven:
    """Confirm help for the team."""
    locked = _held(given)
    if not policies.may_confirm_for_team(by, locked):
        raise NotAllowed
    if locked.status != HelpGiven.Status.WAITING or locked.team_confirmed_at:
        raise NotWaiting
    locked.team_confirmed_at, locked.team_by = clock.now(), by
    return _confirmed(locked, by)


@transaction.atomic
def confirm_own_help(*, given: HelpGiven, named: bool, by: Party) -> HelpGiven:
    """Confirm that one helped, and say whether one is thanked by name."""
    locked = _held(given)
    if not policies.is_helper(by, locked):
        raise NotAllowed
    if locked.status != HelpGiven.Status.WAITING or locked.helper_confirmed_at:
        raise NotWaiting
    locked.helper_confirmed_at, locked.named = clock.now(), named
    return _confirmed(locked, by)


@transaction.atomic
def prove_help(*, given: HelpGiven, named: bool, by: Party | None) -> HelpGiven:
    """Confirm that one helped, with the link of the letter that came to one's address.

    Where it turns out to be the very one who spoke for the team, another one has to confirm.
    """
    if by is not None:
        raise NotAllowed
    locked = _held(given)
    if locked.status != HelpGiven.Status.WAITING or locked.helper_id:
        raise NotWaiting
    helper = whose(locked.email, locked.name, locked.language)
    locked.helper, locked.name, locked.email, locked.language = helper, "", "", ""
    if locked.team_by_id == helper.pk:
        locked.team_confirmed_at, locked.team_by = None, None
    locked.helper_confirmed_at, locked.named = clock.now(), named
    return _confirmed(locked, helper)


@transaction.atomic
def decline_help(*, given: HelpGiven, by: Party | None) -> HelpGiven:
    """Say that it was not so: it does not count, and an address nobody proved is forgotten."""
    locked = _held(given)
    if not policies.may_decline_help(by, locked):
        raise NotAllowed
    if locked.status != HelpGiven.Status.WAITING:
        raise NotWaiting
    locked.status, locked.named = HelpGiven.Status.DECLINED, False
    locked.name = locked.email = locked.language = ""
    locked.save()
    _tell("help.declined", locked, by)
    return locked


@transaction.atomic
def name_help(*, given: HelpGiven, named: bool, by: Party) -> HelpGiven:
    """Say whether one is thanked by name."""
    locked = _held(given)
    if not policies.is_helper(by, locked):
        raise NotAllowed
    locked.named = named
    locked.save(update_fields=["named"])
    _tell("help.named", locked, by)
    return locked


@transaction.atomic
def take_back_help(*, given: HelpGiven, by: Party) -> HelpGiven:
    """Take one's help back: it counts no more, and what it was and the name go."""
    locked = _held(given)
    if not policies.is_helper(by, locked):
        raise NotAllowed
    if locked.status not in {HelpGiven.Status.WAITING, HelpGiven.Status.COUNTED}:
        raise NotWaiting
    locked.status, locked.named, locked.what = HelpGiven.Status.TAKEN_BACK, False, ""
    locked.save(update_fields=["status", "named", "what"])
    _tell("help.taken_back", locked, by)
    return locked


@transaction.atomic
def set_help_letters(*, collective: Collective, wanted: bool, by: Party) -> None:
    """Send one letters about who answers this group and who helped it, or no more of them."""
    if not policies.may_write(by, collective):
        raise NotAllowed
    if wanted:
        HelpLettersStopped.objects.filter(person=by, collective=collective).delete()
    else:
        HelpLettersStopped.objects.get_or_create(person=by, collective=collective)


def _row(collective: Collective, given: Given, of: Activity | None, by: Party) -> HelpGiven:
    """Return a row of help given, which nobody has confirmed yet."""
    if of is not None and of.organizer_id != collective.pk:
        raise NotOfThisGroup
    given = rules.proper_given(given, clock.today())
    return HelpGiven(
        collective=collective, activity=of, kind=given.kind, quantity=given.quantity, on=given.on,
        what=given.what, recorded_by=by, created_at=clock.now(),
    )  # fmt: skip


def _row_of(answer: Answer, given: Given, by: Party) -> HelpGiven:
    """Return a row of the help that somebody had offered; the group had to say yes."""
    if answer.status != Answer.Status.ACCEPTED:
        raise NotTakenUp
    row = _row(answer.call.collective, given, answer.call.activity, by)
    row.answer, row.helper, row.named = answer, answer.helper, answer.named
    return row


def _said_by_team(row: HelpGiven, by: Party) -> HelpGiven:
    row.team_confirmed_at, row.team_by = clock.now(), by
    row.save()
    _tell("help.thanked", row, by)
    return row


def _said_by_helper(row: HelpGiven, by: Party, *, named: bool) -> HelpGiven:
    row.helper, row.helper_confirmed_at, row.named = by, clock.now(), named
    row.save()
    _tell("help.told", row, by)
    return row


def _confirmed(row: HelpGiven, by: Party) -> HelpGiven:
    """Keep what one side has confirmed; where the other one did too, it counts from now on."""
    counts = bool(row.helper_confirmed_at and row.team_confirmed_at)
    if counts:
        row.status = HelpGiven.Status.COUNTED
    row.save()
    _tell("help.counted" if counts else "help.confirmed", row, by)
    return row


def _held(given: HelpGiven) -> HelpGiven:
    found = HelpGiven.objects.select_related("collective", "helper")
    return found.select_for_update(of=("self",)).get(pk=given.pk)


def _tell(kind: str, row: HelpGiven, by: Party | None) -> None:
    """Write it down. That help counts is public; that somebody gave it is theirs to tell.

    So the public fact names who confirmed it for the team, whoever came last.
    """
    counts = kind == "help.counted"
    activity.record(
        kind, subject=f"help:{row.pk}", party=row.collective_id,
        by=row.team_by_id if counts else by.pk if by else None,
        public=counts and row.collective.published_at is not None,
        helper_last=by is not None and row.helper_id == by.pk,
    )  # fmt: skip
