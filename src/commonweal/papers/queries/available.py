"""What papers somebody could have: of which gifts, and of which years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.giving import queries as giving
from commonweal.giving.models import Contribution
from commonweal.hosting.models import Host
from commonweal.papers.models import Imprint, Kind
from commonweal.papers.queries import sheets
from commonweal.papers.rules import donations
from commonweal.papers.rules.sheets import Line
from commonweal.payments.models import Charge
from commonweal.people.models import Party

# How many whole years back a page looks; whoever needs an older paper asks their host.
YEARS_BACK = 3


@dataclass(frozen=True)
class Gift:
    """A charge that reached its group, with the gift it belongs to."""

    charge: Charge
    contribution: Contribution

    @property
    def kept(self) -> Money:
        """What of it stayed with the group."""
        return Money(self.charge.amount_minor - self.charge.refunded_minor, self.charge.currency)

    @property
    def may_be_invoiced(self) -> bool:
        """Whether an invoice can be written for it."""
        return sheets.may_be_invoiced(self.contribution)


@dataclass(frozen=True)
class GivenYear:
    """A year in which somebody gave at a host, and which donation receipts are due for it."""

    holder: Party
    host: Host
    year: int
    count: int
    official: tuple[str, ...]


def gifts_of(holders: Sequence[Party]) -> list[Gift]:
    """Return what reached groups from some givers in the last years, the newest first."""
    given = Contribution.objects.filter(contributor__in=[one.pk for one in holders])
    beside = given.select_related("collective", "contributor", "tier")
    by_subject = {giving.subject_of(one): one for one in beside.exclude(settled_at=None)}
    first = date(clock.today().year - YEARS_BACK, 1, 1)
    charges = Charge.objects.filter(
        subject__in=by_subject, state__in=sheets.REACHED, arrived_on__gte=first
    ).select_related("host__party")
    return [
        Gift(charge, by_subject[charge.subject])
        for charge in charges.order_by("-arrived_on", "-id")
    ]


def gifts_in(contribution: Contribution) -> list[Gift]:
    """Return the charges of one contribution as gifts, the newest first."""
    return [Gift(charge, contribution) for charge in sheets.charges_of(contribution)]


def years_of(gifts: Sequence[Gift]) -> list[GivenYear]:
    """Return the years that are over among some gifts, the newest first."""
    found: dict[tuple[int, int, int], list[Gift]] = defaultdict(list)
    for gift in gifts:
        on = gift.charge.arrived_on
        if on is not None and sheets.is_over(on.year):
            found[on.year, gift.charge.host_id, gift.contribution.contributor_id].append(gift)
    marks = Imprint.objects.in_bulk({host for _, host, _ in found})
    return [
        GivenYear(
            holder=same[0].contribution.contributor, host=same[0].charge.host, year=year,
            count=len(same), official=_official(same, marks.get(host)),
        )
        for (year, host, _holder), same in sorted(found.items(), reverse=True)
    ]  # fmt: skip


def entitled(mark: Imprint | None) -> list[str]:
    """Return which donation receipts a host gives out."""
    if mark is None:
        return []
    said = {Kind.BELGIAN: mark.in_belgium, Kind.FRENCH: mark.in_france}
    return [kind for kind, is_entitled in said.items() if is_entitled]


def _official(gifts: Sequence[Gift], mark: Imprint | None) -> tuple[str, ...]:
    lines = [sheets.line(gift.charge, gift.contribution) for gift in gifts]
    return tuple(kind for kind in entitled(mark) if donations.enough(kind, _sum(kind, lines, mark)))


def _sum(kind: str, lines: Sequence[Line], mark: Imprint | None) -> Money:
    since, until = sheets.recognised(kind, mark)
    kept = [one.kept for one in lines if donations.counts(one, since=since, until=until)]
    return sum(kept, start=Money(0, "EUR"))
