"""Papers that somebody asks for: made the first time, the same bytes ever after.

Where money went back since, whoever asks gets a new paper that corrects the one before.
"""

from __future__ import annotations

from django.db import transaction

from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.giving import queries as giving
from commonweal.giving.models import Contribution
from commonweal.hosting.models import Host
from commonweal.papers import policies, queries
from commonweal.papers.actions.giving_out import (
    NothingChanged,
    NotOverYet,
    drawing,
    latest,
    newest,
    write,
    year_of_number,
)
from commonweal.papers.models import Kind, Paper
from commonweal.papers.queries import sheets
from commonweal.papers.rules.sheets import Sheet, changes, read
from commonweal.payments.models import Charge
from commonweal.people.models import Party

CHARGE, YEAR = "charge:", "year:"


class NotReached(Refused):
    """This money has not reached the group yet. Come back when it has."""


class NothingToInvoice(Refused):
    """Invoices are for organizations, and for memberships, tickets, products and services."""


class NoImprint(Refused):
    """The host has not said yet how it stands on invoices. Ask it to fill in its papers page."""


class NoAddress(Refused):
    """An invoice needs a name and an address. Fill them in first."""


@transaction.atomic
def give_receipt(*, charge: Charge, by: Party | None, secret: str = "") -> Paper:
    """Return the receipt of one charge; `secret` is that of its gift, where somebody has it."""
    contribution = _gift(charge)
    is_host = policies.may_give_out(by, charge.host) and not contribution.incognito
    if not (is_host or policies.may_have_receipt(by, contribution, secret)):
        raise NotAllowed
    return _of_charge(Kind.RECEIPT, charge, contribution, by)


@transaction.atomic
def give_invoice(*, charge: Charge, by: Party | None, secret: str = "") -> Paper:
    """Return the invoice of one charge, with the name and address that its giver has typed."""
    contribution = _gift(charge)
    holder = contribution.contributor
    is_guest = queries.is_guest(holder) and policies.may_have_receipt(by, contribution, secret)
    is_host = policies.may_give_out(by, charge.host)
    is_giver = policies.may_have(by, holder) and not queries.is_guest(holder)
    if not (is_guest or is_host or is_giver):
        raise NotAllowed
    if not sheets.may_be_invoiced(contribution):
        raise NothingToInvoice
    if queries.imprint(charge.host) is None:
        raise NoImprint
    details = queries.details(holder)
    if details is None or not (details.name and details.address):
        raise NoAddress
    return _of_charge(Kind.INVOICE, charge, contribution, by)


@transaction.atomic
def give_overview(*, holder: Party, host: Host, year: int, by: Party | None) -> Paper:
    """Return all that somebody gave at a host in a year that is over."""
    if not policies.may_have(by, holder):
        raise NotAllowed
    if not sheets.is_over(year):
        raise NotOverYet
    counter = drawing(host, Kind.OVERVIEW, year)
    sheet = sheets.of_year(holder, host, year)
    return newest(
        sheet, counter, subject=of_year(year, holder), holder=holder, by=by,
        incognito=sheets.gave_incognito(holder),
    )  # fmt: skip


@transaction.atomic
def correct(*, paper: Paper, by: Party | None, secret: str = "") -> Paper:
    """Give a paper out anew with what is known now, if that is anything else.

    The one before stays as it is; the new one says which it was, and what is different.
    """
    if not policies.may_open(by, paper, secret):
        raise NotAllowed
    counter = drawing(paper.host, paper.kind, year_of_number(paper.kind, paper.year))
    last = latest(paper.host, paper.kind, paper.subject)
    assert last is not None, "what is given out has a newest one"
    sheet = _anew(last, counter.year)
    if not changes(read(last.facts), sheet):
        raise NothingChanged
    return write(
        sheet, counter, subject=last.subject, holder=last.holder, by=by, corrects=last,
        incognito=last.incognito,
    )  # fmt: skip


def of_charge(charge: Charge) -> str:
    """Return the subject of papers about a charge."""
    return f"{CHARGE}{charge.uuid}"


def of_year(year: int, holder: Party) -> str:
    """Return the subject of papers about what somebody gave in a year."""
    return f"{YEAR}{year}:{holder.pk}"


def _of_charge(kind: str, charge: Charge, contribution: Contribution, by: Party | None) -> Paper:
    if charge.state not in sheets.REACHED or charge.arrived_on is None:
        raise NotReached
    counter = drawing(charge.host, kind, year_of_number(kind, charge.arrived_on.year))
    charge = Charge.objects.select_related("host__party").get(pk=charge.pk)
    sheet = sheets.of_charge(kind, charge, contribution, counter.year)
    return newest(
        sheet, counter, subject=of_charge(charge), holder=contribution.contributor, by=by,
        incognito=contribution.incognito,
    )  # fmt: skip


def _anew(paper: Paper, year: int) -> Sheet:
    """Return what a paper would say now."""
    if not paper.subject.startswith(CHARGE):
        holder = paper.holder.claimed_by or paper.holder
        if paper.kind == Kind.OVERVIEW:
            return sheets.of_year(holder, paper.host, paper.year)
        return sheets.of_donations(paper.kind, holder, paper.host, paper.year)
    uuid = paper.subject.removeprefix(CHARGE)
    charge = Charge.objects.select_related("host__party").get(uuid=uuid)
    return sheets.of_charge(paper.kind, charge, _gift(charge), year)


def _gift(charge: Charge) -> Contribution:
    found = giving.contribution_of(charge)
    if found is None:
        raise NotReached
    return found
