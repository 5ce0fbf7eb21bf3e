"""What a paper would say now: of one charge, of a year, of a year's donations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from commonweal.foundation import clock
from commonweal.giving import queries as giving
from commonweal.giving.models import Contribution, Tier
from commonweal.hosting.models import Host
from commonweal.papers import queries
from commonweal.papers.models import Details, Imprint, Kind
from commonweal.papers.rules import donations
from commonweal.papers.rules.sheets import Giver, Issuer, Line, Sheet
from commonweal.payments.models import Charge
from commonweal.people.models import Party

State = Charge.State
# A charge in these states has reached its group, even where all of it went back since.
REACHED = (State.SETTLED, State.REFUNDING, State.REFUNDED)
SOLD = (Tier.Kind.MEMBERSHIP, Tier.Kind.TICKET, Tier.Kind.PRODUCT, Tier.Kind.SERVICE)


def charges_of(contribution: Contribution) -> list[Charge]:
    """Return the charges of a contribution that reached its group, the newest first."""
    found = Charge.objects.filter(subject=giving.subject_of(contribution), state__in=REACHED)
    return list(found.exclude(arrived_on=None).select_related("host__party").order_by("-id"))


def may_be_invoiced(contribution: Contribution) -> bool:
    """Whether there is something to invoice: an organization gave, or something was sold."""
    is_sold = contribution.tier is not None and contribution.tier.kind in SOLD
    return is_sold or contribution.contributor.kind == Party.Kind.ORGANIZATION


def of_charge(kind: str, charge: Charge, contribution: Contribution, year: int) -> Sheet:
    """Return the receipt or the invoice of one charge."""
    lines = (line(charge, contribution),)
    return _sheet(kind, year, charge.host, contribution.contributor, lines)


def of_year(holder: Party, host: Host, year: int) -> Sheet:
    """Return all that somebody gave to the groups of a host in a year, by group and day."""
    lines = sorted(lines_of([holder], host, year)[holder.pk], key=lambda one: (one.group, one.on))
    return _sheet(Kind.OVERVIEW, year, host, holder, tuple(lines))


def of_donations(kind: str, holder: Party, host: Host, year: int) -> Sheet:
    """Return what of a year counts as somebody's donations."""
    return donations_of(kind, [holder], host, year)[holder.pk]


def donations_of(kind: str, holders: Sequence[Party], host: Host, year: int) -> dict[int, Sheet]:
    """Return what of a year counts as donations, for each of some givers."""
    mark = queries.imprint(host)
    since, until = recognised(kind, mark)
    known = Details.objects.in_bulk([one.pk for one in holders])
    lines = lines_of(holders, host, year)
    return {
        one.pk: Sheet(
            kind=kind, year=year, issuer=issuer(host, mark, kind),
            giver=giver(one, known.get(one.pk), kind), demo=settings.DEMO,
            lines=tuple(
                line for line in lines[one.pk] if donations.counts(line, since=since, until=until)
            ),
        )
        for one in holders
    }  # fmt: skip


def givers_after(host: Host, last: int, most: int) -> list[Party]:
    """Return the next of those who ever gave at a host and can be given a donation receipt."""
    return list(_givers(host).filter(pk__gt=last).order_by("pk")[:most])


def givers_count(host: Host) -> int:
    """Return how many ever gave at a host; asked once, when a round begins."""
    return _givers(host).count()


def recognised(kind: str, mark: Imprint | None) -> tuple[date | None, date | None]:
    """Return from when until when a host is recognised; France names no days."""
    if mark is None or kind != Kind.BELGIAN:
        return None, None
    return mark.belgian_since, mark.belgian_until


def issuer(host: Host, mark: Imprint | None, kind: str) -> Issuer:
    """Return how a host stands on a paper of this kind."""
    if mark is None:
        return Issuer(name=host.party.name)
    is_belgian, is_french = kind == Kind.BELGIAN, kind == Kind.FRENCH
    since, until = recognised(kind, mark)
    return Issuer(
        name=mark.legal_name,
        address=mark.address,
        number=mark.number,
        vat_words=mark.vat_words if kind == Kind.INVOICE else "",
        signed_by=mark.signed_by,
        reference=(mark.belgian_reference if is_belgian else "")
        or (mark.french_reference if is_french else ""),
        since=since.isoformat() if since else "",
        until=until.isoformat() if until else "",
        purpose=mark.purpose if is_french else "",
    )


def giver(party: Party, said: Details | None, kind: str) -> Giver:
    """Return how somebody stands on a paper; a national number only where the law asks for it."""
    is_person = party.kind == Party.Kind.PERSON
    if said is None:
        return Giver(name=party.name, is_person=is_person)
    shows_number = kind == Kind.BELGIAN or not is_person
    number = said.number if shows_number else ""
    return Giver(said.name or party.name, said.address, number, is_person)


def line(charge: Charge, contribution: Contribution) -> Line:
    """Return what a paper says of one charge."""
    assert charge.arrived_on is not None, "only what came stands on a paper"
    tier = contribution.tier
    return Line(
        on=charge.arrived_on.isoformat(),
        group=contribution.collective.name,
        what=tier.name if tier else "",
        tier=tier.kind if tier else "",
        rail=charge.rail,
        amount_minor=charge.amount_minor,
        back_minor=charge.refunded_minor,
        currency=charge.currency,
        leaf=str(giving.settlement_key(charge)),
    )


def lines_of(holders: Sequence[Party], host: Host, year: int) -> dict[int, list[Line]]:
    """Return what reached groups of a host in a year from each of some givers, by day."""
    given = Contribution.objects.filter(contributor__in=[one.pk for one in holders])
    by_subject = {
        giving.subject_of(one): one
        for one in given.exclude(settled_at=None).select_related("collective", "tier")
    }
    charges = Charge.objects.filter(
        host=host, subject__in=by_subject, state__in=REACHED,
        arrived_on__range=(date(year, 1, 1), date(year, 12, 31)),
    )  # fmt: skip
    found: dict[int, list[Line]] = defaultdict(list)
    for charge in charges.order_by("arrived_on", "id"):
        contribution = by_subject[charge.subject]
        found[contribution.contributor_id].append(line(charge, contribution))
    return found


def gave_incognito(holder: Party) -> bool:
    """Whether something that somebody gave was incognito, so that an overview may tell it."""
    return Contribution.objects.filter(contributor=holder, incognito=True).exists()


def is_over(year: int) -> bool:
    """Whether a year has ended."""
    return year < clock.today().year


def _sheet(kind: str, year: int, host: Host, holder: Party, lines: tuple[Line, ...]) -> Sheet:
    return Sheet(
        kind=kind,
        year=year,
        issuer=issuer(host, queries.imprint(host), kind),
        giver=giver(holder, queries.details(holder), kind),
        lines=lines,
        demo=settings.DEMO,
    )


def _givers(host: Host) -> QuerySet[Party]:
    """Return the people and organizations who gave to a group that a host has, or had."""
    gave = Contribution.objects.filter(
        contributor=OuterRef("pk"), collective__hostings__host=host, settled_at__isnull=False
    )
    kinds = [Party.Kind.PERSON, Party.Kind.ORGANIZATION]
    return Party.objects.filter(Exists(gave), kind__in=kinds, erased_at=None, claimed_by=None)
