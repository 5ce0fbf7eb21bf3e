"""Questions about hosts, whom they host, and what they hold."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from commonweal.collectives.models import Collective
from commonweal.foundation.money import Money
from commonweal.hosting.models import Application, Host, Hosting
from commonweal.ledger import queries as ledger
from commonweal.ledger.models import Account, Purpose
from commonweal.people.models import Party, Role


@dataclass(frozen=True)
class Custody:
    """What a host's books say; `bank` less everything below it is zero to the cent.

    `own` is what the host earned and has not spent here; `rail_fees` were kept by rails before the
    money reached the bank, so they are already out of `bank`.
    """

    bank: Money
    owed: Money
    waiting_in: Money
    waiting_out: Money
    own: Money
    collectives: int

    @property
    def adds_up(self) -> bool:
        """Whether what is in the bank is what is owed, what waits and what is the host's own."""
        return self.bank == self.owed + self.waiting_in + self.waiting_out + self.own


def current(collective: Collective) -> Hosting | None:
    """Return who hosts a collective now, and on which terms."""
    return (
        Hosting.objects.select_related("host__party", "collective")
        .filter(collective=collective.pk, until=None)
        .first()
    )


def fee_ppm(hosting: Hosting) -> int:
    """Return the host's share of gifts to this collective, in parts per million."""
    return hosting.host.fee_ppm if hosting.fee_ppm is None else hosting.fee_ppm


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


def open_application(collective: Collective) -> Application | None:
    """Return the application of a collective that waits for an answer, or the last one."""
    applications = Application.objects.select_related("host__party").filter(
        collective=collective.pk
    )
    return applications.order_by("-id").first()


def hosts() -> QuerySet[Host]:
    """Return all hosts, by name."""
    return Host.objects.select_related("party__place").order_by("party__name")


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


def custody(host: Host) -> Custody:
    """Return what a host holds and for whom, from its accounts: a few rows, never history."""
    accounts = Account.objects.filter(host_id=host.pk, currency=host.currency)
    sums = accounts.filter(purpose=Purpose.FUNDS).aggregate(owed=Sum("balance"))
    others = dict(accounts.exclude(purpose=Purpose.FUNDS).values_list("pk", "purpose"))
    held = ledger.balances(others)

    def total(*purposes: Purpose) -> Money:
        minor = sum(held[pk].minor for pk, purpose in others.items() if purpose in purposes)
        return Money(minor, host.currency)

    outside = total(
        Purpose.BANK, Purpose.BACKERS, Purpose.PAYEES, Purpose.PROCESSOR_FEES,
        Purpose.PLATFORM_FEES, Purpose.OPENING, Purpose.TRADING,
    )  # fmt: skip
    return Custody(
        bank=-outside,
        owed=Money(int(sums["owed"] or 0), host.currency),
        waiting_in=total(Purpose.CHARGES),
        waiting_out=total(Purpose.PAYOUTS),
        own=total(Purpose.HOST_FEES, Purpose.HOST_FUNDS),
        collectives=Hosting.objects.filter(host=host, until=None).count(),
    )
