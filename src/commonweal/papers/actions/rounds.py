"""The donation receipts of a year: all givers of a host, some at a time.

Some givers are one transaction with how far it is, so a kill in between leaves no gap in the
numbers and gives nobody two.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from commonweal.activity.actions import record
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.hosting.models import Host
from commonweal.papers import policies, queries
from commonweal.papers.actions.asking import of_year
from commonweal.papers.actions.giving_out import NotOverYet, drawing, newest, write
from commonweal.papers.models import Kind, Paper, Round
from commonweal.papers.queries import sheets
from commonweal.papers.rules import donations
from commonweal.papers.rules.sheets import KEPT_YEARS, Sheet
from commonweal.people.models import Party

AT_A_TIME = 20


class NotEntitled(Refused):
    """Only a host that the tax office recognises gives these out. Say so on the papers page."""


class UnderWay(Refused):
    """These receipts are being given out at the moment. Wait until all are done."""


class NotEnough(Refused):
    """What was given in that year is not enough for a receipt for the tax office."""


class NotComplete(Refused):
    """This receipt needs your name, your address and your number. Fill them in first."""


@transaction.atomic
def start_round(*, host: Host, kind: str, year: int, by: Party) -> Round:
    """Begin to give out the donation receipts of a year that is over; `carry_on` does the rest.

    A year may have several rounds: each passes over those who have theirs.
    """
    if not policies.may_give_out(by, host):
        raise NotAllowed
    _check(host, kind, year)
    Host.objects.select_for_update(no_key=True).get(pk=host.pk)
    if queries.unfinished_rounds().filter(host=host, kind=kind, year=year).exists():
        raise UnderWay
    begun = Round.objects.create(
        host=host, kind=kind, year=year, total=sheets.givers_count(host),
        started_by=by, started_at=clock.now(),
    )  # fmt: skip
    record(
        "round.started", subject=f"round:{begun.pk}", by=by.pk, party=host.pk, public=False,
        of=str(kind), year=year,
    )  # fmt: skip
    return begun


@transaction.atomic
def carry_on(*, begun: Round, by: Party | None) -> bool:
    """Give out the receipts of the next givers of a round; return whether more are left."""
    begun = Round.objects.select_for_update().get(pk=begun.pk)
    if begun.finished_at is not None:
        return False
    host = Host.objects.select_related("party").get(pk=begun.host_id)
    givers = sheets.givers_after(host, begun.last, AT_A_TIME)
    if givers:
        _give_out(begun, host, givers, by)
        begun.last, begun.done = givers[-1].pk, begun.done + len(givers)
    else:
        begun.finished_at, begun.done = clock.now(), begun.total
    begun.save()
    return begun.finished_at is None


@transaction.atomic
def give_donation_receipt(
    *, holder: Party, host: Host, kind: str, year: int, by: Party | None
) -> Paper:
    """Return somebody's own donation receipt of a year that is over."""
    if not policies.may_have(by, holder):
        raise NotAllowed
    _check(host, kind, year)
    counter = drawing(host, kind, year)
    sheet = sheets.of_donations(kind, holder, host, year)
    if not donations.enough(kind, sheet.total("EUR")):
        raise NotEnough
    if not _is_complete(sheet):
        raise NotComplete
    return newest(sheet, counter, subject=of_year(year, holder), holder=holder, by=by)


@transaction.atomic
def forget_old(*, by: Party | None) -> int:  # noqa: ARG001 - the worker asks, each night
    """Empty papers that no law asks to keep any more; their numbers stay. Return how many."""
    before = clock.today().year - KEPT_YEARS
    old = Paper.objects.filter(issued_at__year__lt=before, year__lt=before).exclude(facts="")
    return old.update(facts="", content=b"")


def _check(host: Host, kind: str, year: int) -> None:
    mark = queries.imprint(host)
    is_known = {
        Kind.BELGIAN: mark is not None and mark.in_belgium,
        Kind.FRENCH: mark is not None and mark.in_france,
    }
    if not is_known.get(Kind(kind)):
        raise NotEntitled
    if not sheets.is_over(year):
        raise NotOverYet


def _give_out(begun: Round, host: Host, givers: Sequence[Party], by: Party | None) -> None:
    """Give each what is due to them, or ask those who did not say yet how they stand on it."""
    counter = drawing(host, begun.kind, begun.year)
    found = sheets.donations_of(begun.kind, givers, host, begun.year)
    subjects = [of_year(begun.year, one) for one in givers]
    have = set(
        Paper.objects.filter(host=host, kind=begun.kind, subject__in=subjects).values_list(
            "subject", flat=True
        )
    )
    for giver, subject in zip(givers, subjects, strict=True):
        sheet = found[giver.pk]
        if subject in have or not donations.enough(begun.kind, sheet.total("EUR")):
            continue
        if _is_complete(sheet):
            write(sheet, counter, subject=subject, holder=giver, by=by)
            begun.issued += 1
        else:
            _ask(begun, giver, by)
            begun.waiting += 1


def _ask(begun: Round, giver: Party, by: Party | None) -> None:
    record(
        "details.wanted", subject=f"round:{begun.pk}", by=by.pk if by else None,
        party=giver.pk, public=False,
    )  # fmt: skip


def _is_complete(sheet: Sheet) -> bool:
    giver = sheet.giver
    return donations.complete(
        sheet.kind, name=giver.name, address=giver.address, number=giver.number
    )
