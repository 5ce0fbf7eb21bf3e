"""Questions about hosts, whom they host, and what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from commonweal.collectives import queries as collectives
from commonweal.collectives.models import Collective
from commonweal.foundation.money import Money
from commonweal.hosting.models import Application, Host, Hosting
from commonweal.hosting.rules import Custody, FeeRule, fee_for
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Account, Purpose
from commonweal.people.models import Party, Role


@dataclass(frozen=True)
class Pot:
    """A collective that a host hosts, what it holds there, and what the host keeps of its gifts."""

    hosting: Hosting
    held: Money
    fee_ppm: int


@dataclass(frozen=True)
class Terms:
    """What a gift costs: the host's share, and whether the host bears what the rail keeps."""

    fee_ppm: int
    host_bears_rail_fee: bool


# What the books call the world outside: money that came from it or went to it.
_OUTSIDE = (
    Purpose.BANK, Purpose.BACKERS, Purpose.PAYEES, Purpose.PROCESSOR_FEES, Purpose.PLATFORM_FEES,
    Purpose.OPENING,
)  # fmt: skip


def current(collective: Collective) -> Hosting | None:
    """Return who hosts a collective now, and on which terms."""
    return (
        Hosting.objects.select_related("host__party", "collective")
        .filter(collective=collective.pk, until=None)
        .first()
    )


def fee_ppm(hosting: Hosting) -> int:
    """Return the host's usual share of gifts to this collective, in parts per million."""
    return hosting.host.fee_ppm if hosting.fee_ppm is None else hosting.fee_ppm


def fee_rules(host: Host) -> list[FeeRule]:
    """Return a host's shares of some gifts only."""
    return [FeeRule(*row) for row in host.fees]


def terms(hosting: Hosting, *, tier_kind: str, rail: str) -> Terms:
    """Return what counts for a gift to this collective that is promised now."""
    host = hosting.host
    fee = fee_for(
        own=hosting.fee_ppm,
        rules=fee_rules(host),
        usual=host.fee_ppm,
        tier_kind=tier_kind or "donation",
        rail=rail,
    )
    return Terms(fee_ppm=fee, host_bears_rail_fee=host.rail_fee_by == Host.Bearer.HOST)


def funds_account(hosting: Hosting) -> int:
    """Return the id of the account that holds a collective's money at its host."""
    return ledger.account_of(
        Purpose.FUNDS,
        party=hosting.collective_id,
        host=hosting.host_id,
        currency=hosting.collective.currency,
    )


def host_account(host: Host, purpose: Purpose, *, rail: str = "") -> int:
    """Return the id of one of a host's own accounts, opened when it became a host."""
    return ledger.account_of(purpose, host=host.pk, currency=host.currency, rail=rail)


def hosted(host: Host) -> QuerySet[Hosting]:
    """Return whom a host hosts now, by name."""
    return (
        Hosting.objects.filter(host=host, until=None)
        .select_related("collective__place", "host__party")
        .order_by("collective__name")
    )


def waiting_applications(host: Host) -> QuerySet[Application]:
    """Return the applications a host has to answer, the oldest first."""
    return (
        Application.objects.filter(host=host, status__in=["pending", "asked"])
        .select_related("collective__place", "applied_by", "host__party")
        .order_by("id")
    )


def last_application(collective: Collective) -> Application | None:
    """Return the newest application of a collective, which may wait for an answer."""
    applications = Application.objects.select_related("host__party").filter(
        collective=collective.pk
    )
    return applications.order_by("-id").first()


def hosts() -> QuerySet[Host]:
    """Return all hosts, by name."""
    return Host.objects.select_related("party__place").order_by("party__name")


def hosts_with_groups() -> QuerySet[Host, Host]:
    """Return all hosts with how many `groups` each hosts now, those that take new ones first."""
    groups = Count("hostings", filter=Q(hostings__until=None))
    return hosts().annotate(groups=groups).order_by("-open_to_applications", "party__name")


def host_by_slug(slug: str) -> Host | None:
    """Return the host whose organization has this slug."""
    return Host.objects.select_related("party__place").filter(party__slug=slug).first()


def hosts_of(person: Party) -> QuerySet[Host]:
    """Return the hosts whose money a person handles."""
    return (
        hosts()
        .filter(
            party__members__person=person,
            party__members__role__in=[Role.ADMIN, Role.ACCOUNTANT],
            party__members__until=None,
        )
        .distinct()
    )


def homeless(person: Party) -> QuerySet[Collective]:
    """Return the collectives a person runs whose money nobody holds, newest first."""
    held = Hosting.objects.filter(collective=OuterRef("pk"), until=None)
    living = collectives.run_by(person).exclude(status=Collective.Status.CLOSED)
    return living.filter(~Exists(held))


def custodies(host: Host) -> list[Custody]:
    """Return what a host holds and for whom, its own currency first: accounts, never history."""
    held = ledger.held_at(host.pk)
    others = sorted({currency for currency, _ in held} - {host.currency})
    return [_custody(held, currency) for currency in (host.currency, *others)]


def rate_difference(host: Host, on: date) -> Money | None:
    """Return what rates have done to gifts that a host exchanged, as it would be on a day.

    None where there were no such gifts, or where a rate is missing.
    """
    rows = Account.objects.filter(purpose=Purpose.TRADING, host_id=host.pk)
    held = [one for one in ledger.balances(rows.values_list("pk", flat=True)).values() if one]
    others = {(one.currency, on) for one in held if one.currency != host.currency}
    rates = ledger.exchanges(others, host.currency)
    if not held or others - set(rates):
        return None
    worth = (
        rates[one.currency, on].of(one.minor) if one.currency != host.currency else one.minor
        for one in held
    )
    return Money(sum(worth), host.currency)


def custody(host: Host) -> Custody:
    """Return what a host holds in its own currency."""
    return custodies(host)[0]


def pots(host: Host) -> list[Pot]:
    """Return the collectives of a host with what each holds there, in two queries."""
    rows = list(hosted(host))
    accounts = Account.objects.filter(
        purpose=Purpose.FUNDS, host_id=host.pk, party_id__in=[row.collective_id for row in rows]
    )
    held = {
        (party, currency): Money(balance, currency)
        for party, currency, balance in accounts.values_list("party_id", "currency", "balance")
    }
    return [Pot(row, _in_pot(row, held), fee_ppm(row)) for row in rows]


def pot(hosting: Hosting) -> Money:
    """Return what a collective holds at its host now."""
    return ledger.balance(funds_account(hosting))


def hosting(number: int) -> Hosting | None:
    """Return a hosting that has not ended."""
    found = Hosting.objects.select_related("host__party", "collective")
    return found.filter(pk=number, until=None).first()


def application(number: int) -> Application | None:
    """Return an application with who asks whom."""
    found = Application.objects.select_related(
        "collective__place__parent", "host__party", "applied_by"
    )
    return found.filter(pk=number).first()


def _in_pot(hosting: Hosting, held: Mapping[tuple[int | None, str], Money]) -> Money:
    currency = hosting.collective.currency
    return held.get((hosting.collective_id, currency), Money(0, currency))


def _custody(held: Mapping[tuple[str, Purpose], Money], currency: str) -> Custody:
    def total(*purposes: Purpose) -> Money:
        return sum(
            (held[currency, purpose] for purpose in purposes if (currency, purpose) in held),
            start=Money(0, currency),
        )

    return Custody(
        bank=-total(*_OUTSIDE),
        owed=total(Purpose.FUNDS),
        waiting_in=total(Purpose.CHARGES, Purpose.UNPLACED),
        waiting_out=total(Purpose.PAYOUTS),
        own=total(Purpose.HOST_FEES, Purpose.HOST_FUNDS, Purpose.HOST_OWN),
        exchanged=total(Purpose.TRADING),
    )
