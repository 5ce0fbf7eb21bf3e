"""Where a history goes: a collective, its host, and the accounts of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from commonweal.collectives.models import Collective
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Host, Hosting
from commonweal.importing.policies import may_import
from commonweal.importing.rules.movements import At
from commonweal.ledger.actions import open_account
from commonweal.ledger.models import Purpose
from commonweal.people import queries as people
from commonweal.people.actions import hold_role
from commonweal.people.models import Party, Role
from commonweal.places import queries as places


class NoSuchHost(Refused):
    """There is no host with this name. Look at the list of hosts, or make the host first."""


class HostNeeded(Refused):
    """There is no such collective yet. Say which host held its money, and it will be made."""

    def __init__(self, slugs: list[str]) -> None:
        known = f"Here are: {', '.join(slugs)}." if slugs else "Nobody hosts here yet."
        super().__init__(f"{self.__doc__} {known}")


class OtherHost(Refused):
    """This collective is not at the host you named. Leave the host out, or name the right one."""


class NotHosted(Refused):
    """This collective has no host yet. Its history can come once a host has accepted it."""


class OtherCurrency(Refused):
    """This collective counts in another currency than the file."""


class NameTaken(Refused):
    """This address is taken, or cannot be one. Choose another for the collective."""


@dataclass(frozen=True)
class Newcomer:
    """What a collective that is not here yet will be called, counts in, and since when."""

    slug: str
    name: str
    currency: str
    since: datetime


@dataclass(frozen=True)
class Home:
    """A collective at its host, and the account that each part of a row belongs to."""

    collective: Collective
    host: Host
    made: bool
    accounts: Mapping[At, int]

    @classmethod
    def of(cls, newcomer: Newcomer, *, host: str, by: Party | None) -> Home:
        """Return the home of the collective with this slug, made where there is none."""
        found = Collective.objects.select_for_update().filter(slug=newcomer.slug).first()
        collective = found or _make(newcomer, _host(host, by), by)
        hosted = hosting.current(collective)
        if hosted is None:
            raise NotHosted
        if host and hosted.host.party.slug != host:
            raise OtherHost
        if collective.currency != newcomer.currency:
            raise OtherCurrency
        _check(hosted.host, by)
        accounts = _accounts(collective, hosted.host)
        return cls(collective, hosted.host, found is None, accounts)


def _host(slug: str, by: Party | None) -> Host:
    if not slug:
        return _only_host(by)
    host = hosting.host_by_slug(slug)
    if host is None:
        raise NoSuchHost
    _check(host, by)
    return host


def _only_host(by: Party | None) -> Host:
    """Return the host, where nobody could mean another."""
    every = list(hosting.hosts())
    if len(every) != 1:
        raise HostNeeded([one.party.slug for one in every])
    _check(every[0], by)
    return every[0]


def _check(host: Host, by: Party | None) -> None:
    if by is not None and not may_import(by, host):
        raise NotAllowed


def _make(newcomer: Newcomer, host: Host, by: Party | None) -> Collective:
    """Make the collective, active at its host, led by the host's admins until others join."""
    slug = newcomer.slug
    if people.free_slug(slug) != slug:
        raise NameTaken
    collective = Collective.objects.create(
        kind=Party.Kind.COLLECTIVE, slug=slug, name=newcomer.name or slug, place=host.party.place,
        status=Collective.Status.ACTIVE, currency=newcomer.currency, created_at=newcomer.since,
        published_at=newcomer.since,
    )  # fmt: skip
    Hosting.objects.create(collective=collective, host=host, since=newcomer.since)
    for person in {*people.admins(host.party), *([by] if by else [])}:
        hold_role(person=person, party=collective.party, role=Role.ADMIN, by=by)
    return collective


def _accounts(collective: Collective, host: Host) -> Mapping[At, int]:
    """Return the accounts of a collective and its host, opened where they are not yet."""

    def opened(
        purpose: Purpose, party: int | None = None, place: int | None = None,
        district: int | None = None,
    ) -> int:  # fmt: skip
        return open_account(
            purpose=purpose, currency=collective.currency, party=party, host=host.pk, place=place,
            district=district,
        ).pk  # fmt: skip

    city, district = places.city_and_district(collective.place)
    return {
        At.FUNDS: opened(Purpose.FUNDS, party=collective.pk, place=city, district=district),
        At.BACKERS: opened(Purpose.BACKERS),
        At.PAYEES: opened(Purpose.PAYEES),
        At.HOST_FEES: opened(Purpose.HOST_FEES),
        At.PLATFORM_FEES: opened(Purpose.PLATFORM_FEES),
        At.PROCESSOR_FEES: opened(Purpose.PROCESSOR_FEES),
    }
