"""The demo city while it is being built: who is there already, and what is put off."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from schwifty import IBAN

from commonweal.collectives.models import Activity, Collective
from commonweal.demo import queries, rules
from commonweal.demo.rules import SEED, Group
from commonweal.foundation import clock
from commonweal.giving.models import Tier
from commonweal.hosting import actions as hosting
from commonweal.hosting import models as hosts
from commonweal.people import actions as people
from commonweal.people.models import Party, Role
from commonweal.places.models import Place
from commonweal.spending import actions as spending
from commonweal.spending.models import PayoutMethod


@dataclass
class Host:
    """A host of the city and who works at its desk."""

    host: hosts.Host
    admin: Party
    accountant: Party


@dataclass
class City:
    """What has been built so far, and what is still to be done later in the story."""

    names: list[str]
    groups: dict[str, Group]
    until: date
    residents: dict[str, Party] = field(default_factory=dict)
    guests: dict[str, Party] = field(default_factory=dict)
    organizations: dict[str, Party] = field(default_factory=dict)
    methods: dict[int, PayoutMethod] = field(default_factory=dict)
    hosts: dict[str, Host] = field(default_factory=dict)
    collectives: dict[str, Collective] = field(default_factory=dict)
    tiers: dict[str, list[Tier]] = field(default_factory=dict)
    activities: dict[tuple[str, date], Activity] = field(default_factory=dict)
    draws: dict[str, Random] = field(default_factory=dict)
    later: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def open(self) -> None:
        """Let hosts begin, four months before the first group."""
        opening = rules.instant(self.until - rules.EARLIEST - timedelta(days=120))
        with clock.moved_to(opening):
            found = queries.hosts()
            first = found[0].team[0][0]
            login = people.set_up(
                name="Commonweal Brussels", admin_name=first, admin_email=queries.email(first),
                place=Place.objects.get(slug="brussels"),
                run_by="Pot Commun ASBL, rue Haute 118, 1000 Brussels",
            )  # fmt: skip
            self.residents[first] = login.person
            for data in found:
                self._open_host(data)

    def catch_up(self, now: datetime) -> None:
        """Do what was put off until now."""
        while self.later and self.later[0][0] <= now:
            at, _, happens = heapq.heappop(self.later)
            with clock.moved_to(at):
                happens()

    def put_off(self, group: str, days: tuple[int, int], happens: Callable[[], object]) -> None:
        """Let something happen in a group a few days from now, when people are awake."""
        draw = self.draws.setdefault(group, Random(f"{SEED} later {group}"))
        at = clock.now() + timedelta(days=draw.randint(*days), minutes=draw.randint(5, 90))
        heapq.heappush(self.later, (at, next(self.numbers), happens))

    def plan(self, day: date, happens: Callable[[], object]) -> None:
        """Let something happen at noon of a day."""
        at = rules.instant(day) + timedelta(hours=12)
        heapq.heappush(self.later, (at, next(self.numbers), happens))

    def resident(self, name: str) -> Party:
        """Return a person of the city, who signs up when first needed."""
        if name not in self.residents:
            login = people.sign_up(email=queries.email(name), name=name)
            self.residents[name] = login.person
        return self.residents[name]

    def guest(self, name: str) -> Party:
        """Return somebody who gives without signing up."""
        if name not in self.guests:
            address = f"guest.{queries.email(name)}"
            self.guests[name] = people.ensure_guest(email=address, name=name)
        return self.guests[name]

    def organization(self, name: str) -> Party:
        """Return a company, shop or commune; somebody there speaks for it."""
        if name not in self.organizations:
            speaker = self.resident(Random(f"{SEED} {name}").choice(self.names))
            self.organizations[name] = people.create_organization(
                name=name, legal_form=rules.legal_form(name), by=speaker
            )
        return self.organizations[name]

    def payee(self, name: str, group: Group) -> tuple[Party, Party]:
        """Return who is paid by a group, one of its team or an organization, and who asks."""
        if name in rules.team(group, self.names, SEED):
            return self.resident(name), self.resident(name)
        paid = self.organization(name)
        return paid, paid.members.get(role=Role.ADMIN).person

    def method(self, payee: Party, author: Party) -> PayoutMethod:
        """Return where somebody is paid, which is typed in once."""
        if payee.pk not in self.methods:
            self.methods[payee.pk] = spending.add_payout_method(
                party=payee, holder=payee.name, iban=_account_of(payee), by=author
            )
        return self.methods[payee.pk]

    def host_of(self, group: str) -> Host:
        """Return who holds the money of a group."""
        return self.hosts[self.groups[group].host]

    def _open_host(self, data: queries.HostData) -> None:
        admin, accountant = (self.resident(name) for name, _ in data.team)
        organization = people.create_organization(
            name=data.name,
            legal_form=rules.legal_form(data.name),
            by=admin,
            place=commune(data.commune),
            about=data.about,
        )
        number = IBAN.generate("BE", bank_code=data.bank, account_code=data.account)
        host = hosting.become_host(
            organization=organization, by=admin, fee_ppm=data.fee_ppm, iban=str(number),
            bic=str(number.bic or ""), account_holder=data.name, terms=data.terms.strip(),
        )  # fmt: skip
        people.grant(person=accountant, party=organization, role=Role.ACCOUNTANT, by=admin)
        self.hosts[data.name] = Host(host, admin, accountant)


def commune(name: str) -> Place:
    """Return a part of Brussels, or another city of the country."""
    parts = Place.objects.filter(parent__slug="brussels", name=name)
    return parts.first() or Place.objects.get(parent=None, country="BE", name=name)


def _account_of(party: Party) -> str:
    """Return a made-up Belgian account number, always the same for a party."""
    number = Random(f"{SEED} {party.name}").randint(0, 9_999_999)
    return str(IBAN.generate("BE", bank_code="539", account_code=f"{number:07d}"))
